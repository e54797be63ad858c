import { setTimeout as sleep } from 'node:timers/promises';

/** Whether work ended, well or badly, in so many milliseconds; afterwards nobody waits for it any more. */
export async function atMost(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  const early = new AbortController();
  const late = sleep(milliseconds, false, { signal: early.signal }).catch(() => false);
  const ended = work.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([ended, late]);
  } finally {
    early.abort();
  }
}
