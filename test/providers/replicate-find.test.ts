import { describe, expect, test } from 'vitest';
import { addresses } from '../../src/providers/replicate/address.ts';
import { replicateVideo } from '../../src/providers/replicate.ts';
import { key, order, pictureFile, sending, world } from './replicate-world.ts';

const webhooks = addresses(key, 'https://our.host');

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
    const { video, clock, common } = await world();
    const since = clock.now();
    await video.create(order({ seed: 8 }), sending());
    clock.forward(3 * 3_600_000);
    expect(await replicateVideo(common).find(order(), since)).toBe('unknown');
  });

  test('of two that look alike, one that was answered to another order is left to it', async () => {
    const { video, server, clock } = await world();
    const kling = order({ model: 'kling-v2.6' });
    await video.create({ ...kling, tag: 'take-0' }, sending());
    expect(await video.find(kling, clock.now())).toBe('absent');
    server.faults.next('create', { kind: 'drop' });
    await video.create(kling, sending()).catch(() => {});
    expect(await video.find(kling, clock.now())).toEqual({ prediction: server.predictions[1]?.id });
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
