import { randomUUID } from 'node:crypto';
import { readiness } from '../api/health.ts';
import { answerHttp, type Handler } from '../api/http.ts';
import { metrics } from '../api/metrics.ts';
import { isPatient } from '../campaign/effect.ts';
import { type Policy, usualPolicy } from '../campaign/policy.ts';
import type { Chats, Listening } from '../chat/chat.ts';
import { chatOf } from '../chat/place.ts';
import type { Config } from '../config.ts';
import { createEngine } from '../engine/engine.ts';
import { Never } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log.ts';
import { useFfmpeg } from '../media/film.ts';
import { atMost } from '../patience.ts';
import { everyModel } from '../providers/catalogue.ts';
import { addresses } from '../providers/replicate/address.ts';
import type { Pace } from '../queue/pace.ts';
import type { Queue } from '../queue/queue.ts';
import { sealWith } from '../seal.ts';
import { type Linked, mediaPath } from '../storage/link.ts';
import type { Mover } from '../storage/mover.ts';
import { serveStored } from '../storage/serve.ts';
import type { App, At, House, Role } from './app.ts';
import { doors } from './doors.ts';
import { holdsOf } from './holds.ts';
import { checkSeal, keepFor } from './keep.ts';
import { connectedBy } from './keys.ts';
import type { Meters } from './meters.ts';
import type { SampleOptions } from './samples.ts';
import { todaysCatalogue } from './todays-catalogue.ts';
import { watchCommits } from './watch.ts';
import { webhookRoutes, webhookSecret } from './webhooks.ts';

export interface Options<Platforms extends Chats> {
  config: Config;
  /** Called once the journal is ours: what a platform keeps is safe from a second embedded process. */
  chats: (house: House) => Platforms | Promise<Platforms>;
  /** `chat` hears people and does no work, `worker` the other way about. Left out: both. */
  role?: Role;
  policy?: Partial<Policy>;
  /** How the sample providers behave: waiting, size of the picture. */
  samples?: SampleOptions;
  clock?: () => number;
  newId?: () => string;
  /** Milliseconds after which a process looks although nobody woke it, where there are several. */
  sweep?: number;
  at?: At;
  /** Pages of 4 KiB the journal may grow to: a full disk, for tests. */
  pages?: number;
}

/** What the two modes differ in, opened. */
export interface Drivers {
  journal: Journal;
  queue: Queue;
  storage: Linked;
  mover: Mover;
  pace: Pace;
  /** Milliseconds after which to look for what other processes committed; null where there are none. */
  others: number | null;
  log: Log;
  clock: () => number;
  /** Closes what was opened, the journal last. */
  close(): Promise<void>;
}

/** Begins with the time: what is made together lies together in the journal, and few of its pages change at a time. */
export const randomId = (): string =>
  Date.now().toString(16).padStart(11, '0') + randomUUID().replaceAll('-', '').slice(0, 12);

/** The program on its drivers, started. */
export async function assemble<Platforms extends Chats>(
  options: Options<Platforms>,
  drivers: Drivers,
): Promise<App<Platforms>> {
  const { config, role = 'all' } = options;
  const { queue, storage, pace, log, clock } = drivers;
  const newId = options.newId ?? randomId;
  if (config.FFMPEG_PATH) useFfmpeg(config.FFMPEG_PATH);
  const meters = config.METRICS_TOKEN ? await metersOf(drivers) : null;
  const watched = watchCommits(drivers.journal, drivers.others);
  const { until } = watched;
  const journal = meters?.journal(watched.journal) ?? watched.journal;

  const every = await everyModel(config.MODELS_FILE);
  const webhooks = addresses(await webhookSecret(journal), config.PUBLIC_URL);
  const connected = connectedBy(config);
  const { today: catalogue, learn } = await todaysCatalogue({ every, connected, journal, clock });
  const seal = config.SECRET_KEYS ? sealWith(config.SECRET_KEYS) : null;
  await checkSeal(journal, seal);
  const keep = (platform: string) => keepFor(platform, journal, seal);
  // The only process takes over at once from the one that died.
  const holder = drivers.others === null ? 'alone' : randomId();
  const holds = (platform: string) => holdsOf(platform, journal, holder);
  const chats = await options.chats({ storage, keep, holds, pace, clock, log });

  const policy = { ...usualPolicy, defaultModel: config.DEFAULT_MODEL ?? null, ...options.policy };
  const engine = createEngine({ journal, queue, catalogue, clock, newId, usualPolicy: policy });
  const working =
    role === 'chat'
      ? null
      : await (await import('./work.ts')).work({
          ...{ options, drivers, chats, journal, engine, every, catalogue, learn, webhooks, meters },
          ...{ holder: newId(), lease: policy.times.lease },
        });
  const learning = drivers.others === null ? undefined : nowAndThen('catalogue', learn, betweenLessons, log);
  const doorsFor = (platform: string) => doors(platform, { engine, journal, catalogue, clock, seal });
  let leaving = false;
  const staying = async () => {
    if (leaving) throw new Never('leaving', 'this process is ending');
  };
  const routes: Record<string, Handler> = {
    [mediaPath]: serveStored(storage),
    ...webhookRoutes({ config, addresses: webhooks, clock, log }, { journal, queue, engine, clock }),
    '/readyz': readiness({ journal: () => journal.kept('seal', 'canary'), staying }),
    ...(meters && { '/metrics': metrics(meters.registry, config.METRICS_TOKEN ?? '') }),
  };
  const answered = answerHttp(routes, (route, error) => log.error('request failed', { route, error }));
  const answering: Handler = (request, response) => {
    // Else somebody's next request comes on a connection that is just being closed.
    if (leaving) response.setHeader('connection', 'close');
    return answered(request, response);
  };
  const listening: Listening[] = [];
  const sweep = () => storage.sweep(clock());
  const sweeping = role === 'chat' ? undefined : nowAndThen('sweep', sweep, betweenSweeps, log);

  return {
    engine,
    journal,
    storage,
    get catalogue() {
      return catalogue();
    },
    connected,
    chats,
    answer: meters?.answers(answering, () => Object.keys(routes)) ?? answering,
    leave() {
      leaving = true;
    },
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
      const quiet = (waiting: readonly { type: string }[]) => waiting.every(isPatient);
      await until(stream, () => journal.waiting(stream), quiet, timeout);
    },
    async stop() {
      clearInterval(sweeping);
      clearInterval(learning);
      const silent = listening.map((one) =>
        one.stop().catch((error: unknown) => log.error('a platform did not end well', { error })),
      );
      await atMost(goodbye, Promise.all(silent));
      await working?.stop();
      // Only now: what the work committed at last, others hear of.
      await queue.close();
      await drivers.close();
    },
  };
}

/** Milliseconds for a platform to end what it hears. */
const goodbye = 10_000;

/** Loaded only where somebody looks at them. */
async function metersOf({ journal, clock }: Drivers): Promise<Meters> {
  const { openMeters } = await import('./meters.ts');
  return openMeters(journal, clock);
}

/** What has outlived its shelf is deleted a few times a day. */
const betweenSweeps = 6 * 3_600_000;

/** Milliseconds until this process hears what others found out about models. */
const betweenLessons = 5 * 60_000;

/** At start, and again after each pause. */
function nowAndThen(what: string, work: () => Promise<unknown>, pause: number, log: Log): NodeJS.Timeout {
  const run = () => void work().catch((error: unknown) => log.error(what, { error }));
  run();
  return setInterval(run, pause).unref();
}
