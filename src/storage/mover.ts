import { Worker } from 'node:worker_threads';
import type { FetchLimits } from '../net/guarded-fetch.ts';
import type { Sending } from '../net/send-stream.ts';
import { atMost } from '../patience.ts';
import { type Failed, revived } from './mover-errors.ts';

export interface Moved {
  /** Hex SHA-256. */
  sha256: string;
  bytes: number;
}

/** Moves and hashes files without holding up the thread that answers people. */
export interface Mover {
  /** Copies into a new file; `to` must not exist. Rejects with the system's error (`code`). */
  copy(from: string, to: string): Promise<Moved>;
  /** As `copy`, but writes nothing where both are on one disk: from then on `from` must stay as it is. */
  adopt(from: string, to: string): Promise<Moved>;
  hash(file: string): Promise<Moved>;
  /**
   * Fetches a URL into a new file, as guarded as `GuardedFetch` and with its errors, also the system's for the
   * file; aborted, with the signal's reason.
   */
  download(url: string, to: string, limits: FetchLimits): Promise<Moved>;
  /** Posts a file to an address; rejects with `sendStream`'s error, or the system's for the file. */
  send(from: string, sending: Sending): Promise<void>;
  /** Finishes what was asked for, in seconds at most, then ends the thread; what is not finished rejects. */
  close(): Promise<void>;
}

type Work =
  | { does: 'copy' | 'adopt'; from: string; to: string }
  | { does: 'hash'; from: string }
  | { does: 'send'; from: string; sending: Sending }
  | { does: 'download'; url: string; to: string; mostBytes: number; timeout: number | undefined };

export type MoveOrder = Work & { id: number };
/** What the thread is told. */
export type MoverMessage = MoveOrder | { does: 'abort'; id: number };

/** What came of an order; nothing is known of what was only sent. */
export type MoveReport = { id: number } & ({ moved: Moved | null } | { failed: Failed });

/** What the thread is made with. */
export interface MoverData {
  allowPrivateHosts: readonly string[];
}

interface Waiting {
  order: MoveOrder;
  signal: AbortSignal | undefined;
  resolve: (moved: Moved | null) => void;
  reject: (error: unknown) => void;
}

/** Milliseconds for what is still under way when everything ends. */
const goodbye = 3_000;

// What a socket reads is dropped at once: a small nursery is tidied before 64 MiB of it lie about.
const resourceLimits = { maxYoungGenerationSizeMb: 1 };

// More at once do not move more bytes: the disk and one core are busy with two. The network mostly waits.
const mostAtOnce: Record<Work['does'], number> = { copy: 2, adopt: 2, hash: 2, download: 6, send: 6 };

/** One thread for all moves, started with the first and started anew if it dies. */
export function openMover(data: MoverData = { allowPrivateHosts: [] }): Mover {
  const waiting: Waiting[] = [];
  const running = new Map<number, Waiting>();
  let thread: Worker | null = null;
  let nextId = 1;
  let closed = false;
  let idle: (() => void) | null = null;

  function start(): Worker {
    const worker = new Worker(new URL('./mover-thread.ts', import.meta.url), {
      workerData: data,
      resourceLimits,
    });
    worker.on('message', ended);
    worker.on('error', (error) => lost(worker, error as Error));
    worker.on('exit', () => lost(worker, new Error('the mover thread ended')));
    return worker;
  }

  function lost(worker: Worker, error: Error): void {
    if (thread !== worker) return;
    thread = null;
    for (const { reject } of running.values()) reject(error);
    running.clear();
    next();
  }

  function ended(report: MoveReport): void {
    const order = running.get(report.id);
    running.delete(report.id);
    if ('moved' in report) order?.resolve(report.moved);
    else order?.reject(order.signal?.aborted ? order.signal.reason : revived(report.failed));
    next();
  }

  const isFree = ({ order }: Waiting): boolean =>
    [...running.values()].filter((each) => each.order.does === order.does).length < mostAtOnce[order.does];

  function next(): void {
    for (;;) {
      const first = waiting.findIndex(isFree);
      if (first < 0) break;
      const [chosen] = waiting.splice(first, 1);
      if (chosen) begin(chosen);
    }
    if (running.size > 0) thread?.ref();
    else rest();
  }

  function begin(chosen: Waiting): void {
    thread ??= start();
    running.set(chosen.order.id, chosen);
    thread.postMessage(chosen.order satisfies MoverMessage);
  }

  function abort(id: number, reason: unknown): void {
    const at = waiting.findIndex(({ order }) => order.id === id);
    if (at >= 0) waiting.splice(at, 1)[0]?.reject(reason);
    else if (running.has(id)) thread?.postMessage({ does: 'abort', id } satisfies MoverMessage);
  }

  /** A thread with nothing to do must not keep the process alive. */
  function rest(): void {
    thread?.unref();
    idle?.();
  }

  async function move(work: Exclude<Work, { does: 'send' }>, signal?: AbortSignal): Promise<Moved> {
    const moved = await carriedOut(work, signal);
    if (!moved) throw new Error(`nothing is known of what was to ${work.does}`);
    return moved;
  }

  function carriedOut(work: Work, signal?: AbortSignal): Promise<Moved | null> {
    if (closed) return Promise.reject(new Error('the mover is closed'));
    if (signal?.aborted) return Promise.reject(signal.reason);
    const id = nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<Moved | null>();
    waiting.push({ order: { ...work, id }, signal, resolve, reject });
    signal?.addEventListener('abort', () => abort(id, signal.reason), { once: true });
    next();
    return promise;
  }

  return {
    copy: (from, to) => move({ does: 'copy', from, to }),
    adopt: (from, to) => move({ does: 'adopt', from, to }),
    hash: (from) => move({ does: 'hash', from }),
    download: (url, to, { mostBytes, timeout, signal }) =>
      move({ does: 'download', url, to, mostBytes, timeout }, signal),
    send: async (from, sending) => void (await carriedOut({ does: 'send', from, sending })),
    async close() {
      closed = true;
      if (running.size > 0) await atMost(goodbye, new Promise<void>((done) => (idle = done)));
      const last = thread;
      thread = null;
      await last?.terminate();
      for (const { reject } of running.values()) reject(new Error('the mover is closed'));
    },
  };
}
