import { afterEach, describe, expect, test } from 'vitest';
import { heed } from '../../src/engine/hint.ts';
import { TryLater } from '../../src/errors.ts';
import { heedHint } from '../../src/jobs/heed-hint.ts';
import { memoryChat } from '../support/chat.ts';
import { both, type Rig, rig } from '../support/rig.ts';

const patience = { timeout: 5_000 };
let open: Rig | undefined;
afterEach(() => open?.close());

/** A campaign whose take is watched, seldom, by a provider that owns what begins with `p`. */
async function watched() {
  const looks: string[] = [];
  const asked: string[] = [];
  let ended = false;
  const owns = async (order: { tag: string }, prediction: string) => {
    asked.push(`${order.tag} ${prediction}`);
    return prediction.startsWith('p');
  };
  open = await rig({
    chat: memoryChat().chat,
    jobs: {
      'heed-hint': heedHint(() => ({ owns }) as never),
      'watch-take': both<'watch-take'>(async ({ take, prediction }) => {
        looks.push(prediction);
        if (!ended) return { again: { delay: 600_000 } };
        return { outcome: { type: 'take.succeeded', take, prediction, output: 'o', cost: 600_000 } };
      }),
      'cancel-take': both<'cancel-take'>(async () => ({ done: true })),
    },
  });
  const it = open;
  const campaign = await it.open();
  await it.start();
  await it.until(campaign, (c) => c.revisions.length > 0 && !c.refining);
  await it.tell('go', { type: 'generate' }, { campaign });
  await it.until(campaign, (c) => c.takes[0]?.state === 'created');
  await expect.poll(() => looks, patience).toEqual(['p1']);
  const parts = { journal: it.journal, queue: it.queue, engine: it.engine, clock: it.clock.now };
  const tag = `${campaign}.take1.0.1`;
  const hint = (delivery: string, more: object = {}) =>
    heed({ tag, prediction: 'p1', delivery, ...more }, parts);
  const end = () => {
    ended = true;
  };
  return { it, campaign, looks, asked, hint, end };
}

/** A campaign whose second still is made somewhere else, and looked at seldom; the others are there. */
async function making() {
  const looks: number[] = [];
  open = await rig({
    chat: memoryChat().chat,
    jobs: {
      'make-still': both<'make-still'>(async ({ board, still }) => {
        looks.push(still);
        if (still === 2) throw new TryLater('not there yet', { delay: 600_000, sent: true });
        return { outcome: { type: 'still.failed', board, still, reason: 'outage', cost: 0 } };
      }),
    },
  });
  const it = open;
  const campaign = await it.open();
  await it.start();
  await it.until(campaign, (c) => c.revisions.length > 0 && !c.refining);
  await it.tell('stills', { type: 'make-stills' }, { campaign });
  const stream = `campaign:${campaign}`;
  const due = async () => {
    const waiting = await it.journal.waiting(stream);
    return waiting.find(({ type }) => type === 'make-still')?.dueAt ?? 0;
  };
  await expect.poll(due, patience).toBeGreaterThan(it.clock.now());
  const parts = { journal: it.journal, queue: it.queue, engine: it.engine, clock: it.clock.now };
  const hint = (still: number) =>
    heed({ tag: `${campaign}.still1.${still}`, prediction: 'p1', delivery: `d${still}` }, parts);
  return { looks: () => looks.filter((n) => n === 2).length, hint, due, now: it.clock.now };
}

describe('a hint about a still', () => {
  test('brings the next look forward', async () => {
    const { looks, hint } = await making();
    await hint(2);
    await expect.poll(looks, patience).toBe(2);
  });

  test('leaves another still of the board alone', async () => {
    const { looks, hint, due, now } = await making();
    await hint(1);
    expect(await due()).toBeGreaterThan(now());
    expect(looks()).toBe(1);
  });
});

describe('a hint', () => {
  test('brings the next look forward; seen again, it does not', async () => {
    const { it, campaign, looks, hint } = await watched();
    const due = async () => {
      const waiting = await it.journal.waiting(`campaign:${campaign}`);
      return waiting.find(({ type }) => type === 'watch-take')?.dueAt ?? 0;
    };
    await hint('d1');
    await expect.poll(() => looks, patience).toHaveLength(2);
    await expect.poll(due, patience).toBeGreaterThan(it.clock.now());
    await hint('d1');
    expect(await due()).toBeGreaterThan(it.clock.now());
    expect(looks).toHaveLength(2);
    await hint('d2');
    await expect.poll(() => looks, patience).toHaveLength(3);
  });

  test('is no fact: what the provider says counts', async () => {
    const { it, campaign, looks, hint, end } = await watched();
    await hint('d1');
    await expect.poll(() => looks, patience).toHaveLength(2);
    expect((await it.engine.campaign(`campaign:${campaign}`)).takes[0]?.state).toBe('created');
    end();
    await hint('d2');
    await it.until(campaign, (c) => c.phase === 'review');
  });

  test('after the end changes nothing', async () => {
    const { it, campaign, looks, hint, end } = await watched();
    end();
    await hint('d1');
    await it.until(campaign, (c) => c.phase === 'review');
    await it.quiet(campaign);
    const { length } = await it.journal.history(`campaign:${campaign}`);
    await hint('d2');
    await it.quiet(campaign);
    expect(await it.journal.history(`campaign:${campaign}`)).toHaveLength(length);
    expect(looks).toHaveLength(2);
  });

  test.each(['nobody.take1.0.1', 'nobody.still1.1', 'nonsense', ''])('about %s is let go', async (tag) => {
    const { looks, asked, hint } = await watched();
    await hint('d1', { tag });
    expect([looks, asked]).toEqual([['p1'], []]);
  });

  test('naming another prediction of ours: bought twice, which is called back and shown', async () => {
    const { it, campaign, asked, hint } = await watched();
    await hint('d1', { prediction: 'p9' });
    const { takes } = await it.until(campaign, (c) => (c.takes[0]?.strays.length ?? 0) > 0);
    expect(takes[0]).toMatchObject({ prediction: 'p1', strays: ['p9'] });
    expect(asked).toEqual([`${campaign}.take1.0.1 p9`]);
  });

  test('naming a prediction that is not ours is asked about and let go', async () => {
    const { it, campaign, asked, hint } = await watched();
    const { length } = await it.journal.history(`campaign:${campaign}`);
    await hint('d1', { prediction: 'theirs' });
    await expect.poll(() => asked, patience).toHaveLength(1);
    await hint('d1', { prediction: 'theirs' });
    expect(await it.journal.history(`campaign:${campaign}`)).toHaveLength(length);
    expect((await it.engine.campaign(`campaign:${campaign}`)).takes[0]?.strays).toEqual([]);
  });
});
