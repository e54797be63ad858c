import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { StillOrder } from '../../src/providers/still.ts';
import type { Progress, Sending, TakeOrder, VideoProvider } from '../../src/providers/video.ts';

const look = { colours: ['#0a7d5c', '#f4b942'], title: 'Aurora', tagline: 'Wake up slowly' };

export const take = (more: Partial<TakeOrder> = {}): TakeOrder => ({
  tag: 'take-1',
  model: 'sample-cinema',
  prompt: 'A tea film',
  seconds: 1,
  aspect: '16:9',
  seed: 7,
  look,
  still: null,
  references: [],
  ...more,
});

export const stillOrder = (more: Partial<StillOrder> = {}): StillOrder => ({
  tag: 'still-1',
  model: 'sample-still',
  prompt: 'A tea film',
  aspect: '16:9',
  seed: 7,
  look,
  references: [],
  ...more,
});

export const sending = (): Sending => ({ signal: AbortSignal.timeout(20_000), guard: async () => {} });

/** Watches until the order has ended. */
export async function ended(provider: VideoProvider, prediction: string): Promise<Progress> {
  for (;;) {
    const progress = await provider.watch(prediction);
    if (progress.state !== 'queued' && progress.state !== 'running') return progress;
    await new Promise((done) => setTimeout(done, 15));
  }
}

/** A path at which there is no file yet; what comes there goes with the test. */
export function newFile(): string {
  const file = join(tmpdir(), `dailies-film-${randomUUID()}`);
  onTestFinished(() => rm(file, { force: true }));
  return file;
}

/** The finished film as it is brought. */
export async function filmOf(provider: VideoProvider, output: string, signal: AbortSignal): Promise<Buffer> {
  const file = newFile();
  await provider.fetch(output, file, signal);
  return readFile(file);
}
