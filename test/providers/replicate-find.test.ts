import { describe, expect, test } from 'vitest';
import { addresses } from '../../src/providers/replicate/address.ts';
import { replicateStill, replicateVideo } from '../../src/providers/replicate.ts';
import { stillOrder } from './orders.ts';
import { key, order, pictureFile, sending, world } from './replicate-world.ts';

const webhooks = addresses(key, 'https://our.host');

/** A model without a seed: two orders for the same words look alike. */
const kling = order({ model: 'kling-v2.6' });

/** Bought, its answer lost, and the process with it: what is written down is all that is left. */
async function lost(it: Awaited<ReturnType<typeof world>>, ...orders: ReturnType<typeof order>[]) {
  for (const each of orders) {
    it.server.faults.next('create', { kind: 'drop' });
    await it.video.create(each, sending()).catch(() => {});
  }
  return replicateVideo(it.common);
}

describe('of orders that look alike, in a list that tells no webhook', () => {
  test('what was answered to one is left to it, whatever has restarted since', async () => {
    const it = await world();
    await it.video.create({ ...kling, tag: 'take-0' }, sending());
    expect(await replicateVideo(it.common).find(kling, it.clock.now())).toBe('absent');
  });

  test('one whose whole input is what was sent is found', async () => {
    const it = await world();
    const later = await lost(it, kling);
    expect(await later.find(kling, it.clock.now())).toEqual({ prediction: it.server.predictions[0]?.id });
  });

  test('one with another first frame is not taken for ours, nor for absent: nobody can tell', async () => {
    const it = await world();
    const theirs = { ...kling, tag: 'theirs', still: pictureFile(900) };
    const later = await lost(it, theirs);
    it.server.faults.next('create', { kind: 'reset' });
    const ours = { ...kling, still: pictureFile(500) };
    await it.video.create(ours, sending()).catch(() => {});
    expect(await later.find({ ...ours, still: null }, it.clock.now())).toBe('unknown');
    expect(await later.find({ ...theirs, still: null }, it.clock.now())).toEqual({
      prediction: it.server.predictions[0]?.id,
    });
    expect(await later.find({ ...ours, still: null }, it.clock.now())).toBe('absent');
  });

  test('each gets one: two orders never have the same, and none is left over', async () => {
    const it = await world();
    const orders = ['a', 'b', 'c'].map((tag) => ({ ...kling, tag }));
    const later = await lost(it, ...orders);
    const found = await Promise.all(orders.map((each) => later.find(each, it.clock.now())));
    const ids = found.map((each) => (typeof each === 'string' ? each : each.prediction));
    expect(new Set(ids)).toEqual(new Set(it.server.predictions.map(({ id }) => id)));
    expect(await later.find(orders[1] ?? kling, it.clock.now())).toEqual(found[1]);
  });

  test('one that never ordered it takes none: it is left to people', async () => {
    const it = await world();
    const later = await lost(it, { ...kling, tag: 'theirs' });
    expect(await later.find(kling, it.clock.now())).toBe('unknown');
  });

  test('one that another took while its answer was on its way is not followed twice', async () => {
    const it = await world();
    const quick = replicateVideo({
      ...it.common,
      receipts: {
        ...it.common.receipts,
        claim: async (prediction) => it.common.receipts.claim(prediction, 'another'),
      },
    });
    await expect(quick.create(kling, sending())).rejects.toMatchObject({ name: 'TryLater', sent: true });
    expect(await it.video.find(kling, it.clock.now())).toBe('absent');
  });

  test('one that was answered is found also when its input is gone', async () => {
    const it = await world();
    const since = it.clock.now();
    const bought = await it.video.create(kling, sending());
    it.clock.forward(3 * 3_600_000);
    const later = replicateVideo(it.common);
    expect(await later.find(kling, since)).toEqual(bought);
    expect(await later.find({ ...kling, tag: 'another' }, since)).toBe('absent');
  });

  test('a webhook that the list hides still leads to the right one', async () => {
    const it = await world({ provider: { webhooks } });
    it.server.webhooks.hidden = true;
    const later = await lost(it, { ...kling, tag: 'a' }, { ...kling, tag: 'b' });
    const [first, second] = it.server.predictions.map(({ id }) => id);
    expect(await later.owns?.({ ...kling, tag: 'b' }, second ?? '')).toBe(true);
    expect(await later.find({ ...kling, tag: 'a' }, it.clock.now())).toEqual({ prediction: first });
    expect(await later.owns?.({ ...kling, tag: 'b' }, first ?? '')).toBe(false);
  });

  test('stills of one board are each found once', async () => {
    const now = { clock: Date.now, wait: { queue: 0, run: 0 }, provider: { clock: Date.now } };
    const it = await world(now);
    const since = Date.now();
    const stills = ['1.1', '1.2'].map((n, seed) =>
      stillOrder({ model: 'nano-banana-2', tag: `c.still${n}`, seed }),
    );
    it.server.faults.next('create', { kind: 'drop' }, 2);
    for (const each of stills) await it.still.make(each, sending()).catch(() => {});
    const later = replicateStill({ ...it.common, wait: { look: 5, most: 1_000 } });
    for (const each of stills)
      expect(await later.find(each, since, sending())).toMatchObject({ mime: 'image/png' });
    expect(
      await later.find(stillOrder({ model: 'nano-banana-2', tag: 'c.still1.3' }), since, sending()),
    ).toBe('absent');
  });
});

