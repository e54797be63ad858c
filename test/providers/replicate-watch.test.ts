import { describe, expect, test } from 'vitest';
import { Never } from '../../src/errors.ts';
import { guardedFetch } from '../../src/net/guarded-fetch.ts';
import { outputOf } from '../../src/providers/replicate/progress.ts';
import { replicateVideo } from '../../src/providers/replicate.ts';
import { filmOf, newFile } from './orders.ts';
import { film, order, sending, world } from './replicate-world.ts';

const price = 231_200 * 5;

describe('a prediction is watched to its end', () => {
  test('waits, runs, is made, and costs what its seconds cost', async () => {
    const { video, clock, server } = await world();
    const { prediction } = await video.create(order(), sending());
    expect(await video.watch(prediction)).toEqual({ state: 'queued', position: null });
    clock.forward(25_000);
    expect(await video.watch(prediction)).toEqual({ state: 'running', fraction: 0.1 });
    clock.forward(20_000);
    const ended = await video.watch(prediction);
    expect(ended).toEqual({ state: 'succeeded', output: expect.stringContaining(server.host), cost: price });
    const output = ended.state === 'succeeded' ? ended.output : '';
    expect(await filmOf(video, output, AbortSignal.timeout(5_000))).toEqual(film);
  });

  test.each([
    ['Prompt flagged by moderation', 'moderation-input'],
    ['The input or output was flagged as sensitive (E005)', 'moderation-input'],
    ['The generated video was flagged as NSFW', 'moderation-output'],
    ['E6716: start timed out', 'timeout'],
    ['The service is overloaded, try again later', 'outage'],
    ['list index out of range', 'provider-error'],
  ])('failed with "%s": %s, and nothing is billed', async (error, reason) => {
    const { video, clock, server } = await world();
    server.endings.next = { status: 'failed', error };
    const { prediction } = await video.create(order(), sending());
    clock.forward(60_000);
    expect(await video.watch(prediction)).toEqual({ state: 'failed', reason, cost: 0 });
  });

  test('called back in the queue: nothing is billed', async () => {
    const { video, clock } = await world();
    const { prediction } = await video.create(order(), sending());
    clock.forward(1_000);
    await video.cancel(prediction);
    clock.forward(60_000);
    expect(await video.watch(prediction)).toEqual({ state: 'canceled', cost: 0 });
  });

  test('called back while it runs: the share of the usual wait', async () => {
    const { video, clock } = await world();
    const { prediction } = await video.create(order(), sending());
    clock.forward(25_000);
    await video.cancel(prediction);
    expect(await video.watch(prediction)).toEqual({ state: 'canceled', cost: price / 10 });
  });

  test('aborted is an end: its deadline passed before it began', async () => {
    const { video, clock } = await world({ wait: { queue: 7_200_000, run: 1 } });
    const { prediction } = await video.create(order(), sending());
    clock.forward(3_600_000);
    expect(await video.watch(prediction)).toEqual({ state: 'canceled', cost: 0 });
  });

  test('what was removed an hour later is expired and was paid: what it should have cost, not what is usual', async () => {
    const { video, clock } = await world();
    const { prediction } = await video.create(order({ seconds: 15 }), sending());
    clock.forward(2 * 3_600_000);
    const expired = { state: 'failed', reason: 'expired' };
    expect(await video.watch(prediction, 231_200 * 15)).toEqual({ ...expired, cost: 231_200 * 15 });
    expect(await video.watch(prediction)).toEqual({ ...expired, cost: 231_200 * 6 });
  });

  test('what still says its order costs what that order costs, whatever was expected', async () => {
    const { video, clock } = await world();
    const { prediction } = await video.create(order(), sending());
    clock.forward(60_000);
    expect(await video.watch(prediction, 1)).toMatchObject({ state: 'succeeded', cost: price });
  });

  test('an answer of no shape we know was paid for, and is not bought again', async () => {
    const { video, clock, server } = await world();
    server.endings.next = { status: 'succeeded', output: { seen: true } };
    const { prediction } = await video.create(order(), sending());
    clock.forward(60_000);
    expect(await video.watch(prediction)).toEqual({ state: 'failed', reason: 'expired', cost: price });
  });

  test.each([401, 404, 429, 500])(
    'a look that meets %i is repeated later, never given up',
    async (status) => {
      const { video, server } = await world();
      const { prediction } = await video.create(order(), sending());
      server.faults.next('get', { kind: 'status', status });
      await expect(video.watch(prediction)).rejects.toMatchObject({ name: 'TryLater', sent: false });
      expect(server.log.filter((e) => e.method === 'GET')).toHaveLength(1);
    },
  );

  test('calling back what has ended is no trouble', async () => {
    const { video, server } = await world();
    server.faults.next('cancel', { kind: 'status', status: 422 });
    const { prediction } = await video.create(order(), sending());
    await expect(video.cancel(prediction)).resolves.toBeUndefined();
    await expect(video.cancel('unknown')).resolves.toBeUndefined();
  });
});

