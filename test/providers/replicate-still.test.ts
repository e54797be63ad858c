import { describe, expect, test } from 'vitest';
import type { StillOrder } from '../../src/providers/still.ts';
import { stillOrder } from './orders.ts';
import { pictureFile, sending, world } from './replicate-world.ts';

const order = (more: Partial<StillOrder> = {}) => stillOrder({ model: 'flux-2-pro', ...more });
const now = { clock: Date.now, wait: { queue: 5, run: 20 }, provider: { clock: Date.now } };

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
    expect(await still.find(order(), since)).toMatchObject({ mime: 'image/png' });
    expect(await still.find(order({ seed: 9 }), since)).toBe('absent');
    expect(posts()).toHaveLength(1);
  });

  test('called off while it is made', async () => {
    const { still } = await world({ ...now, wait: { queue: 5, run: 60_000 } });
    const signal = AbortSignal.timeout(100);
    await expect(still.make(order(), sending({ signal }))).rejects.toMatchObject({ sent: true });
  });

  test('that never come are called back', async () => {
    const { still, server } = await world({ ...now, wait: { queue: 5, run: 60_000 } });
    await expect(still.make(order(), sending())).rejects.toMatchObject({ code: 'timeout' });
    expect(server.log.at(-1)?.path).toMatch(/cancel$/);
  });

  test('a file that is no picture', async () => {
    const { still } = await world({ ...now, files: { png: Buffer.from('<html>') } });
    await expect(still.make(order(), sending())).rejects.toMatchObject({ code: 'provider-error' });
  });
});