describe('a purchase of which nobody heard', () => {
  test('is found by prompt and seed', async () => {
    const { video, server, clock, posts } = await world();
    const since = clock.now();
    server.faults.next('create', { kind: 'drop' });
    await video.create(order(), sending()).catch(() => {});
    await video.create(order({ tag: 'take-2', seed: 9 }), sending());
    expect(await video.find(order(), since)).toEqual({ prediction: server.predictions[0]?.id });
    expect(posts()).toHaveLength(2);
  });

  test('is absent where nothing was bought', async () => {
    const { video, server, clock } = await world();
    server.faults.next('create', { kind: 'status', status: 500 });
    await video.create(order(), sending()).catch(() => {});
    expect(await video.find(order(), clock.now())).toBe('absent');
  });

  test.each([
    ['another prompt', { prompt: 'Coffee' }],
    ['another seed', { seed: 8 }],
    ['another model', { model: 'seedance-2.0' }],
    ['other sound', { silent: true }],
  ])('is not taken for one with %s', async (_, more) => {
    const { video, common, clock } = await world();
    await video.create(order(more), sending());
    expect(await replicateVideo(common).find(order(), clock.now())).toBe('absent');
  });

  test('is found with its references, which finding does not know', async () => {
    const { video, common, clock, server } = await world();
    const references = [{ path: pictureFile(500), mime: 'image/png', purpose: 'product' as const }];
    const bought = order({ model: 'kling-v3-omni', prompt: 'Tea. '.repeat(700), references });
    await video.create(bought, sending());
    const asked = { ...bought, references: [] };
    expect(await replicateVideo(common).find(asked, clock.now())).toEqual({
      prediction: server.predictions[0]?.id,
    });
  });

  test('is found by its webhook alone, also where the input is gone', async () => {
    const { video, server, clock, common } = await world({ provider: { webhooks } });
    const since = clock.now();
    await video.create(order(), sending());
    await video.create(order({ tag: 'take-2' }), sending());
    clock.forward(3 * 3_600_000);
    // The server has moved meanwhile, and nobody can call it any more.
    const later = replicateVideo({ ...common, webhooks: addresses(key, undefined) });
    expect(await later.find(order({ tag: 'take-2' }), since)).toEqual({
      prediction: server.predictions[1]?.id,
    });
    expect(await later.find(order({ tag: 'take-3' }), since)).toBe('absent');
  });

  test('a prediction without webhook and input could be any: unknown', async () => {
    const it = await world();
    const since = it.clock.now();
    const later = await lost(it, order({ seed: 8 }));
    it.clock.forward(3 * 3_600_000);
    expect(await later.find(order(), since)).toBe('unknown');
  });

  test('of several the oldest is kept', async () => {
    const { video, server, clock, common } = await world();
    const since = clock.now();
    await video.create(order(), sending());
    clock.forward(1_000);
    await video.create(order(), sending());
    expect(await replicateVideo(common).find(order(), since)).toEqual({
      prediction: server.predictions[0]?.id,
    });
  });

  test('is found on the third page', async () => {
    const { video, server, clock, common } = await world();
    const since = clock.now();
    const { prediction } = await video.create(order(), sending());
    const [first] = server.predictions;
    for (let i = 0; first && i < 250; i += 1)
      server.predictions.push({ ...first, id: `other${i}`, input: {}, model: 'other/model' });
    expect(await replicateVideo(common).find(order(), since)).toEqual({ prediction });
    expect(server.log.filter((e) => e.path.startsWith('/v1/predictions?'))).toHaveLength(3);
  });

  test('before its time is not looked at', async () => {
    const { video, clock } = await world();
    await video.create(order(), sending());
    clock.forward(120_000);
    expect(await video.find(order(), clock.now())).toBe('absent');
  });

  test('a list that lags says absent, as `memory` warns', async () => {
    const { video, server, clock } = await world();
    const since = clock.now();
    server.lag.milliseconds = 30_000;
    await video.create(order(), sending());
    expect(video.memory).toBe('late');
    expect(await video.find(order(), since)).toBe('absent');
    clock.forward(31_000);
    expect(await video.find(order(), since)).not.toBe('absent');
  });

  test.each([429, 500, 401])('a list that answers %i is no proof', async (status) => {
    const { video, server, clock } = await world();
    server.faults.next('list', { kind: 'status', status });
    expect(await video.find(order(), clock.now())).toBe('unknown');
  });

  test('a model that left the catalogue may have been bought all the same', async () => {
    const { common, clock } = await world();
    expect(await replicateVideo({ ...common, catalogue: [] }).find(order(), clock.now())).toBe('unknown');
  });

  test('a next page elsewhere does not get the key', async () => {
    const { video, server, clock } = await world();
    const elsewhere = await world();
    const next = `${elsewhere.server.url}/predictions`;
    server.faults.next('list', { kind: 'body', text: JSON.stringify({ results: [], next }) });
    expect(await video.find(order(), clock.now())).toBe('unknown');
    expect(elsewhere.server.log).toHaveLength(0);
  });
});
