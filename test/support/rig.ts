import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Campaign } from '../../src/campaign/campaign.ts';
import { type Effect, isPatient } from '../../src/campaign/effect.ts';
import type { Intent } from '../../src/campaign/intent.ts';
import type { Catalogue } from '../../src/campaign/model.ts';
import { type Policy, usualPolicy } from '../../src/campaign/policy.ts';
import type { Chat } from '../../src/chat/chat.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { createWorker, type Worker } from '../../src/engine/worker.ts';
import type { Job, Jobs } from '../../src/jobs/job.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { openSqlite } from '../../src/journal/sqlite.ts';
import type { Log } from '../../src/log.ts';
import type { Moderator } from '../../src/providers/moderation.ts';
import type { Probe } from '../../src/providers/probe.ts';
import { inProcess } from '../../src/queue/in-process.ts';
import { jobsOf } from '../../src/wiring/jobs.ts';
import { type TodaysCatalogue, todaysCatalogue } from '../../src/wiring/todays-catalogue.ts';
import { watchCommits } from '../../src/wiring/watch.ts';
import { catalogue, file, film, picture } from '../campaign/specification.ts';
import { handClock } from './clock.ts';
import { dropFolder } from './folder.ts';

type Watched = ReturnType<typeof watchCommits>;
export type Rig = Awaited<ReturnType<typeof rig>>;

const unused = new Proxy(
  {},
  {
    get: (_, name) => () => {
      throw new Error(`the test did not expect ${String(name)}`);
    },
  },
);

const wording = { still: 'a still', motion: 'a move', rationale: '', product: 'Aurora', tagline: null };

const easyGoing: Moderator = { name: 'easy', words: async () => [], picture: async () => [] };

interface Easy {
  chat: Chat;
  journal: Journal;
  moderator: Moderator;
  log: Log;
  living: TodaysCatalogue;
  models: Catalogue;
  probe: Probe | undefined;
}

/** Jobs of a campaign in which every outside service simply works, at once and for nothing. */
function easyJobs({ chat, journal, moderator, log, living, models, probe }: Easy): Jobs {
  const jobs = jobsOf({
    chats: { [chat.name]: chat },
    journal,
    catalogue: living.today,
    learn: living.learn,
    probed: probe ? models : [],
    probe: probe ?? (unused as never),
    storage: unused as never,
    fetch: unused as never,
    frame: () => ({ width: 16, height: 16 }),
    variableOf: (service) => (service === 'still' ? null : 'REPLICATE_API_TOKEN'),
    log,
    language: { refine: async () => wording, read: async () => ({ meanings: [{ kind: 'go' }] }) },
    moderator,
    stills: unused as never,
    videos: () => unused as never,
  });
  const at = (take: number) => ({ take, prediction: `p${take}` });
  return {
    ...jobs,
    'buy-take': both<'buy-take'>(async ({ take, tag }) => ({
      outcome: { type: 'take.created', ...at(take), tag },
    })),
    'watch-take': both<'watch-take'>(async ({ take }) => ({
      outcome: { type: 'take.succeeded', ...at(take), output: 'o', cost: 600_000 },
    })),
    'download-take': both<'download-take'>(async ({ take }) => ({
      outcome: { type: 'take.downloaded', take, film: file(`raw${take}`) },
    })),
    'finish-take': both<'finish-take'>(async ({ take, cut }) => ({
      outcome: {
        type: 'take.finished',
        take,
        cut,
        film: film(`cut${take}`),
        poster: picture(`p${take}`),
        notes: [],
      },
    })),
  };
}

export const both = <T extends Effect['type']>(run: Job<T>['do']): Job<T> => ({ do: run, find: run });

/** An engine on a real journal, with a clock to move, jobs to replace and workers to start. */
export async function rig(given: {
  chat: Chat;
  policy?: Partial<Policy>;
  jobs?: Partial<Jobs>;
  journal?: (journal: Journal) => Journal;
  moderator?: Moderator;
  models?: Catalogue;
  /** Who is asked about the models, where somebody is. */
  probe?: Probe;
}) {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-rig-'));
  const clock = handClock();
  const opened = await openSqlite({ folder, clock: clock.now });
  const { journal, until }: Watched = watchCommits(given.journal?.(opened) ?? opened, null);
  const queue = inProcess({ clock: clock.now, onError: (error) => void errors.push(error) });
  const errors: unknown[] = [];
  const models = given.models ?? catalogue;
  const living = await todaysCatalogue({ every: models, connected: [], journal, clock: clock.now });
  let n = 0;
  const newId = () => `id${++n}`;
  const policy = { ...usualPolicy, ...given.policy };
  const engine = createEngine({
    journal,
    queue,
    catalogue: living.today,
    clock: clock.now,
    newId,
    usualPolicy: policy,
  });
  const log = {
    info: () => {},
    error: (what: string, facts?: object) => void errors.push({ what, ...facts }),
  };
  const jobs = {
    ...easyJobs({ moderator: easyGoing, probe: undefined, ...given, models, journal, log, living }),
    ...given.jobs,
  };
  const workers: Worker[] = [];
  const stream = (campaign: string) => `campaign:${campaign}`;
  const quietAt = (of: string) =>
    until(
      of,
      () => journal.waiting(of),
      (waiting) => waiting.every(isPatient),
      30_000,
    );

  return {
    clock,
    catalogue: living.today,
    engine,
    journal,
    queue,
    jobs,
    errors,
    async start(lease = 60_000): Promise<Worker> {
      const parts = {
        journal,
        queue,
        engine,
        jobs,
        clock: clock.now,
        log,
        holder: newId(),
        lease,
        limits: {},
      };
      const worker = createWorker(parts);
      workers.push(worker);
      await worker.start();
      return worker;
    },
    tell: (id: string, intent: Intent, at: { campaign: string } | { place: string }, person = 'maya') =>
      engine.tell({ id, workspace: 'w', person, at, intent }),
    open: async (id = 'open', words = 'Aurora tea'): Promise<string> => {
      const intent: Intent = { type: 'open', words, options: {}, references: [], place: 'memory:c' };
      const told = await engine.tell({
        id,
        workspace: 'w',
        person: 'maya',
        at: { place: 'memory:c' },
        intent,
      });
      return told.campaign ?? '';
    },
    until: (campaign: string, holds: (campaign: Campaign) => boolean) =>
      until(stream(campaign), () => engine.campaign(stream(campaign)), holds, 30_000),
    quiet: (campaign: string) => quietAt(stream(campaign)),
    quietAt,
    async close() {
      await queue.close();
      for (const worker of workers) await worker.stop(1_000);
      await journal.close();
      await dropFolder(folder);
    },
  };
}
