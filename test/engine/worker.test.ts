import { afterEach, describe, expect, test, vi } from 'vitest';
import { usualTimes } from '../../src/campaign/policy.ts';
import { Never, TryLater } from '../../src/errors.ts';
import type { Job } from '../../src/jobs/job.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { film, picture } from '../campaign/specification.ts';
import { memoryChat } from '../support/chat.ts';
import { both, type Rig, rig } from '../support/rig.ts';

let open: Rig | undefined;
afterEach(() => open?.close());
const rigged = async (...given: Parameters<typeof rig>): Promise<Rig> => {
  open = await rig(...given);
  return open;
};

const worded = (c: { revisions: readonly unknown[]; refining: unknown }) =>
  c.revisions.length > 0 && !c.refining;

/** Buys once and loses the answer; afterwards its list is out of reach for a while. */
function flakyShop(listDownFor: number) {
  const counts = { bought: 0, looked: 0 };
  const job: Job<'buy-take'> = {
    async do() {
      counts.bought += 1;
      throw new TryLater('the answer was lost', { delay: 0, sent: true });
    },
    async find({ take, tag }) {
      counts.looked += 1;
      if (counts.looked <= listDownFor) throw new TryLater('no connection', { delay: 0, sent: false });
      return { outcome: { type: 'take.created', take, tag, prediction: 'p1' } };
    },
  };
  return { counts, job };
}

describe('the law of sending', () => {
  test('a list that cannot be reached is no proof that nothing was bought', async () => {
    const { counts, job } = flakyShop(3);
    const it = await rigged({ chat: memoryChat().chat, jobs: { 'buy-take': job } });
    const campaign = await it.open();
    await it.start();
    await it.until(campaign, worded);
    await it.tell('go', { type: 'generate' }, { campaign });
    await it.until(campaign, (c) => c.takes[0]?.state === 'finished');
    expect(counts).toEqual({ bought: 1, looked: 4 });
  });

  test('the fence is confirmed right before sending: who has lost it sends nothing', async () => {
    const guarded: unknown[] = [];
    const shop: Job<'buy-take'>['do'] = async ({ take, tag }, { guard }) => {
      it.clock.forward(120_000);
      await it.journal.claim({ holder: 'other', lease: 60_000, skip: ['sync-card'] });
      await guard().catch((error: unknown) => guarded.push(error));
      return { outcome: { type: 'take.created', take, tag, prediction: 'p1' } };
    };
    const it = await rigged({ chat: memoryChat().chat, jobs: { 'buy-take': both<'buy-take'>(shop) } });
    const campaign = await it.open();
    await it.start();
    await it.until(campaign, worded);
    await it.quiet(campaign);
    await it.tell('go', { type: 'generate' }, { campaign });
    await it.until(campaign, () => guarded.length > 0);
    expect(guarded[0]).toMatchObject({ name: 'TryLater', sent: false });
  });
});

describe('a worker never sleeps through', () => {
  test('what becomes due while other work is kept back by a limit', async () => {
    let claims = 0;
    const counting = (journal: Journal): Journal => ({
      ...journal,
      claim(by) {
        claims += 1;
        return journal.claim(by);
      },
    });
    const it = await rigged({ chat: memoryChat().chat, journal: counting });
    const campaign = await it.open();
    const stream = `campaign:${campaign}`;
    const base = { stream, workspace: 'w', lane: 'same', deadline: null };
    const held = Promise.withResolvers<void>();
    it.jobs['wait-until'] = both<'wait-until'>(async ({ key }) => {
      if (key === 'holds the lane') await held.promise;
      ran.push(key);
      return { done: true };
    });
    const ran: string[] = [];
    const poke = (key: string, lane: string, due: { in: number }) =>
      it.journal.poke({
        ...base,
        id: `${stream}/x/${key}`,
        type: 'wait-until',
        body: { key, due: 0 },
        lane,
        due,
      });
    await poke('holds the lane', 'same', { in: 0 });
    await poke('kept back', 'same', { in: 0 });
    await poke('due soon', '', { in: 50 });
    await it.start();
    it.clock.forward(100);
    await it.until(campaign, () => ran.includes('due soon'));
    expect(ran).not.toContain('kept back');
    expect(claims).toBeLessThan(60);
    held.resolve();
  });

  test('and what it did is not done again where the journal was away for a moment when it was done', async () => {
    let away = 2;
    let done = 0;
    const cut = (journal: Journal): Journal => ({
      ...journal,
      async commit(step) {
        if (step.events.some(({ type }) => type === 'take.finished') && away-- > 0)
          throw new Never('journal-unreachable', 'away');
        return journal.commit(step);
      },
    });
    const finish = both<'finish-take'>(async ({ take, cut: id }) => {
      done += 1;
      const files = { film: film('cut'), poster: picture('p'), notes: [] };
      return { outcome: { type: 'take.finished', take, cut: id, ...files } };
    });
    const it = await rigged({ chat: memoryChat().chat, journal: cut, jobs: { 'finish-take': finish } });
    const campaign = await it.open();
    await it.start();
    await it.until(campaign, worded);
    await it.tell('go', { type: 'generate' }, { campaign });
    await it.until(campaign, (c) => c.takes[0]?.state === 'finished');
    expect({ away, done }).toEqual({ away: -1, done: 1 });
  });

  test('a journal that cannot be read for a moment', async () => {
    let failures = 1;
    const failed = Promise.withResolvers<void>();
    const it = await rigged({
      chat: memoryChat().chat,
      journal: (journal) => ({
        ...journal,
        async claim(by) {
          if (failures-- <= 0) return journal.claim(by);
          failed.resolve();
          throw new Error('disk I/O error');
        },
      }),
    });
    const campaign = await it.open();
    await it.start();
    await failed.promise;
    await new Promise((done) => setImmediate(done));
    it.clock.forward(10_000);
    await it.until(campaign, worded);
    expect(it.errors).toHaveLength(1);
  });
});

