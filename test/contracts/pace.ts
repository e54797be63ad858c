import { beforeEach, describe, expect, it } from 'vitest';
import type { Pace } from '../../src/queue/pace.ts';
import { handClock } from '../support/clock.ts';

type Clock = ReturnType<typeof handClock>;

/** What every driver of the pace promises. */
export function pacePromises(make: (clock: Clock) => Pace): void {
  const minute = { key: 'edits', every: 1_000, burst: 3 };
  let clock: Clock;
  let pace: Pace;
  beforeEach(() => {
    clock = handClock();
    pace = make(clock);
  });
  const taken = async (n: number, ...turns: Parameters<Pace['take']>) => {
    let granted = 0;
    for (let i = 0; i < n; i++) granted += (await pace.take(...turns)) === 0 ? 1 : 0;
    return granted;
  };

  describe('a budget', () => {
    it('allows its burst at once and then says how long to wait', async () => {
      expect(await taken(3, [minute])).toBe(3);
      expect(await pace.take([minute])).toBe(1_000);
      clock.forward(400);
      expect(await pace.take([minute])).toBe(600);
      clock.forward(600);
      expect(await taken(2, [minute])).toBe(1);
    });

    it('in the long run allows one turn every so often, however eagerly it is asked', async () => {
      let granted = 0;
      for (let i = 0; i < 100; i++) {
        granted += await taken(2, [minute]);
        clock.forward(100);
      }
      expect(granted).toBe(3 + 9);
    });

    it('keeps what is spare for who is in a hurry', async () => {
      expect(await taken(5, [{ ...minute, spare: 2 }])).toBe(1);
      expect(await taken(5, [minute])).toBe(2);
    });

    it('is its own', async () => {
      expect(await taken(5, [minute])).toBe(3);
      expect(await taken(5, [{ ...minute, key: 'other' }])).toBe(3);
    });
  });

  describe('several budgets', () => {
    it('are taken from together or not at all', async () => {
      const one = { key: 'one', every: 1_000, burst: 1 };
      expect(await taken(5, [minute, one])).toBe(1);
      expect(await taken(5, [minute])).toBe(2);
    });
  });

  describe('a pause', () => {
    it('holds everybody until it is over, and nobody else', async () => {
      await pace.pause('edits', 1_500);
      await pace.pause('edits', 500);
      expect(await pace.take([minute])).toBe(1_500);
      expect(await pace.take([{ ...minute, key: 'other' }])).toBe(0);
      clock.forward(1_500);
      expect(await pace.take([minute])).toBe(0);
    });
  });
}
