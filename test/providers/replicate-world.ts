import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type GuardedFetch, guardedFetch } from '../../src/net/guarded-fetch.ts';
import { available, everyModel } from '../../src/providers/catalogue.ts';
import type { ReplicateOptions } from '../../src/providers/replicate/counter.ts';
import { type ReplicateVideoOptions, replicateStill, replicateVideo } from '../../src/providers/replicate.ts';
import type { Sending, TakeOrder } from '../../src/providers/video.ts';
import { openMover } from '../../src/storage/mover.ts';
import { handClock } from '../support/clock.ts';
import { dropFolder } from '../support/folder.ts';
import { receiptsInMemory } from '../support/receipts.ts';
import { replicateStandIn, type StandInOptions } from '../support/replicate.ts';
import { take } from './orders.ts';

const catalogue = available(await everyModel(), new Set(['replicate']));

const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(200, 7)]);
export const film = Buffer.alloc(100_000, 3);

/** The providers before a stand-in whose clock is moved by hand: 10 s in the queue, 30 s of work. */
export async function world(given: Partial<StandInOptions> & { provider?: Partial<ReplicateOptions> } = {}) {
  const clock = handClock();
  const { provider, ...options } = given;
  const server = await replicateStandIn({
    files: { mp4: film, png },
    clock: clock.now,
    wait: { queue: 10_000, run: 30_000 },
    ...options,
  });
  const fetch = guardedFetch({ allowPrivateHosts: [server.host] });
  const mover = openMover({ allowPrivateHosts: [server.host] });
  const common: ReplicateVideoOptions & { fetch: GuardedFetch } = {
    token: server.token,
    baseUrl: server.url,
    catalogue,
    receipts: receiptsInMemory(),
    fetch,
    download: mover.download,
    hosts: [server.host],
    clock: clock.now,
    timeout: 2_000,
    ...provider,
  };
  onTestFinished(async () => {
    await fetch.close();
    await mover.close();
    await server.close();
  });
  const posts = () => server.log.filter((e) => e.method === 'POST' && e.path.endsWith('/predictions'));
  const sent = () => JSON.parse(posts().at(-1)?.body ?? '{}') as { input: Record<string, unknown> };
  const still = replicateStill({ ...common, wait: { look: 5, most: 1_000 } });
  return { clock, server, common, posts, sent, video: replicateVideo(common), still };
}

/** Our addresses are signed with it. */
export const key = Buffer.alloc(32, 7);

export const order = (more: Partial<TakeOrder> = {}): TakeOrder =>
  take({ model: 'seedance-2.5', seconds: 5, seed: 4_294_967_295, ...more });

export const sending = (more: Partial<Sending> = {}): Sending => ({
  signal: AbortSignal.timeout(10_000),
  guard: async () => {},
  ...more,
});

/** A file of so many bytes, gone after the test. */
export function pictureFile(bytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-replicate-'));
  onTestFinished(() => dropFolder(folder));
  const path = join(folder, 'picture.png');
  writeFileSync(path, Buffer.concat([png, Buffer.alloc(Math.max(0, bytes - png.length))]));
  return path;
}
