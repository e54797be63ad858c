import type { Runner } from './journal-of.ts';
import type { Query } from './query.ts';
import type { SqliteFile, Written } from './sqlite-file.ts';

interface Waiting {
  query: (now: number) => Query<unknown>;
  keep: (result: unknown) => boolean;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

/**
 * Writes that are asked for in the same turn share one commit: while the disk was waited for, more people have asked,
 * and they wait for it once and not in line. Each still succeeds or fails by itself, and hears of it after its commit.
 * `wrote` is called after each such commit.
 */
export function writesInTurns(file: SqliteFile, clock: () => number, wrote: () => void) {
  let waiting: Waiting[] = [];

  const told = ({ resolve, reject }: Waiting, came: Written): void =>
    'error' in came ? reject(came.error) : resolve(came.result);

  function alone(one: Waiting): void {
    try {
      one.resolve(file.write(one.query(clock()), one.keep));
    } catch (error) {
      one.reject(error);
    }
  }

  function together(all: readonly Waiting[]): void {
    let written: Written[];
    try {
      written = file.writeAll(all.map(({ query, keep }) => ({ query: query(clock()), keep })));
    } catch {
      // Nothing was written, and it may be the fault of one.
      for (const one of all) alone(one);
      return;
    }
    for (const [n, one] of all.entries()) told(one, written[n] as Written);
  }

  /** Writes down what waits, now. */
  function flush(): void {
    const all = waiting;
    waiting = [];
    const [only, another] = all;
    if (!only) return;
    if (another) together(all);
    else alone(only);
    wrote();
  }

  const write: Runner['write'] = (query, keep = () => true) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ query, keep, resolve, reject } as Waiting);
    });

  return { write, flush };
}
