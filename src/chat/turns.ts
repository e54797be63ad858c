import { setTimeout as sleep } from 'node:timers/promises';

/** Whoever asks while a run is underway shares the next one. */
export function shared<T>(run: () => Promise<T>): () => Promise<T> {
  let underway: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | null = null;
  return () => {
    next ??= underway.then(() => {
      next = null;
      const running = run();
      underway = running.catch(() => {});
      return running;
    });
    return next;
  };
}

/** What concerns the same thing one after the other, all else side by side. */
export function inTurnBy() {
  const last = new Map<string, Promise<unknown>>();
  return <T>(key: string, run: () => Promise<T>): Promise<T> => {
    const done = (last.get(key) ?? Promise.resolve()).catch(() => {}).then(run);
    last.set(key, done);
    const forget = () => last.get(key) === done && last.delete(key);
    done.then(forget, forget);
    return done;
  };
}

/** Ends early where it is called off; keeps no process alive. */
export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  sleep(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
