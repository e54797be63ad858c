import { describe, expect, it } from 'vitest';
import { inProcess } from '../../src/queue/in-process.ts';
import { queueContract } from '../contracts/queue.ts';

queueContract('one process', async () => {
  const errors: unknown[] = [];
  const queue = inProcess({ clock: Date.now, onError: (error) => errors.push(error) });
  return { queue, errors, end: () => queue.close() };
});

interface Timer {
  run: () => void;
  delay: number;
}

/** A queue on a clock and timers that only move when told. */
function still() {
  let now = 1000;
  const timers = new Set<Timer>();
  const queue = inProcess({
    clock: () => now,
    setTimer(run, delay) {
      const timer = { run, delay };
      timers.add(timer);
      return timer;
    },
    clearTimer: (timer) => void timers.delete(timer as Timer),
  });
  let looks = 0;
  queue.onWake(async () => void looks++);
  return {
    queue,
    timers,
    looks: () => looks,
    async ring(at: number) {
      now = at;
      for (const timer of [...timers]) {
        timers.delete(timer);
        timer.run();
      }
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('the queue in one process', () => {
  it('has one timer, to the earliest instant, and none while nothing waits', async () => {
    const { queue, timers, ring, looks } = still();
    expect(timers.size).toBe(0);
    for (const due of [5000, 3000, 4000, 3000]) queue.wake(due);
    expect([...timers].map(({ delay }) => delay)).toEqual([2000]);
    await ring(3000);
    expect(looks()).toBe(1);
    expect([...timers].map(({ delay }) => delay)).toEqual([1000]);
    await ring(9000);
    expect(looks()).toBe(2);
    expect(timers.size).toBe(0);
  });

  it('never asks a timer for longer than it can, and waits on', async () => {
    const { queue, timers, ring, looks } = still();
    const year = 365 * 24 * 3600 * 1000;
    queue.wake(1000 + year);
    expect([...timers].map(({ delay }) => delay)).toEqual([2 ** 31 - 1]);
    await ring(1000 + 2 ** 31 - 1);
    expect(looks()).toBe(0);
    expect([...timers].map(({ delay }) => delay)).toEqual([2 ** 31 - 1]);
    await ring(1000 + year);
    expect(looks()).toBe(1);
  });

  it('takes no harm from a timer that fires early', async () => {
    const { queue, ring, looks } = still();
    queue.wake(2000);
    await ring(1999);
    expect(looks()).toBe(0);
    await ring(2000);
    expect(looks()).toBe(1);
  });

  it('never throws', () => {
    const { queue, timers } = still();
    queue.wake(Number.POSITIVE_INFINITY);
    expect(timers.size).toBe(0);
    queue.wake(Number.NaN);
    queue.wake(Number.NEGATIVE_INFINITY);
    expect(timers.size).toBe(1);
  });
});
