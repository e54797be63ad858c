import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { answerHttp, type Handler } from '../api/http.ts';
import type { Frame } from '../campaign/file.ts';
import { type Aspect, asOf, type Catalogue } from '../campaign/model.ts';
import { frames } from '../campaign/platform.ts';
import { type Policy, usualPolicy } from '../campaign/policy.ts';
import type { Chats, Listening } from '../chat/chat.ts';
import { chatOf } from '../chat/place.ts';
import type { Config } from '../config.ts';
import { createEngine } from '../engine/engine.ts';
import { createWorker } from '../engine/worker.ts';
import type { Journal } from '../journal/journal.ts';
import { openSqlite } from '../journal/sqlite.ts';
import { type Log, logTo } from '../log.ts';
import { useFfmpeg } from '../media/film.ts';
import { guardedFetch } from '../net/guarded-fetch.ts';
import { everyModel } from '../providers/catalogue.ts';
import { inProcess } from '../queue/in-process.ts';
import { paceInMemory } from '../queue/pace-in-memory.ts';
import { sealWith } from '../seal.ts';
import { disk } from '../storage/disk.ts';
import { mediaPath } from '../storage/link.ts';
import { openMover } from '../storage/mover.ts';
import { serveStored } from '../storage/serve.ts';
import type { App, At, House } from './app.ts';
import { doors } from './doors.ts';
import { jobsOf } from './jobs.ts';
import { checkSeal, keepFor } from './keep.ts';
import { providersOf } from './providers.ts';
import type { SampleOptions } from './samples.ts';
import { watchCommits } from './watch.ts';

export interface EmbeddedOptions<Platforms extends Chats> {
  config: Config;
  /** Called once the data folder is ours: what a platform keeps there is safe from a second process. */
  chats: (house: House) => Platforms | Promise<Platforms>;
  policy?: Partial<Policy>;
  /** How the sample providers behave: waiting, size of the picture. */
  samples?: SampleOptions;
  clock?: () => number;
  newId?: () => string;
  at?: At;
  /** Pages of 4 KiB the journal may grow to: a full disk, for tests. */
  pages?: number;
}

const grace = 45_000;

