import { afterEach, describe, expect, test } from 'vitest';
import { usualPolicy, usualTimes } from '../../src/campaign/policy.ts';
import { sweepTake } from '../../src/jobs/sweep-take.ts';
import type { Bought, TakeOrder } from '../../src/providers/video.ts';
import { memoryChat } from '../support/chat.ts';
import { type Rig, rig } from '../support/rig.ts';

const minute = 60_000;
const patience = { timeout: 5_000 };
let open: Rig | undefined;
afterEach(() => open?.close());

/** A campaign with a finished take, made by a provider that lists what `listed` holds; null: it lists nothing. */
async function finished(listed: Bought[] | null) {
  const asked: { tags: string[]; since: number }[] = [];
  const bought = async (orders: readonly TakeOrder[], since: number) => {
    asked.push({ tags: orders.map(({ tag }) => tag), since });
    return listed ?? [];
  };
  const provider = listed ? { bought } : {};
  open = await rig({
    chat: memoryChat().chat,
    policy: { ...usualPolicy, adminPlace: null },
    jobs: {
      'sweep-take': sweepTake(() => provider as never),
      'cancel-take': { do: async () => ({ done: true }), find: async () => ({ done: true }) },
    },
  });
  const it = open;
  const campaign = await it.open();
  await it.start();
  await it.until(campaign, (c) => c.revisions.length > 0 && !c.refining);
  await it.tell('go', { type: 'generate' }, { campaign });
  await it.until(campaign, (c) => c.phase === 'review');
  await it.quiet(campaign);
  const sweeps = async () =>
    (await it.journal.waiting(`campaign:${campaign}`)).filter(({ type }) => type === 'sweep-take');
  const pass = async (milliseconds: number) => {
    it.clock.forward(milliseconds);
    it.queue.wake(it.clock.now());
    await it.quiet(campaign);
  };
  return { it, campaign, asked, sweeps, pass };
}

const ours: Bought = { prediction: 'p1', model: 'best', isDead: false };

describe('a sweep', () => {
  test('looks every five minutes while a take is young, and then no more', async () => {
    const { asked, sweeps, pass } = await finished([ours]);
    for (let passed = 0; passed < 60; passed += 5) {
      await pass(5 * minute);
      if (passed < 50) await expect.poll(() => asked.length, patience).toBe(passed / 5 + 1);
    }
    await expect.poll(sweeps, patience).toEqual([]);
    const { length } = asked;
    expect(length).toBeLessThanOrEqual(12);
    await pass(24 * 60 * minute);
    expect(asked).toHaveLength(length);
  });

  test('asks for every order of the take, and looks no further back than it must', async () => {
    const { it, campaign, asked, pass } = await finished([ours]);
    const { takes } = await it.engine.campaign(`campaign:${campaign}`);
    await pass(5 * minute);
    await expect
      .poll(() => asked, patience)
      .toEqual([{ tags: [`${campaign}.take1.0.1`], since: takes[0]?.requestedAt }]);
  });

  test('ends at once where the provider lists nothing', async () => {
    const { sweeps, pass } = await finished(null);
    expect(await sweeps()).toHaveLength(1);
    await pass(5 * minute);
    await expect.poll(sweeps, patience).toEqual([]);
  });

  test('finds a second purchase: called back, booked once, told to the admins, and swept on', async () => {
    const { it, campaign, sweeps, pass } = await finished([ours, { ...ours, prediction: 'p9' }]);
    const spent = async () => (await it.journal.account(`campaign:${campaign}`))?.spent;
    const before = (await spent()) ?? 0;
    await pass(5 * minute);
    await it.until(campaign, (c) => c.takes[0]?.strays.includes('p9') ?? false);
    await expect
      .poll(() => it.errors, patience)
      .toEqual([expect.objectContaining({ what: 'a take was bought more than once', take: 1 })]);
    expect(await sweeps()).toHaveLength(1);
    await pass(5 * minute);
    const { takes } = await it.engine.campaign(`campaign:${campaign}`);
    expect(takes[0]).toMatchObject({ state: 'finished', prediction: 'p1', strays: ['p9'] });
    expect(await spent()).toBeGreaterThanOrEqual(before);
    const notices = await it.journal.history('workspace:w');
    expect(notices.filter(({ type }) => type === 'notice.raised')).toHaveLength(1);
  });
});

test('a finished clip that cannot be fetched raises an alarm after 20 and after 40 minutes', async () => {
  open = await rig({
    chat: memoryChat().chat,
    jobs: {
      'download-take': {
        do: async () => ({ again: { delay: minute } }),
        find: async () => ({ again: { delay: minute } }),
      },
    },
  });
  const it = open;
  const campaign = await it.open();
  await it.start();
  await it.until(campaign, (c) => c.revisions.length > 0 && !c.refining);
  await it.tell('go', { type: 'generate' }, { campaign });
  await it.until(campaign, (c) => c.takes[0]?.state === 'succeeded');
  const alarms = () =>
    it.errors.filter((e) => String((e as { what: string }).what).includes('not fetched yet'));
  for (let passed = 1; passed <= 45; passed++) {
    it.clock.forward(minute);
    it.queue.wake(it.clock.now());
    const expected = passed < 20 ? 0 : passed < 40 ? 1 : 2;
    await expect.poll(alarms, patience).toHaveLength(expected);
  }
  expect(usualTimes.alarm).toBe(20 * minute);
});
