import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Progress } from '../../src/providers/video.ts';
import { factsOf } from '../support/runway.ts';
import { faultOf, runwayRig } from '../support/runway-rig.ts';
import type { RunwayFault } from '../support/runway-tasks.ts';
import { filmOf, newFile, sending, take } from './orders.ts';

const order = take({ model: 'gen4.5', seconds: 5 });
const film = Buffer.from('a film, as far as this test can see');
const signal = AbortSignal.timeout(20_000);
const never = { queue: 60_000, run: 60_000 };

async function bought(...given: Parameters<typeof runwayRig>) {
  const rig = await runwayRig({ film, ...given[0] }, given[1]);
  const { prediction } = await rig.provider.create(order, sending());
  return { ...rig, prediction };
}

async function ending(fault: RunwayFault) {
  const { service, provider } = await runwayRig({ film });
  service.faults.push(fault);
  const { prediction } = await provider.create(order, sending());
  return provider.watch(prediction);
}

describe('how a task goes', () => {
  test('it waits, runs and succeeds', async () => {
    const { provider, prediction } = await bought({ life: { queue: 400, run: 600 } });
    const seen: Progress[] = [];
    for (let at = await provider.watch(prediction); ; at = await provider.watch(prediction)) {
      if (seen.at(-1)?.state !== at.state) seen.push(at);
      if (at.state === 'succeeded') break;
      await wait(20);
    }
    expect(seen).toEqual([
      { state: 'queued', position: null },
      { state: 'running', fraction: expect.any(Number) },
      { state: 'succeeded', output: prediction, cost: 600_000 },
    ]);
  });

  test.each([
    [
      { status: 'THROTTLED', estimatedCost: { credits: 1 } },
      { state: 'queued', position: null },
    ],
    [
      { status: 'RUNNING', progress: 1.4, estimatedCost: { credits: 1 } },
      { state: 'running', fraction: 1 },
    ],
    [
      { status: 'CANCELLED', cost: { credits: 3 } },
      { state: 'canceled', cost: 30_000 },
    ],
    [
      { status: 'SUCCEEDED', cost: { credits: 0.7 }, output: ['x'] },
      { state: 'succeeded', cost: 7_000 },
    ],
    [
      { status: 'SUCCEEDED', cost: { credits: 5 }, output: [] },
      { state: 'failed', reason: 'expired', cost: 50_000 },
    ],
  ])('%j', async (told, progress) => {
    const { service, provider, prediction } = await bought();
    service.tell.set(prediction, { id: prediction, createdAt: '', ...told });
    expect(await provider.watch(prediction)).toMatchObject(progress);
  });

  test.each([
    ['SAFETY.INPUT.TEXT', 'moderation-input'],
    ['SAFETY.INPUT.IMAGE', 'moderation-input'],
    ['SAFETY', 'moderation-input'],
    ['INPUT_PREPROCESSING.SAFETY.TEXT', 'moderation-input'],
    ['INPUT_PREPROCESSING.SAFETY.THIRD_PARTY', 'moderation-input'],
    ['SAFETY.OUTPUT.VIDEO', 'moderation-output'],
    ['INTERNAL.BAD_OUTPUT.CODE01', 'provider-error'],
    ['INPUT_PREPROCESSING.INTERNAL', 'provider-error'],
    ['ASSET.INVALID', 'provider-error'],
    ['THIRD_PARTY.UNAVAILABLE', 'outage'],
    [undefined, 'provider-error'],
  ])('failed with %s: %s, and what it cost', async (failureCode, reason) => {
    const { service, provider, prediction } = await bought();
    const told = { status: 'FAILED', failure: 'An error.', failureCode, cost: { credits: 2 } };
    service.tell.set(prediction, { id: prediction, createdAt: '', ...told });
    expect(await provider.watch(prediction)).toEqual({ state: 'failed', reason, cost: 20_000 });
  });

  test('what was moderated is charged, what came out broken is not', async () => {
    expect(await ending('unsafe-input')).toEqual({
      state: 'failed',
      reason: 'moderation-input',
      cost: 600_000,
    });
    expect(await ending('unsafe-output')).toEqual({
      state: 'failed',
      reason: 'moderation-output',
      cost: 600_000,
    });
    expect(await ending('bad-output')).toEqual({ state: 'failed', reason: 'provider-error', cost: 0 });
  });
});

