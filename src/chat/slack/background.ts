import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../../log.ts';

/** Milliseconds: an acknowledgement leaves first, and whoever passes it on may share our processor. */
const aside = 1;

/** Work beside what is acknowledged; waited for when everything stops. */
export function backgroundOf(log: Log) {
  const underway = new Set<Promise<void>>();
  return {
    run(what: string, work: () => Promise<unknown>): void {
      const done: Promise<void> = pause(aside)
        .then(work)
        .catch((error: unknown) => log.error(`slack: ${what} failed`, { error }))
        .then(() => void underway.delete(done));
      underway.add(done);
    },
    drained: async (): Promise<void> => void (await Promise.allSettled(underway)),
  };
}
