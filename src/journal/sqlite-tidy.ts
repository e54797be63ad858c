import { Worker } from 'node:worker_threads';
import type { SqliteFile } from './sqlite-file.ts';

/** Megabytes of what is young in the thread: with little room it is collected early, and stays little. */
const resourceLimits = { maxYoungGenerationSizeMb: 1 };
/** Milliseconds without a write. */
const quiet = 100;
/** Pages of 4 KiB, written but not yet in their place: worth moving; enough to have them moved in a rush; at most. */
const worthIt = 1_000;
export const rushed = 4_000;
const atMost = 16_000;
/** Milliseconds after trouble. */
const rest = 10_000;
/** Writes from one look at how many there are to the next. */
const betweenLooks = 32;

export interface Tidying {
  /** To be called after every write. */
  wrote(): void;
  /** Resolves once nobody is at it. The next rush begins anew. */
  still(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * What was committed is moved to its place in the file while nobody waits for it: in a quiet moment, or, where none
 * comes, by a thread beside. By itself SQLite does it at the end of every fiftieth commit or so, while somebody waits,
 * and for tens of milliseconds. `path` is the file's.
 */
export function tidyWhenQuiet(file: SqliteFile, path: string): Tidying {
  file.pragma(`wal_autocheckpoint = ${atMost}`);
  let timer: NodeJS.Timeout | undefined;
  let helper: Worker | null = null;
  let writes = 0;
  let notBefore = 0;

  function tidy(): void {
    timer = undefined;
    if (helper) return;
    try {
      checkpoint(file, worthIt);
    } catch {
      // It is safe where it is; a disk that fails or is full is told of by the next commit.
    }
  }

  function lookForRush(): void {
    writes += 1;
    if (helper || writes % betweenLooks !== 0 || performance.now() < notBefore) return;
    try {
      if (untidy(file) >= rushed) begin();
    } catch {
      troubled();
    }
  }

  /** Nobody's write fails for it: in the end SQLite does it by itself. */
  function troubled(): void {
    notBefore = performance.now() + rest;
  }

  function begin(): void {
    const begun = new Worker(new URL('./sqlite-tidy-thread.ts', import.meta.url), {
      workerData: { path },
      resourceLimits,
    });
    const gone = () => {
      if (helper === begun) helper = null;
    };
    begun.on('error', troubled).on('exit', gone).unref();
    helper = begun;
  }

  async function still(): Promise<void> {
    await helper?.terminate();
    helper = null;
  }

  return {
    wrote() {
      if (timer) timer.refresh();
      else timer = setTimeout(tidy, quiet).unref();
      lookForRush();
    },
    still,
    async stop() {
      clearTimeout(timer);
      await still();
    },
  };
}

/** Moves so much or more; false where it is less. */
export function checkpoint(file: SqliteFile, least: number): boolean {
  const isWorthIt = untidy(file) >= least;
  if (isWorthIt) file.pragma('wal_checkpoint(PASSIVE)');
  return isWorthIt;
}

/** Pages that are committed and not yet in their place. */
export function untidy(file: SqliteFile): number {
  const [pages] = file.pragma('wal_checkpoint(NOOP)');
  return Number(pages?.['log']) - Number(pages?.['checkpointed']);
}
