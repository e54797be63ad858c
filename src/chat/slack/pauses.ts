import { recent } from '../../recent.ts';

/** However long it has been in the way. */
const longest = 5 * 60_000;
/** What has been in the way for so long is likely to be for a quarter of that again. */
const part = 1 / 4;

/** Whole milliseconds until it is tried again, where it has not gone for `waited` of them. */
export const pauseAfter = (waited: number, shortest: number): number =>
  Math.ceil(Math.min(longest, Math.max(shortest, waited * part)));

const most = 5_000;

/** Pauses that grow while the same thing is in the way. A new process begins anew. */
export function newPauses(clock: () => number) {
  const since = recent<number>(most);
  return {
    next(what: string, shortest: number): number {
      const begun = since.get(what) ?? clock();
      since.set(what, begun);
      return pauseAfter(clock() - begun, shortest);
    },
    /** How long it has been in the way. */
    waited: (what: string): number => clock() - (since.get(what) ?? clock()),
    over: (what: string): void => void since.delete(what),
  };
}
export type Pauses = ReturnType<typeof newPauses>;
