import type { SqliteFile } from './sqlite-file.ts';

/** Milliseconds without a write. */
const quiet = 100;
/** Pages of 4 KiB: written but not yet in their place; and how many somebody may have to wait for at last. */
const worthIt = 1_000;
const atMost = 16_000;

/**
 * What was committed is moved to its place in the file while nobody waits: it takes milliseconds, and by itself SQLite
 * does it at the end of every fiftieth commit or so, while somebody does. Who never pauses waits for it once in many.
 */
export function tidyWhenQuiet(file: SqliteFile): { wrote(): void; stop(): void } {
  file.pragma(`wal_autocheckpoint = ${atMost}`);
  let timer: NodeJS.Timeout | undefined;

  function tidy(): void {
    timer = undefined;
    try {
      if (untidy(file) >= worthIt) file.pragma('wal_checkpoint(PASSIVE)');
    } catch {
      // It is safe where it is; a disk that fails or is full is told of by the next commit.
    }
  }

  return {
    wrote() {
      if (timer) timer.refresh();
      else timer = setTimeout(tidy, quiet).unref();
    },
    stop: () => clearTimeout(timer),
  };
}

/** Pages that are committed and not yet in their place. */
export function untidy(file: SqliteFile): number {
  const [pages] = file.pragma('wal_checkpoint(NOOP)');
  return Number(pages?.['log']) - Number(pages?.['checkpointed']);
}
