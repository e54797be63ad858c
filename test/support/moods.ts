import type { Fault, Spot } from './replicate/faults.ts';
import type { StandIn } from './replicate.ts';

const moods: Partial<Record<Spot, readonly [chance: number, fault: Fault][]>> = {
  create: [
    [0.15, { kind: 'drop' }],
    [0.1, { kind: 'body', text: '<html>Bad gateway</html>', status: 502 }],
    [0.05, { kind: 'status', status: 429, retryAfter: 1 }],
    [0.05, { kind: 'reset' }],
  ],
  list: [[0.1, { kind: 'status', status: 500 }]],
  get: [[0.05, { kind: 'drop' }]],
  delivery: [[0.1, { kind: 'drop' }]],
};

/** From now on it fails by chance as the real one may, and lists what is new only after a while. */
export function beMoody({ faults, lag }: Pick<StandIn, 'faults' | 'lag'>, random: () => number): void {
  lag.milliseconds = 150;
  const { take } = faults;
  faults.take = (spot) => take(spot) ?? moodOf(spot, random());
}

function moodOf(spot: Spot, luck: number): Fault | undefined {
  let sum = 0;
  return moods[spot]?.find(([chance]) => {
    sum += chance;
    return luck < sum;
  })?.[1];
}
