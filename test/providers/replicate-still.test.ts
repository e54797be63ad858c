import { describe, expect, test } from 'vitest';
import type { Never } from '../../src/errors.ts';
import { replicateStill } from '../../src/providers/replicate.ts';
import type { StillOrder } from '../../src/providers/still.ts';
import { stillOrder } from './orders.ts';
import { pictureFile, sending, world } from './replicate-world.ts';

const order = (more: Partial<StillOrder> = {}) => stillOrder({ model: 'flux-2-pro', ...more });
const now = { clock: Date.now, wait: { queue: 5, run: 20 }, provider: { clock: Date.now } };

const patient = { look: 5, most: 60_000 };
type Server = Awaited<ReturnType<typeof world>>['server'];
const deliver = (server: Server, status: number) =>
  server.faults.next('delivery', { kind: 'status', status });
const ends = (server: Server, output: unknown) => {
  server.endings.next = { status: 'succeeded', output };
};
/** As soon as it is looked at. */
const removed = (server: Server) => {
  const { take } = server.faults;
  server.faults.take = (spot) => {
    for (const each of server.predictions) each.removed = true;
    return take(spot);
  };
};

describe('stills', () => {
  test('are bought once, waited for and fetched', async () => {
    const { still, posts, sent } = await world(now);
    const made = await still.make(order({ aspect: '9:16' }), sending());
    expect(made).toMatchObject({ mime: 'image/png', cost: 45_000 });
    expect(made.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(posts()).toHaveLength(1);
    expect(sent().input).toMatchObject({ aspect_ratio: '9:16', resolution: '2 MP', safety_tolerance: 2 });
  });

  test('cost more with references', async () => {
    const { still } = await world(now);
    const references = [{ path: pictureFile(500), mime: 'image/png', purpose: 'style' as const }];
    expect((await still.make(order({ references }), sending())).cost).toBe(75_000);
  });

  test('are waited for through trouble, and still bought once', async () => {
    const { still, server, posts } = await world(now);
    server.faults.next('get', { kind: 'status', status: 503 }, 2);
    server.faults.next('delivery', { kind: 'status', status: 503 });
    await still.make(order(), sending());
    expect(posts()).toHaveLength(1);
  });

  test('withheld: the reason', async () => {
    const { still, server } = await world(now);
    server.endings.next = { status: 'failed', error: 'The generated image was flagged' };
    await expect(still.make(order(), sending())).rejects.toMatchObject({ code: 'moderation-output' });
  });

  test('an answer that was lost is found again, and fetched', async () => {
    const { still, server, posts } = await world(now);
    const since = Date.now();
    server.faults.next('create', { kind: 'drop' });
    await expect(still.make(order(), sending())).rejects.toMatchObject({ sent: true });
    expect(await still.find(order(), since, sending())).toMatchObject({ mime: 'image/png' });
    expect(await still.find(order({ seed: 9 }), since, sending())).toBe('absent');
    expect(posts()).toHaveLength(1);
  });

  test('called off while it is made', async () => {
    const { still } = await world({ ...now, wait: { queue: 5, run: 60_000 } });
    const signal = AbortSignal.timeout(100);
    await expect(still.make(order(), sending({ signal }))).rejects.toMatchObject({ sent: true });
  });

  test('that never come are called back, and what they ran for is billed', async () => {
    const { still, server } = await world({ ...now, wait: { queue: 5, run: 60_000 } });
    const error: Never = await still.make(order(), sending()).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'Never', code: 'timeout' });
    // A second or a little more of the fifteen that it usually takes.
    expect(error.billed).toBeGreaterThan(2_500);
    expect(error.billed).toBeLessThan(15_000);
    expect(server.log.filter((e) => e.path.endsWith('/cancel'))).toHaveLength(1);
  });

  test('that came just when they were called back are kept: they are paid for', async () => {
    const { common, server } = await world({ ...now, wait: { queue: 0, run: 0 } });
    const impatient = replicateStill({ ...common, wait: { look: 5, most: 0 } });
    expect(await impatient.make(order(), sending())).toMatchObject({ mime: 'image/png', cost: 45_000 });
    expect(server.log.filter((e) => e.path.endsWith('/cancel'))).toHaveLength(1);
  });

  test('called back, and nobody answers how that went: looked for later', async () => {
    const { common, server } = await world({ ...now, wait: { queue: 0, run: 60_000 } });
    server.faults.next('cancel', { kind: 'status', status: 500 });
    const impatient = replicateStill({ ...common, wait: { look: 5, most: 0 } });
    await expect(impatient.make(order(), sending())).rejects.toMatchObject({ name: 'TryLater', sent: true });
  });

  test('that nobody wants any more are called back at once, and billed as far as they ran', async () => {
    const { common, server } = await world({ ...now, wait: { queue: 60_000, run: 1 } });
    const still = replicateStill({ ...common, wait: patient });
    const unwanted = async () => server.predictions.length > 0;
    await expect(still.make(order(), sending({ unwanted }))).rejects.toMatchObject({
      code: 'called-off',
      billed: 0,
    });
    expect(server.predictions[0]?.canceledAt).not.toBeNull();
  });

  test('found again after they were cancelled are called back as well', async () => {
    const { common, server } = await world({ ...now, wait: { queue: 60_000, run: 1 } });
    const still = replicateStill({ ...common, wait: patient });
    const since = Date.now();
    server.faults.next('create', { kind: 'drop' });
    await still.make(order(), sending()).catch(() => {});
    const found = still.find(order(), since, sending({ unwanted: async () => true }));
    await expect(found).rejects.toMatchObject({ code: 'called-off', billed: 0 });
    expect(server.predictions[0]?.canceledAt).not.toBeNull();
  });

  test.each<[string, string, (it: Awaited<ReturnType<typeof world>>) => void]>([
    ['is gone from their delivery', 'provider-error', ({ server }) => deliver(server, 404)],
    ['was removed', 'expired', ({ server }) => removed(server)],
    ['has an output of no shape we know', 'expired', ({ server }) => ends(server, { seen: true })],
  ])('paid for, whose file %s, are billed', async (_, code, spoil) => {
    const it = await world(now);
    spoil(it);
    await expect(it.still.make(order(), sending())).rejects.toMatchObject({ code, billed: 45_000 });
  });

  test('paid for, whose file is no picture, are billed', async () => {
    const { still } = await world({ ...now, files: { png: Buffer.from('<html>') } });
    const made = still.make(order(), sending());
    await expect(made).rejects.toMatchObject({ code: 'provider-error', billed: 45_000 });
  });
});
