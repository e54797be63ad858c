import { expect, test, vi } from 'vitest';
import type { Holds } from '../../../src/chat/chat.ts';
import { shardCount } from '../../../src/chat/discord/shard-count.ts';
import { memory } from './platform-rig.ts';

/** What one process at a time may do, as the journal has it. */
function town() {
  const kept = memory();
  const keep = {
    ...kept,
    reads: 0,
    get(key: string) {
      keep.reads += 1;
      return kept.get(key);
    },
  };
  let holder = '';
  const holds = (who: string): Holds => ({
    lease: 60_000,
    take: async () => {
      holder ||= who;
      return holder === who;
    },
    letGo: async () => {
      if (holder === who) holder = '';
    },
  });
  const log = { info: () => undefined, error: vi.fn() };
  const stay = new AbortController().signal;
  const count = (who: string, advised: () => Promise<number>) =>
    shardCount({ keep, holds: holds(who), log, between: 1, advised }, stay);
  return {
    ...{ count, keep, log },
    give: (who: string) => {
      holder = who;
    },
  };
}

test('all processes keep to one number, whatever Discord advises to which', async () => {
  const { count, keep } = town();
  const advice = [2, 3, 5];
  const advised = vi.fn(async () => advice.shift() ?? 8);
  const counts = await Promise.all(['a', 'b', 'c'].map((who) => count(who, advised)));
  expect(counts).toEqual([2, 2, 2]);
  expect(advised).toHaveBeenCalledTimes(1);
  expect(await keep.get('shards')).toBe(2);
});

test('one who was overtaken while Discord answered keeps to what the other has decided', async () => {
  const { count, give } = town();
  const slow = Promise.withResolvers<number>();
  const asked = vi.fn(() => slow.promise);
  const first = count('a', asked);
  await vi.waitFor(() => expect(asked).toHaveBeenCalled());
  give('b');
  expect(await count('b', async () => 4)).toBe(4);
  slow.resolve(7);
  expect(await first).toBe(4);
});

test('and waits for one who is still at it', async () => {
  const { count, give, keep } = town();
  const slow = Promise.withResolvers<number>();
  const asked = vi.fn(() => slow.promise);
  const first = count('a', asked);
  await vi.waitFor(() => expect(asked).toHaveBeenCalled());
  give('b');
  slow.resolve(7);
  await vi.waitFor(() => expect(keep.reads).toBeGreaterThan(6));
  expect(await keep.get('shards')).toBeNull();
  await keep.put('shards', 4);
  expect(await first).toBe(4);
});

test('a Discord that does not answer is asked again, by whoever is there', async () => {
  const { count, log } = town();
  let down = 2;
  const advised = async () => {
    if (down-- > 0) throw new Error('503');
    return 6;
  };
  expect(await Promise.all([count('a', advised), count('b', advised)])).toEqual([6, 6]);
  expect(log.error).toHaveBeenCalledTimes(2);
});
