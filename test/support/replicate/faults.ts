/** Where something goes wrong. */
export type Spot = 'create' | 'get' | 'list' | 'cancel' | 'file' | 'model' | 'delivery' | 'secret';

/**
 * `status`: refused with it. `drop`: done, and the connection cut instead of an answer. `reset`: cut before anything
 * was done. `hang`: done and never answered. `slow`: answered after `wait` ms. `body`: done and answered with `text`,
 * and with another status than it should be if one is given.
 */
export type Fault =
  | { kind: 'status'; status: number; detail?: string; retryAfter?: number }
  | { kind: 'drop' }
  | { kind: 'reset' }
  | { kind: 'hang' }
  | { kind: 'slow'; wait: number }
  | { kind: 'body'; text: string; status?: number };

export interface Faults {
  /** The next request there, or so many, go wrong. */
  next(spot: Spot, fault: Fault, times?: number): void;
  take(spot: Spot): Fault | undefined;
}

export function openFaults(): Faults {
  const waiting: { spot: Spot; fault: Fault }[] = [];
  return {
    next(spot, fault, times = 1) {
      for (let i = 0; i < times; i += 1) waiting.push({ spot, fault });
    },
    take(spot) {
      const at = waiting.findIndex((each) => each.spot === spot);
      return at < 0 ? undefined : waiting.splice(at, 1)[0]?.fault;
    },
  };
}
