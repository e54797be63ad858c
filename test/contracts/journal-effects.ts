import { describe, expect, it } from 'vitest';
import type { Journal } from '../../src/journal/journal.ts';
import {
  asking,
  claimBy,
  committed,
  eachInItsWorld,
  effect,
  happened,
  type OpenWorld,
  step,
} from './journal-world.ts';

async function claimAll(journal: Journal, most = 100): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < most) {
    const claimed = await journal.claim(claimBy);
    if (!claimed) break;
    ids.push(claimed.id);
  }
  return ids;
}

export function effectsContract(open: OpenWorld): void {
  const world = eachInItsWorld(open);
  const { lease } = claimBy;
  const later = 60_000;

  describe('a claim', () => {
    it('takes what is due, once', async () => {
      const body = { take: 1 };
      const events = [happened('x'), happened('y', [effect('a'), effect('b', { body, deadline: 5000 })])];
      await committed(world.journal, step({ events }));
      expect(await world.journal.claim(claimBy)).toMatchObject({ id: 'a/2/1', deadlineAt: null, live: null });
      const second = await world.journal.claim(claimBy);
      const who = { stream: 'a', workspace: 'w', type: 'b', body, attempt: 1, fence: 1 };
      expect(second).toMatchObject({ id: 'a/2/2', ...who });
      expect((second?.deadlineAt ?? 0) - (second?.claimedAt ?? 0)).toBeGreaterThan(4000);
      expect(await world.journal.claim(claimBy)).toBeNull();
    });

    it('leaves what is not due yet, and says when it will be', async () => {
      expect(await world.journal.nextDue(0)).toBeNull();
      const at = world.now() + 300;
      await committed(world.journal, asking('a', [effect('a', { due: { at } })]));
      expect(await world.journal.claim(claimBy)).toBeNull();
      expect(await world.journal.nextDue(0)).toBe(at);
      await world.pass(350);
      expect(await world.journal.claim(claimBy)).toMatchObject({ id: 'a/1/1' });
    });

    it('counts what is due and what runs, by type, and since when it waits', async () => {
      expect(await world.journal.backlog(world.now())).toEqual([]);
      const later = effect('slow', { due: { at: world.now() + 60_000 } });
      await committed(world.journal, asking('a', [effect('slow'), effect('slow'), effect('quick'), later]));
      const since = (await world.journal.claim(claimBy))?.claimedAt ?? 0;
      const found = await world.journal.backlog(world.now());
      expect(found).toEqual([
        { type: 'quick', due: 1, leased: 0, since: expect.any(Number) },
        { type: 'slow', due: 1, leased: 1, since: expect.any(Number) },
      ]);
      for (const { since: at } of found) expect(Math.abs((at ?? 0) - since)).toBeLessThan(5000);
      await claimAll(world.journal);
      const running = await world.journal.backlog(world.now());
      expect(running.map(({ due, leased, since: at }) => [due, leased, at])).toEqual([
        [0, 1, null],
        [0, 2, null],
      ]);
    });

    it('skips the types that are saturated', async () => {
      await committed(world.journal, asking('a', [effect('slow'), effect('slow'), effect('quick')]));
      expect(await world.journal.claim({ ...claimBy, skip: ['slow', 'other'] })).toMatchObject({
        id: 'a/1/3',
      });
      expect(await world.journal.claim({ ...claimBy, skip: ['slow'] })).toBeNull();
      expect(await claimAll(world.journal)).toHaveLength(2);
    });

    it('takes one of a lane at a time, whatever the stream', async () => {
      const lane = 'send:p';
      await committed(world.journal, asking('a', [effect('s', { lane }), effect('s', { lane })]));
      await world.pass(5);
      await committed(world.journal, asking('b', [effect('s', { lane }), effect('s', { lane: 'send:q' })]));
      expect(await claimAll(world.journal)).toEqual(['a/1/1', 'b/1/2']);
      await world.journal.finish({ id: 'a/1/1', fence: 1, state: 'done' });
      expect(await claimAll(world.journal)).toEqual(['a/1/2']);
      await world.pass(lease + 50);
      expect(await claimAll(world.journal)).toHaveLength(2);
    });

    it('serves every workspace in turn, however much one asks for', async () => {
      const many = Array.from({ length: 20 }, () => effect('x'));
      await committed(world.journal, asking('loud', many, 'loud'));
      await world.pass(5);
      await committed(world.journal, asking('calm', [effect('x'), effect('x')], 'calm'));
      await committed(world.journal, asking('shy', [effect('x')], 'shy'));
      const first = await claimAll(world.journal, 6);
      expect(first.map((id) => id.split('/')[0])).toEqual(['loud', 'calm', 'shy', 'loud', 'calm', 'loud']);
    });

    it('takes the oldest first', async () => {
      const at = world.now();
      const due = (ago: number) => effect('x', { due: { at: at - ago } });
      await committed(world.journal, asking('a', [due(10), due(30), due(20)]));
      expect(await claimAll(world.journal)).toEqual(['a/1/2', 'a/1/3', 'a/1/1']);
    });

    it('takes effects of one instant in the order they were asked for', async () => {
      const lane = 'read:a';
      const three = ['a', 'b', 'c'].map((type) => effect(type, { lane }));
      const events = Array.from({ length: 12 }, () => happened('said', three));
      await committed(world.journal, step({ events }));
      const order: string[] = [];
      for (let claimed = await world.journal.claim(claimBy); claimed; ) {
        order.push(claimed.id);
        await world.journal.finish({ id: claimed.id, fence: claimed.fence, state: 'done' });
        claimed = await world.journal.claim(claimBy);
      }
      expect(order).toEqual(events.flatMap((_, i) => [1, 2, 3].map((n) => `a/${i + 1}/${n}`)));
    });

    it('is of one claimer, however many ask at once', async () => {
      const many = Array.from({ length: 30 }, () => effect('x'));
      await committed(world.journal, asking('a', many));
      const by = { ...claimBy, lease: 60_000 };
      const all = await Promise.all(Array.from({ length: 60 }, () => world.journal.claim(by)));
      const ids = all.flatMap((claimed) => (claimed ? [claimed.id] : []));
      expect(new Set(ids).size).toBe(30);
      expect(ids).toHaveLength(30);
    });

    it('hands out what is past its deadline', async () => {
      await committed(world.journal, asking('a', [effect('x', { deadline: 20 })]));
      await world.pass(60);
      const claimed = await world.journal.claim(claimBy);
      expect(claimed?.deadlineAt).toBeLessThan(claimed?.claimedAt ?? 0);
    });
  });

  describe('a lease', () => {
    it('that ran out makes the effect due again, with a higher fence', async () => {
      await committed(world.journal, asking('a', [effect('x')]));
      const first = await world.journal.claim(claimBy);
      expect(await world.journal.nextDue(0)).toBe((first?.claimedAt ?? 0) + lease);
      await world.pass(lease + 50);
      expect(await world.journal.claim(claimBy)).toMatchObject({ id: 'a/1/1', fence: 2, attempt: 2 });
      expect(await world.journal.renew({ id: 'a/1/1', fence: 1, lease })).toBe(false);
      expect(await world.journal.finish({ id: 'a/1/1', fence: 1, state: 'done' })).toBe(false);
      const back = { id: 'a/1/1', delay: 0, fresh: true };
      expect(await world.journal.giveBack({ ...back, fence: 1 })).toBe(false);
      expect(await world.journal.giveBack({ ...back, fence: 2 })).toBe(true);
    });

    it('lets its holder alone say what the effect shows', async () => {
      await committed(world.journal, asking('a', [effect('x')]));
      await world.journal.claim(claimBy);
      expect(await world.journal.show({ id: 'a/1/1', fence: 2, live: 'wrong' })).toBe(false);
      expect(await world.journal.show({ id: 'a/1/1', fence: 1, live: { done: 0.5 } })).toBe(true);
      expect(await world.journal.live('a')).toMatchObject([{ live: { done: 0.5 } }]);
      await world.journal.finish({ id: 'a/1/1', fence: 1, state: 'done' });
      expect(await world.journal.show({ id: 'a/1/1', fence: 1, live: 'late' })).toBe(false);
    });

    it('is prolonged by its holder', async () => {
      await committed(world.journal, asking('a', [effect('x')]));
      await world.journal.claim({ ...claimBy, lease: 1_500 });
      expect(await world.journal.renew({ id: 'a/1/1', fence: 1, lease: later })).toBe(true);
      await world.pass(1_550);
      expect(await world.journal.claim(claimBy)).toBeNull();
    });

    it('of the dead is due at once after recover', async () => {
      await committed(world.journal, asking('a', [effect('x'), effect('y'), effect('z')]));
      await world.journal.claim({ ...claimBy, lease: later });
      await world.journal.claim({ ...claimBy, lease: later });
      await world.reopen();
      expect(await world.journal.recover()).toBe(2);
      expect(await world.journal.recover()).toBe(0);
      const claimed = await world.journal.claim({ ...claimBy, skip: ['y', 'z'] });
      expect(claimed).toMatchObject({ id: 'a/1/1', attempt: 2, fence: 2 });
      expect(await world.journal.finish({ id: 'a/1/2', fence: 1, state: 'done' })).toBe(false);
    });
  });

  describe('what is given back', () => {
    it('waits for its delay and counts its attempts', async () => {
      await committed(world.journal, asking('a', [effect('x')]));
      await world.journal.claim(claimBy);
      await world.journal.giveBack({ id: 'a/1/1', fence: 1, delay: 100, fresh: false, live: { done: 0.4 } });
      expect(await world.journal.claim(claimBy)).toBeNull();
      expect(await world.journal.live('a')).toEqual([{ type: 'x', body: { of: 'x' }, live: { done: 0.4 } }]);
      await world.pass(150);
      const again = await world.journal.claim(claimBy);
      expect(again).toMatchObject({ attempt: 2, fence: 2, live: { done: 0.4 } });
    });

    it('starts anew where nothing was sent, and keeps what it showed', async () => {
      await committed(world.journal, asking('a', [effect('x')]));
      await world.journal.claim(claimBy);
      await world.journal.giveBack({ id: 'a/1/1', fence: 1, delay: 0, fresh: true, live: 1 });
      await world.journal.claim(claimBy);
      await world.journal.giveBack({ id: 'a/1/1', fence: 2, delay: 0, fresh: true });
      expect(await world.journal.claim(claimBy)).toMatchObject({ attempt: 1, fence: 3, live: 1 });
      await world.journal.finish({ id: 'a/1/1', fence: 3, state: 'done' });
      expect(await world.journal.live('a')).toEqual([]);
    });
  });

  describe('the end of an effect', () => {
    it('is for good, done or parked', async () => {
      await committed(world.journal, asking('a', [effect('x'), effect('y')]));
      await claimAll(world.journal);
      expect(await world.journal.finish({ id: 'a/1/1', fence: 1, state: 'done' })).toBe(true);
      expect(await world.journal.finish({ id: 'a/1/2', fence: 1, state: 'parked' })).toBe(true);
      expect(await world.journal.finish({ id: 'a/1/1', fence: 1, state: 'done' })).toBe(false);
      expect(await world.journal.nextDue(0)).toBeNull();
      await world.pass(lease + 50);
      expect(await world.journal.claim(claimBy)).toBeNull();
    });
  });

  describe('a poke', () => {
    const poked = {
      ...effect('sync', { lane: 'l', deadline: 1000 }),
      id: 'a/live/k',
      stream: 'a',
      workspace: 'w',
    };

    it('makes an effect that is not there', async () => {
      await world.journal.poke(poked);
      await world.journal.poke(poked);
      expect(await claimAll(world.journal)).toEqual(['a/live/k']);
    });

    it('brings forward one that waits, and never puts it off', async () => {
      await world.journal.poke({ ...poked, due: { in: later } });
      await world.journal.poke(poked);
      await world.journal.poke({ ...poked, due: { in: later } });
      expect(await claimAll(world.journal)).toEqual(['a/live/k']);
    });

    it('lets one that is leased run once more, and only once', async () => {
      await world.journal.poke(poked);
      const first = await world.journal.claim(claimBy);
      await world.journal.poke(poked);
      await world.journal.poke(poked);
      expect(await world.journal.claim(claimBy)).toBeNull();
      expect(await world.journal.finish({ id: poked.id, fence: first?.fence ?? 0, state: 'done' })).toBe(
        true,
      );
      const second = await world.journal.claim(claimBy);
      expect(second).toMatchObject({ id: 'a/live/k', attempt: 1, fence: 2 });
      expect(await world.journal.finish({ id: poked.id, fence: 2, state: 'done' })).toBe(true);
      expect(await world.journal.claim(claimBy)).toBeNull();
    });

    it('that came before a second attempt is answered by that attempt', async () => {
      await world.journal.poke(poked);
      await world.journal.claim(claimBy);
      await world.journal.poke(poked);
      await world.journal.giveBack({ id: poked.id, fence: 1, delay: 0, fresh: false });
      expect(await world.journal.claim(claimBy)).toMatchObject({ attempt: 2 });
      await world.journal.finish({ id: poked.id, fence: 2, state: 'done' });
      expect(await world.journal.claim(claimBy)).toBeNull();
    });

    it('makes one that is over due again, with its time anew', async () => {
      await world.journal.poke({ ...poked, deadline: 10 });
      await world.journal.claim(claimBy);
      await world.journal.finish({ id: poked.id, fence: 1, state: 'done' });
      await world.pass(50);
      await world.journal.poke(poked);
      const again = await world.journal.claim(claimBy);
      expect(again).toMatchObject({ attempt: 1, fence: 2 });
      expect(again?.deadlineAt).toBeGreaterThan(again?.claimedAt ?? 0);
    });

    it('does not free the lease of one whose step ends it', async () => {
      await committed(world.journal, asking('a', [effect('x')]));
      await world.journal.claim(claimBy);
      await world.journal.poke({ ...effect('x'), id: 'a/1/1', stream: 'a', workspace: 'w' });
      const finishes = { id: 'a/1/1', fence: 1 };
      await committed(world.journal, step({ expected: 1, events: [happened('y')], finishes }));
      expect(await world.journal.claim(claimBy)).toMatchObject({ id: 'a/1/1', fence: 2, attempt: 1 });
    });
  });

  describe('a hurry', () => {
    it('makes what waits due now and leaves all else of it alone', async () => {
      await committed(world.journal, asking('a', [effect('x', { due: { in: later }, deadline: 2 * later })]));
      const [before] = await world.journal.waiting('a');
      expect(before).toMatchObject({ body: { of: 'x' } });
      expect(await world.journal.hurry('a/1/1')).toBe(true);
      const claimed = await world.journal.claim(claimBy);
      expect(claimed).toMatchObject({ id: 'a/1/1', attempt: 1, body: { of: 'x' } });
      expect(claimed?.deadlineAt).toBe((before?.dueAt ?? 0) + later);
    });

    it('keeps the count of attempts: who looked before looks again', async () => {
      await committed(world.journal, asking('a', [effect('x')]));
      await world.journal.claim(claimBy);
      await world.journal.giveBack({ id: 'a/1/1', fence: 1, delay: later, fresh: false });
      await world.journal.hurry('a/1/1');
      expect(await world.journal.claim(claimBy)).toMatchObject({ attempt: 2 });
    });

    it.each([
      [true, 'is looked at again at once'],
      [false, 'waits its time, where a server asked for it'],
    ])('of one that is leased: given back with `unlessPoked` %s, it %s', async (unlessPoked) => {
      await committed(world.journal, asking('a', [effect('x')]));
      await world.journal.claim(claimBy);
      expect(await world.journal.hurry('a/1/1')).toBe(true);
      const back = { id: 'a/1/1', delay: later, fresh: true };
      await world.journal.giveBack({ ...back, fence: 1, unlessPoked });
      expect(await claimAll(world.journal)).toEqual(unlessPoked ? ['a/1/1'] : []);
      if (!unlessPoked) return;
      await world.journal.giveBack({ ...back, fence: 2, unlessPoked });
      expect(await claimAll(world.journal)).toEqual([]);
    });

    it('does not wake what is over, nor make what never was', async () => {
      await committed(world.journal, asking('a', [effect('x')]));
      await world.journal.claim(claimBy);
      await world.journal.finish({ id: 'a/1/1', fence: 1, state: 'done' });
      expect(await world.journal.hurry('a/1/1')).toBe(false);
      expect(await world.journal.hurry('a/9/9')).toBe(false);
      expect(await world.journal.claim(claimBy)).toBeNull();
    });
  });
}