describe('a worker that stops', () => {
  test('leaves in seconds, though the journal never says that it has written down what was called off', async () => {
    const begun = Promise.withResolvers<void>();
    const silence = Promise.withResolvers<never>();
    const it = await rigged({
      chat: memoryChat().chat,
      journal: (journal) => ({ ...journal, giveBack: () => silence.promise }),
      jobs: {
        'refine-prompt': both<'refine-prompt'>(async () => {
          begun.resolve();
          return silence.promise;
        }),
      },
    });
    await it.open();
    const worker = await it.start();
    await begun.promise;
    const asked = performance.now();
    await worker.stop(0);
    expect(performance.now() - asked).toBeLessThan(6_000);
    silence.reject(new Error('at last'));
  });
});

describe('after a long downtime', () => {
  test('what was paid for is looked at once before it is given up', async () => {
    const times = { ...usualTimes, watch: 1_000 };
    let up = false;
    const it = await rigged({
      chat: memoryChat().chat,
      policy: { times },
      jobs: {
        'watch-take': both<'watch-take'>(async ({ take, prediction }) =>
          up
            ? { outcome: { type: 'take.succeeded', take, prediction, output: 'o', cost: 600_000 } }
            : { again: { delay: 500_000 } },
        ),
      },
    });
    const campaign = await it.open();
    await it.start();
    await it.until(campaign, worded);
    await it.tell('go', { type: 'generate' }, { campaign });
    await it.until(campaign, (c) => c.takes[0]?.state === 'created');
    up = true;
    it.clock.forward(600_000);
    it.queue.wake(it.clock.now());
    const end = await it.until(campaign, (c) => c.takes[0]?.endedAt != null);
    expect(end.takes[0]).toMatchObject({ state: 'finished', billed: 600_000 });
  });

  test('what was ordered and never left is ordered then, from the model that was chosen', async () => {
    let up = false;
    const it = await rigged({
      chat: memoryChat().chat,
      policy: { times: { ...usualTimes, buy: 1_000 } },
      jobs: {
        'buy-take': both<'buy-take'>(async ({ take, tag }) => {
          if (!up) throw new TryLater('not yet', { delay: 500_000, sent: false });
          return { outcome: { type: 'take.created', take, tag, prediction: 'p' } };
        }),
      },
    });
    const campaign = await it.open();
    await it.start();
    await it.until(campaign, worded);
    await it.tell('go', { type: 'generate' }, { campaign });
    await vi.waitFor(async () => {
      const waiting = await it.journal.waiting(`campaign:${campaign}`);
      const buying = waiting.find(({ type }) => type === 'buy-take');
      expect(buying?.dueAt ?? 0).toBeGreaterThan(it.clock.now());
    });
    up = true;
    it.clock.forward(600_000);
    it.queue.wake(it.clock.now());
    const { takes } = await it.until(campaign, (c) => c.takes[0]?.state !== 'requested');
    expect(takes[0]).toMatchObject({ state: 'created', prediction: 'p', tried: [] });
  });

  test('what was ordered late, and whose answer is lost, is left to people', async () => {
    let up = false;
    const it = await rigged({
      chat: memoryChat().chat,
      policy: { times: { ...usualTimes, buy: 1_000 } },
      jobs: {
        'buy-take': both<'buy-take'>(async () => {
          throw new TryLater('no answer', { delay: 500_000, sent: up });
        }),
      },
    });
    const campaign = await it.open();
    await it.start();
    await it.until(campaign, worded);
    await it.tell('go', { type: 'generate' }, { campaign });
    await vi.waitFor(async () => {
      const waiting = await it.journal.waiting(`campaign:${campaign}`);
      const buying = waiting.find(({ type }) => type === 'buy-take');
      expect(buying?.dueAt ?? 0).toBeGreaterThan(it.clock.now());
    });
    up = true;
    it.clock.forward(600_000);
    it.queue.wake(it.clock.now());
    const { takes } = await it.until(campaign, (c) => c.takes[0]?.state !== 'requested');
    expect(takes[0]).toMatchObject({ state: 'unconfirmed', tried: [] });
  });

  test('what a last look proves was never bought costs nothing', async () => {
    const stills: Job<'make-still'> = {
      async do() {
        throw new TryLater('the answer was lost', { delay: 500_000, sent: true });
      },
      find: async () => 'absent',
    };
    const it = await rigged({ chat: memoryChat().chat, jobs: { 'make-still': stills } });
    const campaign = await it.open();
    await it.start();
    await it.until(campaign, worded);
    await it.tell('stills', { type: 'make-stills' }, { campaign });
    const given = async () =>
      (await it.journal.waiting(`campaign:${campaign}`)).filter(
        ({ type, dueAt }) => type === 'make-still' && dueAt > it.clock.now(),
      );
    await expect.poll(given, { timeout: 5_000 }).toHaveLength(3);
    it.clock.forward(600_000);
    it.queue.wake(it.clock.now());
    const { boards } = await it.until(
      campaign,
      (c) => c.boards[0]?.stills.every((s) => s.held === null) ?? false,
    );
    expect(boards[0]?.stills.map(({ reason, billed }) => [reason, billed])).toEqual(
      Array(3).fill(['timeout', 0]),
    );
  });
});