describe('the file', () => {
  test.each([
    'https://example.com/a.mp4',
    'https://replicate.delivery.example.com/a.mp4',
    'https://notreplicate.delivery/a.mp4',
    'http://replicate.delivery/a.mp4',
    'file:///etc/passwd',
    'nonsense',
  ])('%s is not fetched', async (output) => {
    const { video } = await world();
    await expect(video.fetch(output, newFile(), AbortSignal.timeout(10_000))).rejects.toMatchObject({
      code: 'provider-error',
    });
  });

  test('Replicate delivers from below its delivery host', async () => {
    const { common } = await world();
    const fetch = guardedFetch({ allowPrivateHosts: [], lookup: async () => [{ address: '127.0.0.1' }] });
    const video = replicateVideo({ ...common, download: (url, _to, limits) => fetch(url, limits) });
    // Let through by us and refused by the guard, as the name leads to a private address here.
    await expect(
      video.fetch('https://pbxt.replicate.delivery/a.mp4', newFile(), AbortSignal.timeout(10_000)),
    ).rejects.toThrow('link-private');
    await fetch.close();
  });

  test('trouble that passes is asked for again, a missing file is not', async () => {
    const { video, server } = await world();
    server.faults.next('delivery', { kind: 'status', status: 503 });
    const url = `http://${server.host}/delivery/x/output.mp4`;
    await expect(video.fetch(url, newFile(), AbortSignal.timeout(10_000))).rejects.toMatchObject({
      name: 'TryLater',
    });
    const gone = video.fetch(url.replace('mp4', 'avi'), newFile(), AbortSignal.timeout(10_000));
    await expect(gone).rejects.toMatchObject({ code: 'provider-error' });
  });

  test.each([
    ['link-timeout', { name: 'TryLater' }],
    ['image-too-large', { code: 'provider-error' }],
  ])('%s on the way', async (code, error) => {
    const { common } = await world();
    const video = replicateVideo({ ...common, download: () => Promise.reject(new Never(code)) });
    const fetched = video.fetch('https://replicate.delivery/a.mp4', newFile(), AbortSignal.timeout(10_000));
    await expect(fetched).rejects.toMatchObject(error);
  });

  const url = 'https://x.replicate.delivery/a.mp4';
  test.each([
    ['a string', url],
    ['a list', [url, 'https://x.replicate.delivery/b.mp4']],
    ['an object', { url }],
    ['an object with a function', { url: () => new URL(url) }],
    ['an object that holds it', { seed: 4, video: url }],
    ['a list of objects', [{ url }]],
  ])('is found in %s', (_, output) => expect(outputOf(output)).toBe(url));

  test.each([null, undefined, '', 'text', 7, {}, []])('is not found in %o', (output) =>
    expect(outputOf(output)).toBeNull(),
  );
});
