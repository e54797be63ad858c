import { Queue as Bull, type Job, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { atMost } from '../patience.ts';
import type { Look, Queue } from './queue.ts';
import { checkRedis } from './redis-check.ts';

export interface BullmqParts {
  /** `redis://…` or `rediss://…` */
  url: string;
  /** Keys begin with it: two programs on one Redis do not wake each other. */
  prefix: string;
  clock: () => number;
  /** Hears what a look throws, and that Redis cannot be reached. */
  onError?: (error: unknown) => void;
  /** Milliseconds after which a listener looks although nobody woke it: what makes a wiped Redis harmless. */
  sweep?: number;
}

interface Hint {
  /** Not to be followed before. */
  due: number;
}

const usualSweep = 30_000;
const name = 'look';
// A hint that could not be given in this time is worth less than the sweep.
const giveUpAfter = 5_000;
/** Milliseconds between two hints that whoever is full took in vain and gives on. */
const betweenPasses = 500;
/** Milliseconds for Redis to hear that somebody leaves. */
const goodbye = 3_000;

/**
 * Wakes for many processes: a job is one hint, and any process that listens takes it. A job carries no effect's
 * id, because which effect is next (fairness, lanes, deadlines) is the journal's to say. Throws
 * what `checkRedis` throws.
 */
export async function bullmq(parts: BullmqParts): Promise<Queue> {
  const { url, prefix, clock, onError = () => undefined, sweep = usualSweep } = parts;
  await checkRedis(url, giveUpAfter);
  let closed = false;
  const connecting = { url, isOver: () => closed, onError };
  const asking = connect({ ...connecting, temper: 'impatient' });
  const listening = connect({ ...connecting, temper: 'patient' });
  const hints = new Bull<Hint>(name, { connection: asking, prefix });
  hints.on('error', onError);
  const line = lookLine(onError);
  let worker: Worker | null = null;
  let sweeping: NodeJS.Timeout | undefined;
  let resting: Promise<void> | undefined;

  let passing: NodeJS.Timeout | undefined;
  let passedAt = Number.NEGATIVE_INFINITY;
  const held = new Set<NodeJS.Timeout>();
  const adding = new Set<Promise<void>>();
  const add = (due: number, options: { delay?: number; jobId?: string } = {}): Promise<void> => {
    const added = hints
      .add(name, { due }, { ...options, removeOnComplete: true, removeOnFail: true })
      .then(() => undefined, onError)
      .finally(() => adding.delete(added));
    adding.add(added);
    return added;
  };
  const addNow = oncePerTurn(() => add(0));

  const wakeAt = (due: number) => void add(due, { delay: due - clock(), jobId: `at-${due}` });

  async function follow(due: number): Promise<void> {
    // Here it is earlier than where the hint was given, or than this machine believes.
    if (due > clock()) return hold(due);
    if ((await line.run()) === 'full') await passOn();
  }

  /** While we are at it only others are free to take it; who took it again himself lets some time pass. */
  async function passOn(): Promise<void> {
    if (passing) return;
    const pause = passedAt + betweenPasses - performance.now();
    if (pause <= 0) return pass();
    passing = setTimeout(() => void pass(), pause);
  }

  function pass(): Promise<void> {
    passing = undefined;
    passedAt = performance.now();
    return add(0);
  }

  function hold(due: number): void {
    const timer = setTimeout(
      () => {
        held.delete(timer);
        void follow(due);
      },
      // A timer of more than 24 days fires at once; the sweep looks meanwhile in any case.
      Math.min(due - clock() + 1, sweep),
    );
    held.add(timer);
  }

  async function rest(): Promise<void> {
    clearInterval(sweeping);
    for (const timer of [...held, passing]) clearTimeout(timer);
    const looked = line.end();
    if (worker) await ended(worker, listening);
    await looked;
  }
  const stopLooking = () => {
    resting ??= rest();
    return resting;
  };

  return {
    wake(due) {
      if (closed || due === Number.POSITIVE_INFINITY) return;
      if (due <= clock()) return addNow();
      // Every look asks for the next instant anew: the id makes one job of them all.
      wakeAt(due);
    },
    onWake(look) {
      line.hand(look);
      sweeping = setInterval(() => void line.run(), sweep);
      worker = new Worker(name, ({ data }: Job<unknown>) => follow(dueOf(data)), {
        connection: listening,
        prefix,
      });
      worker.on('error', onError);
    },
    stopLooking,
    async close() {
      closed = true;
      // A wish of this turn is sent in the next.
      await new Promise((resolve) => setImmediate(resolve));
      await atMost(goodbye, Promise.all([stopLooking(), ...adding]));
      await atMost(goodbye, hints.close());
      // BullMQ leaves open what it was handed.
      asking.disconnect();
      listening.disconnect();
    },
  };
}

/** A hint of another version may have any shape: it says at worst that now is the time to look. */
function dueOf(hint: unknown): number {
  const { due } = (hint ?? {}) as { due?: unknown };
  return typeof due === 'number' ? due : 0;
}

/** A worker waits for a Redis that is away, at its end too: then nothing is left to wait for but an error. */
async function ended(worker: Worker, listening: Redis): Promise<void> {
  const closing = worker.close().catch(() => undefined);
  if (await atMost(goodbye, closing)) return;
  listening.disconnect();
  await atMost(goodbye, closing);
}

/** Looks one after the other, whoever asks: a job or the sweep. */
function lookLine(onError: (error: unknown) => void) {
  let look: Look = async () => undefined;
  let last: ReturnType<Look> = Promise.resolve(undefined);
  let ended = false;
  return {
    hand(wanted: Look) {
      look = wanted;
    },
    run(): ReturnType<Look> {
      last = last.then(() => (ended ? undefined : look())).catch((error: unknown) => void onError(error));
      return last;
    },
    async end(): Promise<void> {
      ended = true;
      await last;
    },
  };
}

/** Wishes of one turn, and those that come while one is on its way, are one wish. */
function oncePerTurn(send: () => Promise<void>): () => void {
  let state: 'idle' | 'sending' | 'again' = 'idle';
  const run = async (): Promise<void> => {
    do {
      state = 'sending';
      await send();
    } while (again());
    state = 'idle';
  };
  const again = (): boolean => state === 'again';
  return () => {
    if (state !== 'idle') {
      state = 'again';
      return;
    }
    state = 'sending';
    setImmediate(() => void run());
  };
}

interface Connecting {
  url: string;
  /** `patient` waits for a Redis that is away, as a worker should; `impatient` lets a hint go. */
  temper: 'patient' | 'impatient';
  /** Whether nobody waits any more. BullMQ has copies of a connection that only end by themselves. */
  isOver: () => boolean;
  onError: (error: unknown) => void;
}

function connect({ url, temper, isOver, onError }: Connecting): Redis {
  const options = temper === 'patient' ? {} : { enableOfflineQueue: false, commandTimeout: giveUpAfter };
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (isOver() ? null : Math.min(50 * times, 2000)),
    ...options,
  });
  redis.on('error', onError);
  return redis;
}
