/**
 * `status`: refused with it. `limited`: 429. `drop`: done, and the connection cut instead of an answer. `reset`: cut
 * before anything was done. `hang`: done and never answered. `slow`: done and answered after `wait` real milliseconds.
 */
export type Fault =
  | { kind: 'status'; status: number; code?: number; message?: string }
  | { kind: 'limited'; seconds: number; global?: boolean; scope?: 'user' | 'shared' }
  | { kind: 'drop' }
  | { kind: 'reset' }
  | { kind: 'hang' }
  | { kind: 'slow'; wait: number };

export interface Faults {
  /** The next request on a route, by its name in `routes.ts` (or `gateway-bot`, `cdn`), or so many, go wrong. */
  next(route: string, fault: Fault, times?: number): void;
  take(route: string): Fault | undefined;
}

export function openFaults(): Faults {
  const waiting: { route: string; fault: Fault }[] = [];
  return {
    next(route, fault, times = 1) {
      for (let i = 0; i < times; i += 1) waiting.push({ route, fault });
    },
    take(route) {
      const at = waiting.findIndex((each) => each.route === route);
      return at < 0 ? undefined : waiting.splice(at, 1)[0]?.fault;
    },
  };
}
