import { unopened } from '../campaign/campaign.ts';
import type { Effect } from '../campaign/effect.ts';
import type { Times } from '../campaign/policy.ts';
import { schedule } from '../campaign/schedule.ts';
import { Never, TryLater } from '../errors.ts';
import type { Job, JobContext, JobResult, Jobs } from '../jobs/job.ts';
import type { Claimed, Journal } from '../journal/journal.ts';
import type { Log } from '../log.ts';
import type { Queue } from '../queue/queue.ts';
import { brandsOf } from '../workspace/kits.ts';
import { unsetWorkspace } from '../workspace/workspace.ts';
import type { Engine } from './engine.ts';
import { isOf } from './stream.ts';

/** Instants at which a crash differs: the crash tests kill the process at each. */
export type Point = 'before' | 'sent' | 'acked' | 'committed';

export interface Doing {
  journal: Journal;
  queue: Queue;
  engine: Engine;
  jobs: Jobs;
  clock: () => number;
  log: Log;
  at?: (point: Point, effect: string) => Promise<void>;
}

/** Carries out one claimed effect and records how it went. Throws only what the journal throws. */
export async function carryOut(claimed: Claimed, signal: AbortSignal, doing: Doing): Promise<void> {
  const at = (point: Point) => doing.at?.(point, claimed.type) ?? Promise.resolve();
  await at('before');
  const effect = { type: claimed.type, ...(claimed.body as object) } as Effect;
  const late = isLate(claimed, doing.clock());
  const tries = !late || triedOnce.has(claimed.type);
  const tried = tries ? await attempt(claimed, effect, signal, doing, () => at('sent')) : null;
  const result = tried && !(late && isUnfinished(tried)) ? tried : gaveUp(claimed, effect, tried);
  await at('acked');
  await recordPatiently(() => record(claimed, result, doing));
  await at('committed');
}

const firstPause = 100;
const longestRecordPause = 2_000;

