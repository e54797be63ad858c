/**
 * `status`: refused with it, nothing done. `error`: an answer that is not ok, nothing done. `drop`: done, and the
 * connection cut instead of an answer. `reset`: cut before anything was done. `hang`: done and never answered.
 * `slow`: answered after `wait` ms. `body`: done, and answered with this text (a page of HTML, say). `redirect`: sent to another
 * address, nothing done.
 */
export type Fault =
  | { kind: 'status'; status: number; retryAfter?: number }
  | { kind: 'error'; error: string }
  | { kind: 'drop' }
  | { kind: 'reset' }
  | { kind: 'hang' }
  | { kind: 'slow'; wait: number }
  | { kind: 'body'; text: string }
  | { kind: 'redirect'; to: string };

/** A method's name, `upload`, `download`, `respond`, or `*` for whatever comes next. */
export type Spot = string;

export function openFaults() {
  const waiting: { spot: Spot; fault: Fault; after: number }[] = [];
  return {
    /** The next request there, or so many, go wrong, once `after` of them went well. */
    next(spot: Spot, fault: Fault, { times = 1, after = 0 } = {}) {
      for (let i = 0; i < times; i += 1) waiting.push({ spot, fault, after: i === 0 ? after : 0 });
    },
    take(spot: Spot): Fault | undefined {
      const at = waiting.findIndex((each) => each.spot === spot || each.spot === '*');
      const found = waiting[at];
      if (!found) return undefined;
      if (found.after > 0) {
        found.after -= 1;
        return undefined;
      }
      waiting.splice(at, 1);
      return found.fault;
    },
  };
}
