import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Frame } from '../campaign/file.ts';
import type { Aspect, Catalogue } from '../campaign/model.ts';
import { frames } from '../campaign/platform.ts';
import type { Chats } from '../chat/chat.ts';
import type { Engine } from '../engine/engine.ts';
import { createWorker } from '../engine/worker.ts';
import type { Journal } from '../journal/journal.ts';
import { guardedFetch } from '../net/guarded-fetch.ts';
import type { Addresses } from '../providers/replicate/address.ts';
import type { Drivers, Options } from './assemble.ts';
import { jobsOf } from './jobs.ts';
import type { Meters } from './meters.ts';
import { providersOf } from './providers.ts';
import { receiptsIn } from './receipts.ts';
import { beginProbing } from './todays-catalogue.ts';

interface Parts {
  options: Options<Chats>;
  drivers: Drivers;
  chats: Chats;
  journal: Journal;
  engine: Engine;
  /** Every model there is, and those of today. */
  every: Catalogue;
  catalogue: () => Catalogue;
  learn: () => Promise<void>;
  webhooks: Addresses;
  meters: Meters | null;
  holder: string;
  /** Milliseconds an effect is ours without a renewal. */
  lease: number;
}

/**
 * Carries effects out, from now until it is stopped. Apart, because it brings what makes pictures and film: a process
 * that only hears people does without all of it.
 */
export async function work(parts: Parts): Promise<{ stop(): Promise<void> }> {
  const { options, drivers, journal, engine, catalogue, every, webhooks, meters } = parts;
  const { config, samples } = options;
  const { queue, storage, mover, pace, log, clock } = drivers;
  const folder = resolve(config.DATA_DIR, 'sample-provider');
  await mkdir(folder, { recursive: true });
  const fetch = guardedFetch({ allowPrivateHosts: config.ALLOW_PRIVATE_HOSTS });
  const providers = await providersOf({
    ...{ config, every, fetch, download: mover.download, clock, webhooks, pace },
    receipts: (provider) => receiptsIn(journal, provider),
    samples: { folder, ...samples },
  });
  const allJobs = jobsOf({
    ...{ chats: parts.chats, journal, storage, fetch, catalogue, learn: parts.learn, log },
    ...providers,
    frame: frameAt(samples?.scale ?? 1),
  });
  const jobs = meters?.jobs(allJobs) ?? allJobs;
  const worker = createWorker({
    ...{ journal, queue, engine, jobs, clock, log, holder: parts.holder, lease: parts.lease },
    // One encode keeps two cores busy; the rest mostly waits.
    limits: { 'finish-take': 1, 'make-still': 2, 'fetch-reference': 2 },
    ...(options.at ? { at: options.at } : {}),
  });
  await beginProbing(journal);
  await worker.start();
  return {
    async stop() {
      await worker.stop(grace);
      await fetch.close();
    },
  };
}

// Whoever ends a process waits 45 seconds; the doors, the queue and the journal are closed in them too.
const grace = 25_000;

const even = (pixels: number): number => Math.max(2, Math.round(pixels / 2) * 2);

const frameAt =
  (scale: number) =>
  (aspect: Aspect): Frame => {
    const { width, height } = frames[aspect];
    return { width: even(width * scale), height: even(height * scale) };
  };