/** A journal that is away for a moment does not cost the work: to ask again is safe, and the fence judges. */
async function recordPatiently(recording: () => Promise<void>): Promise<void> {
  for (let pause = firstPause; ; pause *= 2) {
    try {
      return await recording();
    } catch (error) {
      const isAway = error instanceof Never && error.code === 'journal-unreachable';
      if (!isAway || pause > longestRecordPause) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

export const isLate = ({ deadlineAt }: Claimed, now: number): boolean =>
  deadlineAt !== null && deadlineAt <= now;

/**
 * After a long downtime of ours: what may have been paid for is looked at once before it is given up, and what was
 * ordered and never left is ordered now.
 */
const triedOnce: ReadonlySet<string> = new Set([
  'buy-take',
  'make-still',
  'watch-take',
  'sweep-take',
  'download-take',
  'finish-take',
]);

const isUnfinished = (result: Result): boolean => 'back' in result || 'again' in result;

type Result = JobResult | { back: { delay: number; fresh: boolean } };

/** What was tried at last tells whether nothing was sent; else nobody knows what any attempt but a first one sent. */
function gaveUp({ attempt }: Claimed, effect: Effect, tried: Result | null = null): Result {
  const sent = tried && 'back' in tried ? !tried.back.fresh : attempt > 1;
  return { outcome: { type: 'gave-up', effect, sent } };
}

const refused = ({ attempt }: Claimed, effect: Effect, { code }: Never): Result => ({
  outcome: { type: 'gave-up', effect, sent: attempt > 1, code },
});

async function attempt(
  claimed: Claimed,
  effect: Effect,
  signal: AbortSignal,
  doing: Doing,
  sent: () => Promise<void>,
): Promise<Result> {
  const job = doing.jobs[effect.type] as Job<Effect['type']>;
  try {
    const context = await contextFor(claimed, signal, doing, sent);
    if (claimed.attempt === 1) return await orAborted(job.do(effect, context), signal);
    const found = await orAborted(job.find(effect, context), signal);
    return found === 'absent' ? { back: { delay: 0, fresh: true } } : found;
  } catch (error) {
    if (signal.aborted) return { back: { delay: 0, fresh: false } };
    return failed(claimed, effect, error, doing);
  }
}

/** A job that does not heed its signal is left behind: what it still reports meets the fence. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, aborted]);
}

async function contextFor(
  claimed: Claimed,
  signal: AbortSignal,
  doing: Doing,
  sent: () => Promise<void>,
): Promise<JobContext> {
  const { journal, engine, clock } = doing;
  const { stream, workspace } = claimed;
  const isCampaign = isOf('campaign', stream);
  const [campaign, live, tenant] = await Promise.all([
    isCampaign ? engine.campaign(stream) : unopened(''),
    journal.live(stream),
    engine.workspace(workspace),
  ]);
  const { notices, suspendedAt } = isCampaign ? unsetWorkspace('') : tenant;
  const { kits } = brandsOf(tenant);
  const policy = engine.policyOf(tenant);
  const show = async (shown: unknown, card: string) => {
    const { id, fence } = claimed;
    if (await journal.show({ id, fence, live: shown })) await pokeCard(claimed, card, doing);
  };
  const guard = () => beforeSending(claimed, policy.times, doing);
  const unwanted = async () => isCampaign && (await engine.campaign(stream)).phase === 'cancelled';
  const shown = claimed.live;
  const subject = { stream, workspace, campaign, kits, notices, suspendedAt, live, policy, shown };
  return { ...subject, now: clock, signal, sent, show, guard, unwanted, notify: engine.notify };
}

const longestPause = 60_000;
const houseTroublePause = 5_000;

/** Later, never, or a bug: a bug is logged, tried again more and more slowly, and ends at the deadline. */
function failed(claimed: Claimed, effect: Effect, error: unknown, { log }: Doing): Result {
  if (error instanceof TryLater)
    return { back: { delay: error.delay, fresh: !error.sent && claimed.attempt === 1 } };
  const { id: of, attempt } = claimed;
  if (error instanceof Never && error.isHouseTrouble) {
    log.error('effect waits for an operator', { effect: of, code: error.code, error: error.message });
    return { back: { delay: houseTroublePause, fresh: false } };
  }
  if (error instanceof Never) {
    log.info('effect refused for good', { effect: of, code: error.code });
    return refused(claimed, effect, error);
  }
  log.error('effect failed', { effect: of, attempt, error });
  return { back: { delay: Math.min(longestPause, 250 * 2 ** Math.min(attempt, 10)), fresh: false } };
}

async function record(claimed: Claimed, result: Result, doing: Doing): Promise<void> {
  const { journal, engine } = doing;
  const { id, fence } = claimed;
  if ('outcome' in result) await engine.report(claimed, result.outcome);
  else if ('done' in result) await journal.finish({ id, fence, state: 'done' });
  else if ('back' in result) await journal.giveBack({ id, fence, ...result.back });
  else {
    const { delay, live, sync } = result.again;
    const shown = live === undefined ? {} : { live };
    await journal.giveBack({ id, fence, delay, fresh: true, unlessPoked: true, ...shown });
    if (sync) await pokeCard(claimed, sync, doing);
  }
}

/** The instant is written down first: what shows none was never sent. */
async function beforeSending(claimed: Claimed, times: Times, doing: Doing): Promise<void> {
  const { id, fence } = claimed;
  await doing.journal.show({ id, fence, live: { sentAt: doing.clock() } });
  await confirmFence(claimed, times, doing);
}

/** Makes sure, durably and just now, that nobody else may send: a pause before this instant is harmless. */
async function confirmFence(claimed: Claimed, { lease, guard }: Times, { journal }: Doing): Promise<void> {
  const begun = performance.now();
  const ours = await journal.renew({ id: claimed.id, fence: claimed.fence, lease });
  if (ours && performance.now() - begun < guard) return;
  throw new TryLater('the fence is no longer fresh', { delay: 0, sent: false });
}

/** Progress is no event, so no event asks for its card: it is asked for here. */
async function pokeCard(
  claimed: Claimed,
  key: string,
  { journal, engine, queue, clock }: Doing,
): Promise<void> {
  const { stream, workspace } = claimed;
  const { place } = await engine.campaign(stream);
  if (place === null) return;
  const { times } = await engine.policy(workspace);
  const effect = { type: 'sync-card', place, key } as const;
  const { type, ...body } = effect;
  const id = `${stream}/live/${key}`;
  await journal.poke({ id, stream, workspace, type, body, ...schedule(effect, stream, times) });
  queue.wake(clock());
}
