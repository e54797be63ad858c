import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Queue } from '../../src/queue/queue.ts';

export interface QueueWorld {
  queue: Queue;
  /** What looks threw, as the driver was told to report it. */
  errors: unknown[];
  end(): Promise<void>;
}

/** How late a wake may be before it counts as lost, on a busy machine. */
const patience = { timeout: 5000, interval: 2 };
const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** What every queue does, by the clock on the wall. */
export function queueContract(name: string, open: () => Promise<QueueWorld>): void {
  describe(`the queue on ${name}`, () => {
    let world: QueueWorld;
    beforeEach(async () => {
      world = await open();
    });
    afterEach(() => world.end());

    function counting(): { looks: number[] } {
      const looks: number[] = [];
      world.queue.onWake(async () => void looks.push(Date.now()));
      return { looks };
    }

    it('looks when woken, and not before', async () => {
      const { looks } = counting();
      await pause(30);
      expect(looks).toEqual([]);
      world.queue.wake(Date.now());
      await vi.waitFor(() => expect(looks).toHaveLength(1), patience);
    });

    it('looks at the instant asked for or soon after, never early', async () => {
      const { looks } = counting();
      const due = Date.now() + 120;
      world.queue.wake(due);
      await vi.waitFor(() => expect(looks).toHaveLength(1), patience);
      expect(looks[0]).toBeGreaterThanOrEqual(due);
    });

    it('looks at every instant asked for, in whatever order', async () => {
      const { looks } = counting();
      const start = Date.now();
      for (const later of [240, 80, 160]) world.queue.wake(start + later);
      await vi.waitFor(() => expect(looks).toHaveLength(3), patience);
      for (const [i, later] of [80, 160, 240].entries())
        expect(looks[i]).toBeGreaterThanOrEqual(start + later);
    });

    it('makes one look of a burst', async () => {
      const { looks } = counting();
      for (let n = 0; n < 500; n++) world.queue.wake(Date.now() - n);
      await vi.waitFor(() => expect(looks.length).toBeGreaterThan(0), patience);
      await pause(50);
      expect(looks.length).toBeLessThanOrEqual(2);
    });

    it('looks once at a time, and once more if woken meanwhile', async () => {
      let now = 0;
      let most = 0;
      let looks = 0;
      world.queue.onWake(async () => {
        now += 1;
        looks += 1;
        most = Math.max(most, now);
        if (looks === 1) for (let n = 0; n < 10; n++) world.queue.wake(Date.now());
        await pause(20);
        now -= 1;
      });
      world.queue.wake(Date.now());
      await vi.waitFor(() => expect(looks).toBe(2), patience);
      await pause(60);
      expect({ looks, most }).toEqual({ looks: 2, most: 1 });
    });

    it('keeps a wake that came before anyone listened', async () => {
      world.queue.wake(Date.now());
      const { looks } = counting();
      await vi.waitFor(() => expect(looks).toHaveLength(1), patience);
    });

    it('goes on after a look that failed', async () => {
      let looks = 0;
      world.queue.onWake(() => {
        looks += 1;
        if (looks === 1) throw new Error('at once');
        return looks === 2 ? Promise.reject(new Error('later')) : Promise.resolve(undefined);
      });
      for (const n of [1, 2, 3]) {
        world.queue.wake(Date.now());
        await vi.waitFor(() => expect(looks).toBe(n), patience);
        await pause(5);
      }
      expect(world.errors).toMatchObject([{ message: 'at once' }, { message: 'later' }]);
    });

    it('stops looking once the look under way has ended, and gives hints all the same', async () => {
      const { looks } = counting();
      world.queue.wake(Date.now());
      await vi.waitFor(() => expect(looks).toHaveLength(1), patience);
      await world.queue.stopLooking();
      world.queue.wake(Date.now());
      await pause(80);
      expect(looks).toHaveLength(1);
    });

    it('closes once the look under way has ended, and is silent afterwards', async () => {
      let ended = 0;
      world.queue.onWake(async () => {
        await pause(40);
        ended += 1;
      });
      world.queue.wake(Date.now());
      await pause(15);
      world.queue.wake(Date.now() + 30);
      await world.queue.close();
      const after = ended;
      world.queue.wake(Date.now());
      await pause(80);
      expect(ended).toBe(after);
      expect(ended).toBeLessThanOrEqual(1);
    });
  });
}
