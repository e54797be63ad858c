import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { paceOnRedis, type RedisPace } from '../../src/queue/pace-redis.ts';
import { pacePromises } from '../contracts/pace.ts';
import { redis } from '../support/services/redis.ts';

const open: RedisPace[] = [];
const pace = (more: { clock?: () => number; url?: string; prefix?: string } = {}): RedisPace => {
  const made = paceOnRedis({ url: inject('redisUrl'), prefix: `t${randomUUID()}`, ...more });
  open.push(made);
  return made;
};
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

describe('the pace on Redis', () => {
  pacePromises((clock) => pace({ clock: clock.now }));

  it('is one for all processes', async () => {
    const prefix = `t${randomUUID()}`;
    const all = [pace({ prefix }), pace({ prefix }), pace({ prefix })];
    const turn = { key: 'provider', every: 60_000, burst: 7 };
    const asked = Array.from({ length: 60 }, (_, n) => all[n % 3]?.take([turn]));
    expect((await Promise.all(asked)).filter((wait) => wait === 0)).toHaveLength(7);
    await all[0]?.pause('other', 50_000);
    expect(await all[1]?.take([{ ...turn, key: 'other' }])).toBeGreaterThan(40_000);
  });

  it('goes on alone while Redis is away', async () => {
    const server = await redis();
    const lonely = pace({ url: server.url });
    const turn = { key: 'provider', every: 60_000, burst: 2 };
    await expect.poll(() => lonely.take([{ ...turn, key: 'up' }])).toBe(0);
    await server.end();
    const waits = [await lonely.take([turn]), await lonely.take([turn]), await lonely.take([turn])];
    expect(waits.slice(0, 2)).toEqual([0, 0]);
    expect(waits[2]).toBeGreaterThan(50_000);
  });
});