describe('asking about a task', () => {
  test('no more often than Runway wants, but at once when it was called off', async () => {
    const { service, provider, prediction } = await bought({ life: never }, { pace: 60_000 });
    const asked = () => factsOf(service.log, 'request').filter((fact) => fact.method === 'GET').length;
    for (const _ of [1, 2, 3]) await provider.watch(prediction);
    expect(asked()).toBe(1);
    await provider.cancel(prediction);
    expect(await provider.watch(prediction)).toEqual({ state: 'canceled', cost: 0 });
  });

  test.each([401, 403, 429, 500, 503, 0, -1])('is done again after %i: the task is paid', async (status) => {
    const { service, provider, prediction } = await bought({}, { timeout: 500 });
    service.readFaults.push(status);
    expect(await faultOf(provider.watch(prediction))).toMatchObject({ name: 'TryLater', sent: false });
    expect(await provider.watch(prediction)).toMatchObject({ state: 'succeeded' });
  });

  test('waits a minute for a key to be mended', async () => {
    const { provider, prediction, service } = await bought();
    service.readFaults.push(401);
    expect(await faultOf(provider.watch(prediction))).toMatchObject({ delay: 60_000 });
  });

  test('an answer that is no task is no end', async () => {
    const { service, provider, prediction } = await bought();
    service.tell.set(prediction, { hello: 'world' });
    expect(await faultOf(provider.watch(prediction))).toMatchObject({ name: 'TryLater' });
  });

  test('a task that is gone is given up, not bought elsewhere', async () => {
    const { provider } = await bought();
    const error = await faultOf(provider.watch('17f20503-6c24-4c16-946b-35dbbce2af2f'));
    expect(error).toMatchObject({ name: 'Never', code: 'provider-error' });
  });
});

describe('calling off', () => {
  test('while it waits: for nothing', async () => {
    const { provider, prediction } = await bought({ life: never });
    await provider.cancel(prediction);
    expect(await provider.watch(prediction)).toEqual({ state: 'canceled', cost: 0 });
  });

  test('while it runs: for what Runway says', async () => {
    const { service, provider, prediction } = await bought({ life: { queue: 0, run: 60_000 } });
    await wait(50);
    await provider.cancel(prediction);
    const { cost } = (await provider.watch(prediction)) as { cost: number };
    expect(cost).toBe((factsOf(service.log, 'ended')[0]?.credits ?? 0) * 10_000);
    expect(cost).toBeGreaterThan(0);
  });

  test('a task that Runway forgets then is booked at its most', async () => {
    const { service, provider, prediction } = await bought({ life: never });
    service.forgetful = true;
    await provider.cancel(prediction);
    expect(await provider.watch(prediction)).toEqual({ state: 'canceled', cost: 600_000 });
    await provider.cancel(prediction);
  });

  test('what has succeeded is paid for and is not destroyed', async () => {
    const { service, provider, prediction } = await bought();
    await provider.cancel(prediction);
    expect(factsOf(service.log, 'deleted')).toEqual([]);
    expect(await filmOf(provider, prediction, signal)).toEqual(film);
  });
});

describe('the film', () => {
  test('comes with a fresh URL, however old the task is', async () => {
    const { provider, prediction } = await bought();
    expect(await filmOf(provider, prediction, signal)).toEqual(film);
    expect(await filmOf(provider, prediction, signal)).toEqual(film);
  });

  test('a dead URL is asked for anew, once', async () => {
    const { service, provider } = await runwayRig({ film });
    service.faults.push('dead-url', 'dead-urls');
    const one = await provider.create(order, sending());
    const two = await provider.create(order, sending());
    expect(await filmOf(provider, one.prediction, signal)).toEqual(film);
    const before = factsOf(service.log, 'request').length;
    expect(await faultOf(provider.fetch(two.prediction, newFile(), signal))).toMatchObject({
      name: 'TryLater',
      sent: false,
    });
    expect(factsOf(service.log, 'request')).toHaveLength(before + 4);
  });

  test('that breaks off on its way is an error of the stream', async () => {
    const { service, provider } = await runwayRig({ film });
    service.faults.push('cut-short');
    const { prediction } = await provider.create(order, sending());
    expect(await faultOf(provider.fetch(prediction, newFile(), signal))).toMatchObject({
      name: 'TryLater',
    });
  });

  test('of a task that has none', async () => {
    const { provider, prediction } = await bought({ life: never });
    expect(await faultOf(provider.fetch(prediction, newFile(), signal))).toMatchObject({
      code: 'provider-error',
    });
  });

  test('is not fetched from where the guard lets nobody go', async () => {
    const { service, provider, prediction } = await bought();
    const output = ['https://169.254.169.254/film.mp4'];
    service.tell.set(prediction, { status: 'SUCCEEDED', cost: { credits: 1 }, output });
    expect(await faultOf(provider.fetch(prediction, newFile(), signal))).toMatchObject({
      code: 'link-private',
    });
  });
});
