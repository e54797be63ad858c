import { randomUUID } from 'node:crypto';
import { Queue as Bull } from 'bullmq';
import { Redis } from 'ioredis';
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { type BullmqParts, bullmq } from '../../src/queue/bullmq.ts';
import { queueContract } from '../contracts/queue.ts';
import { line } from '../support/services/line.ts';
import { redis } from '../support/services/redis.ts';

const own = (): Omit<BullmqParts, 'onError'> => ({
  url: inject('redisUrl'),
  prefix: `t${randomUUID()}`,
  clock: Date.now,
});

queueContract('BullMQ', async () => {
  const errors: unknown[] = [];
  const queue = await bullmq({ ...own(), onError: (error) => errors.push(error) });
  return { queue, errors, end: () => queue.close() };
});

const patience = { timeout: 10_000, interval: 5 };

/** Gives a hint as it stands, as whoever put it there before an upgrade. */
async function anotherVersion({ url, prefix }: Pick<BullmqParts, 'url' | 'prefix'>) {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  const hints = new Bull('look', { connection, prefix });
  onTestFinished(async () => {
    await hints.close();
    connection.disconnect();
  });
  return (hint: unknown) => hints.add('look', hint);
}

describe('the queue on BullMQ', () => {
  it('wakes whoever listens, in another process too', async () => {
    const shared = own();
    const [asking, first, second] = await Promise.all([bullmq(shared), bullmq(shared), bullmq(shared)]);
    const looks: string[] = [];
    first.onWake(async () => void looks.push('first'));
    second.onWake(async () => void looks.push('second'));
    for (let n = 1; n <= 30; n++) {
      asking.wake(Date.now());
      await vi.waitFor(() => expect(looks).toHaveLength(n), patience);
    }
    expect(new Set(looks)).toEqual(new Set(['first', 'second']));
    await Promise.all([asking, first, second].map((queue) => queue.close()));
  });

  it('makes one job of an instant that many ask for', async () => {
    const shared = own();
    const queues = await Promise.all([bullmq(shared), bullmq(shared)]);
    let looks = 0;
    const due = Date.now() + 150;
    for (let n = 0; n < 50; n++) queues[n % 2]?.wake(due);
    queues[0]?.onWake(async () => void looks++);
    await vi.waitFor(() => expect(looks).toBe(1), patience);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(looks).toBe(1);
    await Promise.all(queues.map((queue) => queue.close()));
  });

  it('gives a hint that a full one took to another, and does not run in circles meanwhile', async () => {
    const shared = own();
    const [full, free] = await Promise.all([bullmq(shared), bullmq(shared)]);
    const looks = { full: 0, free: 0 };
    full.onWake(async () => {
      looks.full++;
      return 'full';
    });
    full.wake(Date.now());
    const begun = performance.now();
    await vi.waitFor(() => expect(looks.full).toBe(2), patience);
    free.onWake(async () => void looks.free++);
    await vi.waitFor(() => expect(looks.free).toBe(1), patience);
    expect(looks.full).toBeLessThan(3 + (performance.now() - begun) / 400);
    await Promise.all([full, free].map((queue) => queue.close()));
  });

  it('follows no hint before its time, however wrong the clock of the machine is', async () => {
    const shared = own();
    const clock = () => Date.now() - 400;
    const [asking, looking] = await Promise.all([bullmq(shared), bullmq({ ...shared, clock })]);
    const looks: number[] = [];
    const due = Date.now() + 100;
    looking.onWake(async () => void looks.push(clock()));
    asking.wake(due);
    await vi.waitFor(() => expect(looks).toHaveLength(1), patience);
    expect(looks[0]).toBeGreaterThanOrEqual(due);
    await Promise.all([asking, looking].map((queue) => queue.close()));
  });

  it.each([[null], [{}], ['soon'], [[7]], [{ due: null }], [{ due: '9999999999999' }]])(
    'looks when another version hints with %j',
    async (hint) => {
      const shared = own();
      const [queue, give] = await Promise.all([bullmq(shared), anotherVersion(shared)]);
      let looks = 0;
      queue.onWake(async () => void looks++);
      await give(hint);
      await vi.waitFor(() => expect(looks).toBe(1), patience);
      await queue.close();
    },
  );

  it('holds a hint for an instant beyond every timer without turning in circles', async () => {
    const shared = own();
    const asked = vi.fn(Date.now);
    const [queue, give] = await Promise.all([bullmq({ ...shared, clock: asked }), anotherVersion(shared)]);
    let looks = 0;
    queue.onWake(async () => void looks++);
    await give({ due: Number.MAX_SAFE_INTEGER });
    await give({ due: 0 });
    await vi.waitFor(() => expect(looks).toBe(1), patience);
    asked.mockClear();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(asked).not.toHaveBeenCalled();
    await queue.close();
  });

  it('looks by itself when Redis has forgotten every hint', async () => {
    const server = await redis();
    const queue = await bullmq({ ...own(), url: server.url, sweep: 200 });
    let looks = 0;
    queue.wake(Date.now() + 100_000);
    queue.onWake(async () => void looks++);
    const client = new Redis(server.url);
    await client.flushall();
    client.disconnect();
    await vi.waitFor(() => expect(looks).toBeGreaterThanOrEqual(2), patience);
    await queue.close();
    await server.end();
  });

  it('outlives its Redis: it looks meanwhile, and is woken again when Redis is back', async () => {
    const server = await redis();
    const queue = await bullmq({ ...own(), url: server.url, sweep: 300 });
    let looks = 0;
    queue.onWake(async () => void looks++);
    await server.kill();
    queue.wake(Date.now());
    await vi.waitFor(() => expect(looks).toBeGreaterThanOrEqual(1), patience);
    await server.start();
    const woken = async (): Promise<number> => {
      const before = looks;
      const asked = performance.now();
      queue.wake(Date.now());
      await vi.waitFor(() => expect(looks).toBeGreaterThan(before), { timeout: 5000, interval: 1 });
      return performance.now() - asked;
    };
    // The sweep would take 300 ms: three quick ones in a row were woken.
    await vi.waitFor(
      async () => expect(Math.max(await woken(), await woken(), await woken())).toBeLessThan(100),
      { timeout: 15_000, interval: 50 },
    );
    await queue.close();
    await server.end();
  });

  it('gives the hint of who leaves right after it', async () => {
    const shared = own();
    const [leaving, staying] = await Promise.all([bullmq(shared), bullmq(shared)]);
    let looks = 0;
    leaving.onWake(async () => undefined);
    await leaving.stopLooking();
    staying.onWake(async () => void looks++);
    leaving.wake(Date.now());
    await leaving.close();
    await vi.waitFor(() => expect(looks).toBe(1), patience);
    await staying.close();
  });

  for (const [how, lose] of [
    ['gone', 'kill'],
    ['frozen', 'freeze'],
  ] as const)
    it(`closes in seconds while Redis is ${how}, whoever listens`, async () => {
      const server = await redis();
      const queues = await Promise.all([1, 2].map(() => bullmq({ ...own(), url: server.url })));
      let looks = 0;
      queues[0]?.onWake(async () => void looks++);
      queues[0]?.wake(Date.now());
      await vi.waitFor(() => expect(looks).toBe(1), patience);
      await server[lose]();
      for (const queue of queues) queue.wake(Date.now());
      const begun = performance.now();
      await Promise.all(queues.map((queue) => queue.close()));
      expect(performance.now() - begun).toBeLessThan(10_000);
      await server.end();
    });

  it.each([
    ['without', (url: string) => url],
    ['with another', (url: string) => url.replace('://', '://:wrong@')],
    ['as a stranger with', (url: string) => url.replace('://', '://nobody:secret@')],
  ])('says so where Redis wants a password and is asked %s', async (_what, by) => {
    const server = await redis(['--requirepass', 'secret'], 'secret');
    const refused = bullmq({ ...own(), url: by(server.url) });
    await expect(refused).rejects.toMatchObject({ code: 'queue-refused', message: /password.*REDIS_URL/ });
    await server.end();
  });

  it('says in seconds that a Redis is silent', async () => {
    const way = await line(inject('redisUrl'));
    way.die();
    const begun = performance.now();
    const refused = bullmq({ ...own(), url: way.url });
    await expect(refused).rejects.toMatchObject({ code: 'queue-unreachable', message: /does not answer/ });
    expect(performance.now() - begun).toBeLessThan(8_000);
    way.close();
  });

  it('refuses a Redis that drops keys, and says what to set', async () => {
    const server = await redis(['--maxmemory-policy', 'allkeys-lru']);
    const refused = bullmq({ ...own(), url: server.url });
    await expect(refused).rejects.toMatchObject({ code: 'queue-evicting', message: /noeviction/ });
    await server.end();
    const gone = bullmq({ ...own(), url: server.url });
    await expect(gone).rejects.toMatchObject({ code: 'queue-unreachable' });
  });
});
