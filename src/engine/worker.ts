import type { Effect } from '../campaign/effect.ts';
import type { Claimed } from '../journal/journal.ts';
import { atMost } from '../patience.ts';
import type { Look } from '../queue/queue.ts';
import { carryOut, type Doing, isLate } from './carry-out.ts';

export interface WorkerParts extends Doing {
  /** Names this process on the leases it takes. */
  holder: string;
  /** Milliseconds an effect is ours without a renewal. */
  lease: number;
  /** How many effects of a type may run at once in this process. */
  limits: Partial<Record<Effect['type'], number>>;
}

export interface Worker {
  start(): Promise<void>;
  /** Takes nothing new, waits `grace` milliseconds at most for what runs, and calls the rest off. */
  stop(grace: number): Promise<void>;
}

interface Running {
  type: string;
  ended: Promise<void>;
  abort: AbortController;
}

const usualLimit = 20;
const longestTimer = 2 ** 31 - 1;
const longestAttempt = 60_000;
const pauseAfterTrouble = 2_000;
/** Milliseconds for what was called off to be written down; what is not is found when its lease has run out. */
const aborting = 3_000;
/** Moves bytes or makes pictures, so its deadline alone limits an attempt; an order may have many to send along. */
const longWork: ReadonlySet<string> = new Set([
  'make-still',
  'buy-take',
  'download-take',
  'finish-take',
  'fetch-reference',
  'fetch-logo',
]);

/** Claims due effects and carries them out. Woken by the queue; what a lost wake-up missed is in the journal. */
export function createWorker(parts: WorkerParts): Worker {
  const { journal, queue, clock, lease, log } = parts;
  const running = new Map<string, Running>();
  let stopping = false;

  /** A journal that cannot be read now is looked at again: nobody else would wake us. */
  async function look(): ReturnType<Look> {
    const at = clock();
    try {
      await claimAll();
      const next = stopping ? null : await journal.nextDue(at);
      if (next !== null) queue.wake(next);
      return saturated(running, parts.limits).length > 0 ? 'full' : undefined;
    } catch (error) {
      log.error('journal could not be read', { error });
      queue.wake(clock() + pauseAfterTrouble);
      return undefined;
    }
  }

  /** What a lane or a limit keeps back is looked at again when something ends. */
  async function claimAll(): Promise<void> {
    while (!stopping) {
      const skip = saturated(running, parts.limits);
      const effect = await journal.claim({ holder: parts.holder, lease, skip });
      if (!effect) return;
      begin(effect);
    }
  }

  function begin(effect: Claimed): void {
    const abort = new AbortController();
    const stopTimers = watchOver(effect, abort);
    const ended = carryOut(effect, abort.signal, parts)
      .catch((error: unknown) => log.error('effect could not be recorded', { effect: effect.id, error }))
      .finally(() => {
        stopTimers();
        running.delete(effect.id);
        // Who stops frees a lane or commits what is next: others hear of it.
        queue.wake(clock());
      });
    running.set(effect.id, { type: effect.type, ended, abort });
  }

  /** Aborts when its time is up or when the lease is lost; renews it until then. */
  function watchOver(effect: Claimed, abort: AbortController): () => void {
    const deadline = setTimeout(() => abort.abort(), timeFor(effect, clock()));
    const renewal = setInterval(() => {
      journal
        .renew({ id: effect.id, fence: effect.fence, lease })
        .then((ours) => ours || abort.abort())
        .catch((error: unknown) => log.error('lease not renewed', { effect: effect.id, error }));
    }, lease / 3);
    return () => {
      clearTimeout(deadline);
      clearInterval(renewal);
    };
  }

  /** A hint that this one took at last and did not follow is somebody else's. */
  async function rest(): Promise<void> {
    await queue.stopLooking();
    queue.wake(clock());
    await Promise.all([...running.values()].map((one) => one.ended));
  }

  return {
    async start() {
      queue.onWake(look);
      queue.wake(clock());
    },
    async stop(grace) {
      stopping = true;
      const all = rest();
      await atMost(grace, all);
      for (const { abort } of running.values()) abort.abort();
      await atMost(aborting, all);
    },
  };
}

/** Milliseconds for this attempt: the work's own time, but never past the deadline; a last look has a minute. */
function timeFor(effect: Claimed, now: number): number {
  const own = longWork.has(effect.type) ? longestTimer : longestAttempt;
  if (effect.deadlineAt === null || isLate(effect, now)) return longestAttempt;
  return Math.min(own, effect.deadlineAt - now, longestTimer);
}

function saturated(running: Map<string, Running>, limits: WorkerParts['limits']): string[] {
  const counts = new Map<string, number>();
  for (const { type } of running.values()) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .filter(([type, n]) => n >= (limits[type as Effect['type']] ?? usualLimit))
    .map(([type]) => type);
}
