import { Worker } from 'node:worker_threads';

export interface Moved {
  /** Hex SHA-256. */
  sha256: string;
  bytes: number;
}

/** Moves and hashes files without holding up the thread that answers people. */
export interface Mover {
  /** Copies into a new file; `to` must not exist. Rejects with the system's error (`code`). */
  copy(from: string, to: string): Promise<Moved>;
  hash(file: string): Promise<Moved>;
  /** Finishes what was asked for, then ends the thread. */
  close(): Promise<void>;
}

export interface MoveOrder {
  id: number;
  from: string;
  to: string | null;
}

export interface MoveReport {
  id: number;
  moved?: Moved;
  failed?: { message: string; code: string };
}

interface Waiting {
  order: MoveOrder;
  resolve: (moved: Moved) => void;
  reject: (error: Error) => void;
}

// More at once do not move more bytes: the disk and one core are busy with two.
const mostAtOnce = 2;

/** One thread for all moves, started with the first and started anew if it dies. */
export function openMover(): Mover {
  const waiting: Waiting[] = [];
  const running = new Map<number, Waiting>();
  let thread: Worker | null = null;
  let nextId = 1;
  let closed = false;
  let idle: (() => void) | null = null;

  function start(): Worker {
    const worker = new Worker(new URL('./mover-thread.ts', import.meta.url));
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

  function ended({ id, moved, failed }: MoveReport): void {
    const order = running.get(id);
    running.delete(id);
    if (moved) order?.resolve(moved);
    else order?.reject(Object.assign(new Error(failed?.message), { code: failed?.code }));
    next();
  }

  function next(): void {
    while (running.size < mostAtOnce && waiting.length > 0) {
      const first = waiting.shift() as Waiting;
      thread ??= start();
      running.set(first.order.id, first);
      thread.postMessage(first.order);
    }
    if (running.size > 0) thread?.ref();
    else rest();
  }

  /** A thread with nothing to do must not keep the process alive. */
  function rest(): void {
    thread?.unref();
    idle?.();
  }

  function move(from: string, to: string | null): Promise<Moved> {
    if (closed) return Promise.reject(new Error('the mover is closed'));
    return new Promise((resolve, reject) => {
      waiting.push({ order: { id: nextId++, from, to }, resolve, reject });
      next();
    });
  }

  return {
    copy: (from, to) => move(from, to),
    hash: (file) => move(file, null),
    async close() {
      closed = true;
      if (running.size > 0) await new Promise<void>((done) => (idle = done));
      const last = thread;
      thread = null;
      await last?.terminate();
    },
  };
}