/** Everything in one process and one folder: SQLite, wake-ups, a disk, sample providers. */
export async function embedded<Platforms extends Chats>(
  options: EmbeddedOptions<Platforms>,
): Promise<App<Platforms>> {
  const { config } = options;
  const clock = options.clock ?? Date.now;
  const newId = options.newId ?? (() => randomUUID().replaceAll('-', '').slice(0, 20));
  const folder = config.DATA_DIR;
  const log = logTo(process.stderr, config.LOG_LEVEL, clock);
  if (config.FFMPEG_PATH) useFfmpeg(config.FFMPEG_PATH);

  const every = await everyModel(config.MODELS_FILE);
  const opened = await openSqlite({ folder, clock, ...(options.pages ? { pages: options.pages } : {}) });
  const { journal, until } = watchCommits(opened);
  await journal.recover();
  const queue = inProcess({ clock, onError: (error) => log.error('queue', { error }) });
  const mover = openMover();
  const at = (path: string) => resolve(folder, path);
  const storage = disk({
    folder,
    secret: await storageSecret(journal),
    baseUrl: config.PUBLIC_URL ?? `http://localhost:${config.PORT}`,
    clock,
    mover,
    shelves: {
      references: at(config.REFERENCE_IMAGE_STORAGE_PATH),
      generated: at(config.VIDEO_STORAGE_PATH),
    },
  });
  await mkdir(at('sample-provider'), { recursive: true });
  const fetch = guardedFetch({ allowPrivateHosts: config.ALLOW_PRIVATE_HOSTS });
  const rendering = { folder: at('sample-provider'), ...options.samples };
  const providers = await providersOf({ config, every, fetch, clock, samples: rendering });
  const catalogue = catalogueOfTheDay(providers.catalogue, clock);
  const seal = config.SECRET_KEYS ? sealWith(config.SECRET_KEYS) : null;
  await checkSeal(journal, seal);
  const pace = paceInMemory(clock);
  const keep = (platform: string) => keepFor(platform, journal, seal);
  const chats = await options.chats({ storage, keep, pace, clock, log });

  const policy = { ...usualPolicy, defaultModel: config.DEFAULT_MODEL ?? null, ...options.policy };
  const engine = createEngine({ journal, queue, catalogue, clock, newId, usualPolicy: policy });
  const jobs = jobsOf({
    chats,
    journal,
    storage,
    fetch,
    frame: frameAt(options.samples?.scale ?? 1),
    ...providers,
    catalogue,
    log,
  });
  const worker = createWorker({
    journal,
    queue,
    engine,
    jobs,
    clock,
    log,
    holder: newId(),
    lease: policy.times.lease,
    // One encode keeps two cores busy; the rest mostly waits.
    limits: { 'finish-take': 1, 'make-still': 2, 'fetch-reference': 2 },
    ...(options.at ? { at: options.at } : {}),
  });
  await worker.start();
  const doorsFor = (platform: string) => doors(platform, { engine, journal, catalogue, seal });
  const routes: Record<string, Handler> = { [mediaPath]: serveStored(storage) };
  const listening: Listening[] = [];
  const sweeping = sweepNowAndThen(() => storage.sweep(clock()), log);

  return {
    engine,
    journal,
    storage,
    get catalogue() {
      return catalogue();
    },
    connected: providers.connected,
    chats,
    answer: answerHttp(routes),
    doorsFor,
    async listen(platform) {
      const heard = await chatOf(chats, platform).listen(doorsFor(platform));
      Object.assign(routes, heard.routes);
      listening.push(heard);
    },
    until: (campaign, holds, timeout) =>
      until(`campaign:${campaign}`, () => engine.campaign(`campaign:${campaign}`), holds, timeout),
    async shown(campaign, key, timeout) {
      const stream = `campaign:${campaign}`;
      const card = async () => {
        const { place } = await engine.campaign(stream);
        return place === null ? null : journal.card(place, key);
      };
      await until(stream, card, (found) => found !== null && found.message !== '', timeout);
    },
    async idle(stream, timeout) {
      const quiet = (waiting: readonly { type: string }[]) => waiting.every((w) => w.type === 'wait-until');
      await until(stream, () => journal.waiting(stream), quiet, timeout);
    },
    async stop() {
      clearInterval(sweeping);
      await Promise.all(listening.map((one) => one.stop()));
      await queue.close();
      await worker.stop(grace);
      await fetch.close();
      await mover.close();
      await journal.close();
    },
  };
}

/** Asked at every step and for every card, so it is made anew only when the day changes. */
function catalogueOfTheDay(all: Catalogue, clock: () => number): () => Catalogue {
  let day = '';
  let current = all;
  return () => {
    const today = dayOf(clock());
    if (today !== day) current = asOf(all, today);
    day = today;
    return current;
  };
}

/** The day a provider's calendar shows. */
const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);

const betweenSweeps = 6 * 3_600_000;

/** Deletes what has outlived its shelf, at start and a few times a day. */
function sweepNowAndThen(sweep: () => Promise<number>, log: Log): NodeJS.Timeout {
  const run = () => void sweep().catch((error: unknown) => log.error('sweep', { error }));
  run();
  return setInterval(run, betweenSweeps).unref();
}

const even = (pixels: number): number => Math.max(2, Math.round(pixels / 2) * 2);

const frameAt =
  (scale: number) =>
  (aspect: Aspect): Frame => {
    const { width, height } = frames[aspect];
    return { width: even(width * scale), height: even(height * scale) };
  };

/** Signs media links; made once and kept, so that links outlive a restart. */
async function storageSecret(journal: Journal): Promise<Uint8Array> {
  const kept = await journal.kept('storage', 'secret');
  if (typeof kept === 'string') return Buffer.from(kept, 'base64');
  const secret = randomBytes(32);
  await journal.keep('storage', 'secret', secret.toString('base64'));
  return secret;
}
