import { describe, expect, test } from 'vitest';
import { addresses } from '../../src/providers/replicate/address.ts';
import { replicateVideo } from '../../src/providers/replicate.ts';
import { key, order, sending, world } from './replicate-world.ts';

const webhooks = addresses(key, 'https://our.host');
/** A model without a seed: two orders for the same words look alike. */
const kling = order({ model: 'kling-v2.6' });

describe('what was certainly bought with an order', () => {
  test('is all of it, the oldest first, each with its model and whether it came to something', async () => {
    const { video, server, clock } = await world();
    const since = clock.now();
    await video.create(order(), sending());
    clock.forward(1_000);
    await video.create(order({ tag: 'again' }), sending());
    await video.cancel(server.predictions[0]?.id ?? '');
    const [first, second] = server.predictions.map(({ id }) => id);
    expect(await video.bought?.([order()], since)).toEqual([
      { prediction: first, model: 'seedance-2.5', isDead: true },
      { prediction: second, model: 'seedance-2.5', isDead: false },
    ]);
  });

  test.each([
    ['another prompt', { prompt: 'Coffee' }],
    ['another seed', { seed: 8 }],
    ['another model', { model: 'seedance-2.0' }],
  ])('is nothing with %s', async (_, more) => {
    const { video, clock } = await world();
    await video.create(order(more), sending());
    expect(await video.bought?.([order()], clock.now())).toEqual([]);
  });

  test('is nothing that only looks alike: the same words and length may be another take', async () => {
    const { video, clock } = await world();
    await video.create({ ...kling, tag: 'other' }, sending());
    expect(await video.bought?.([kling], clock.now())).toEqual([]);
  });

  test('is what is written down as its own, however much another looks like it', async () => {
    const { video, server, clock } = await world();
    await video.create({ ...kling, tag: 'other' }, sending());
    await video.create(kling, sending());
    const found = await video.bought?.([kling], clock.now());
    expect(found?.map(({ prediction }) => prediction)).toEqual([server.predictions[1]?.id]);
  });

  test('is what its webhook names, and nothing that another one names', async () => {
    const { video, server, clock, common } = await world({ provider: { webhooks } });
    await video.create(kling, sending());
    await video.create({ ...kling, tag: 'other' }, sending());
    const found = await replicateVideo(common).bought?.([kling], clock.now());
    expect(found?.map(({ prediction }) => prediction)).toEqual([server.predictions[0]?.id]);
  });

  test('is of any order that is asked about', async () => {
    const { video, clock } = await world();
    await video.create(order(), sending());
    await video.create(order({ model: 'seedance-2.0' }), sending());
    const found = await video.bought?.([order({ model: 'seedance-2.0' }), order()], clock.now());
    expect(found?.map(({ model }) => model).sort()).toEqual(['seedance-2.0', 'seedance-2.5']);
  });

  test('cannot be told while the list cannot be read', async () => {
    const { video, server, clock } = await world();
    server.faults.next('list', { kind: 'status', status: 500 });
    await expect(video.bought?.([order()], clock.now())).rejects.toMatchObject({ name: 'TryLater' });
  });
});
