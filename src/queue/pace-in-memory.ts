import type { Pace, Turn } from './pace.ts';

const manyBudgets = 10_000;

/** Budgets of one process. Each is one instant: when the turns taken so far will have been earned. */
export function paceInMemory(clock: () => number): Pace {
  const earned = new Map<string, number>();
  const paused = new Map<string, number>();

  const wait = ({ key, every, burst, spare = 0 }: Turn, now: number): number =>
    Math.max(0, (paused.get(key) ?? now) - now, (earned.get(key) ?? now) - now - (burst - 1 - spare) * every);

  /** A budget at rest is as good as none. */
  function forgetRested(now: number): void {
    for (const budgets of [earned, paused])
      if (budgets.size >= manyBudgets) for (const [key, at] of budgets) if (at <= now) budgets.delete(key);
  }

  return {
    async take(turns) {
      const now = clock();
      const longest = Math.max(0, ...turns.map((turn) => wait(turn, now)));
      if (longest > 0) return Math.ceil(longest);
      forgetRested(now);
      for (const { key, every } of turns) earned.set(key, Math.max(now, earned.get(key) ?? now) + every);
      return 0;
    },
    async pause(key, milliseconds) {
      const until = clock() + milliseconds;
      paused.set(key, Math.max(paused.get(key) ?? until, until));
    },
  };
}
