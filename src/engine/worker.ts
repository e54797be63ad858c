import type { Effect } from '../campaign/effect.ts';
import type { Claimed } from '../journal/journal.ts';
import { carryOut, type Doing } from './carry-out.ts';

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
  /** Takes nothing new and waits for what runs, `grace` milliseconds at most. */
  stop(grace: number): Promise<void>;
}

interface Running {
  type: string;
  ended: Promise<void>;
  abort: AbortController;
}

const usualLimit = 20;
const longestTimer = 2 ** 31 - 1;

/** Claims due effects and carries them out. Woken by the queue; what a lost wake-up missed is in the journal. */
export function createWorker(parts: WorkerParts): Worker {
  const { journal, queue, clock, lease, log } = parts;
  const running = new Map<string, Running>();
  let stopping = false;

  async function look(): Promise<void> {
    while (!stopping) {
      const skip = saturated(running, parts.limits);
      const effect = await journal.claim({ holder: parts.holder, lease, skip });
      if (!effect) break;
      begin(effect);
    }
    await wakeForNext();
  }

  /** What is due but kept back by a lane or a limit is looked at again when something ends. */
  async function wakeForNext(): Promise<void> {
    const next = stopping ? null : await journal.nextDue();
    if (next === null) return;
    if (next > clock()) queue.wake(next);
    else if (running.size === 0) queue.wake(clock() + lease);
  }

  function begin(effect: Claimed): void {
    const abort = new AbortController();
    const stopTimers = watchOver(effect, abort);
    const ended = carryOut(effect, abort.signal, parts)
      .catch((error: unknown) => log.error('effect could not be recorded', { effect: effect.id, error }))
      .finally(() => {
        stopTimers();
        running.delete(effect.id);
        if (!stopping) queue.wake(clock());
      });
    running.set(effect.id, { type: effect.type, ended, abort });
  }

  /** Aborts at the deadline or when the lease is lost; renews it until then. */
  function watchOver(effect: Claimed, abort: AbortController): () => void {
    const left = effect.deadlineAt === null ? longestTimer : Math.max(0, effect.deadlineAt - clock());
    const deadline = setTimeout(() => abort.abort(), Math.min(left, longestTimer));
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

  return {
    async start() {
      queue.onWake(look);
      queue.wake(clock());
    },
    async stop(grace) {
      stopping = true;
      const all = Promise.allSettled([...running.values()].map((r) => r.ended));
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, grace);
      });
      await Promise.race([all, late]);
      clearTimeout(timer);
      for (const { abort } of running.values()) abort.abort();
      await all;
    },
  };
}

function saturated(running: Map<string, Running>, limits: WorkerParts['limits']): string[] {
  const counts = new Map<string, number>();
  for (const { type } of running.values()) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .filter(([type, n]) => n >= (limits[type as Effect['type']] ?? usualLimit))
    .map(([type]) => type);
}
