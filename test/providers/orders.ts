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

export async function bytesOf(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}
