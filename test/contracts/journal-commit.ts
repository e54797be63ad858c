import { describe, expect, it } from 'vitest';
import type { Step } from '../../src/journal/journal.ts';
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

export function commitContract(open: OpenWorld): void {
  const world = eachInItsWorld(open);
  const next = (more: Parameters<typeof step>[0] = {}) =>
    step({ expected: 1, events: [happened('changed')], ...more });

  describe('a step', () => {
    it('is kept whole: history, head and snapshot', async () => {
      const at = world.now();
      const events = [happened('opened', [], { n: 1 }), happened('named', [], { n: 2 })];
      const head = {
        place: 'p1',
        status: 'needsReview',
        title: 'Shoes',
        snapshot: { deep: [1, { x: null }] },
      };
      expect(await world.journal.commit(step({ events, head }))).toEqual({ kind: 'committed', version: 2 });
      const history = await world.journal.history('a');
      expect(history.map(({ seq, type, v, body }) => ({ seq, type, v, body }))).toEqual([
        { seq: 1, type: 'opened', v: 1, body: { n: 1 } },
        { seq: 2, type: 'named', v: 1, body: { n: 2 } },
      ]);
      expect(history[0]?.at).toBeGreaterThanOrEqual(at);
      const expected = { ...head, stream: 'a', workspace: 'w', kind: 'campaign', version: 2, person: 'u1' };
      expect(await world.journal.head('a')).toMatchObject(expected);
      expect(await world.journal.headAt('p1')).toMatchObject(expected);
    });

    it('is there after the journal was closed and opened again', async () => {
      await committed(world.journal, asking('a', [effect('later', { due: { in: 60_000 } })]));
      await world.reopen();
      expect(await world.journal.head('a')).toMatchObject({ version: 1 });
      expect(await world.journal.waiting('a')).toMatchObject([{ id: 'a/1/1', type: 'later' }]);
    });

    it('knows nothing of what was never written', async () => {
      expect(await world.journal.head('none')).toBeNull();
      expect(await world.journal.headAt('none')).toBeNull();
      expect(await world.journal.history('none')).toEqual([]);
      expect(await world.journal.account('none')).toBeNull();
      expect(await world.journal.seen('w', 'none')).toBeNull();
    });

    it('decided on an old version is a conflict and changes nothing', async () => {
      await committed(world.journal, step());
      await committed(world.journal, next());
      const late = next({ events: [happened('late', [effect('x')])], incoming: { id: 'i', answer: 1 } });
      expect(await world.journal.commit(late)).toEqual({ kind: 'conflict' });
      expect(await world.journal.commit(step())).toEqual({ kind: 'conflict' });
      expect(await world.journal.commit(next({ expected: 5 }))).toEqual({ kind: 'conflict' });
      expect(await world.journal.history('a')).toHaveLength(2);
      expect(await world.journal.waiting('a')).toEqual([]);
      expect(await world.journal.seen('w', 'i')).toBeNull();
    });

    it('is committed by one of many who decided on the same version', async () => {
      await committed(world.journal, step());
      const all = await Promise.all(Array.from({ length: 50 }, () => world.journal.commit(next())));
      expect(all.filter(({ kind }) => kind === 'committed')).toHaveLength(1);
      expect(all.filter(({ kind }) => kind === 'conflict')).toHaveLength(49);
      expect(await world.journal.history('a')).toHaveLength(2);
    });

    it('of another workspace does not touch the stream', async () => {
      await committed(world.journal, step());
      expect(await world.journal.commit(next({ workspace: 'other' }))).toEqual({ kind: 'conflict' });
    });

    it('without events leaves the head as it is', async () => {
      const empty = { events: [], incoming: { id: 'i0', answer: 0 } };
      expect(await world.journal.commit(step(empty))).toEqual({ kind: 'committed', version: 0 });
      expect(await world.journal.head('a')).toBeNull();
      await committed(world.journal, step());
      const same = next({ events: [], incoming: { id: 'i1', answer: 1 }, head: { title: 'Other' } });
      expect(await world.journal.commit(same)).toEqual({ kind: 'committed', version: 1 });
      expect(await world.journal.head('a')).toMatchObject({ version: 1, title: 'A film' });
      expect(await world.journal.commit(step({ ...empty, incoming: { id: 'i2', answer: 0 } }))).toEqual({
        kind: 'conflict',
      });
    });
  });

  describe('an incoming id', () => {
    const incoming = { id: 'click', answer: { campaign: 'a' } };

    it('is answered once, and the same again', async () => {
      await committed(world.journal, step({ incoming }));
      expect(await world.journal.seen('w', 'click')).toEqual({ answer: { campaign: 'a' } });
      const again = next({ incoming: { id: 'click', answer: { campaign: 'b' } } });
      expect(await world.journal.commit(again)).toEqual({ kind: 'seen', answer: { campaign: 'a' } });
      expect(await world.journal.history('a')).toHaveLength(1);
    });

    it('is seen rather than a conflict, when both are true', async () => {
      await committed(world.journal, step({ incoming }));
      expect(await world.journal.commit(step({ incoming }))).toMatchObject({ kind: 'seen' });
    });

    it('of one workspace is unknown in another', async () => {
      await committed(world.journal, step({ incoming }));
      expect(await world.journal.seen('other', 'click')).toBeNull();
      await committed(world.journal, step({ stream: 'b', workspace: 'other', incoming }));
    });

    it('that changed nothing keeps its first answer', async () => {
      await world.journal.answer('w', 'no', { refusal: 'first' });
      await world.journal.answer('w', 'no', { refusal: 'second' });
      expect(await world.journal.seen('w', 'no')).toEqual({ answer: { refusal: 'first' } });
    });
  });

  describe('what is to be kept of a step', () => {
    const keeps = [
      { space: 'slack', key: 'asker/a', value: { person: 'U1' } },
      { space: 'discord', key: 'asker/a', value: 'another' },
    ];
    const kept = () => Promise.all(keeps.map(({ space, key }) => world.journal.kept(space, key)));

    it('is kept in its own commit, and read, replaced and taken as all that is kept', async () => {
      await committed(world.journal, step({ keeps }));
      await world.reopen();
      expect(await kept()).toEqual([{ person: 'U1' }, 'another']);
      await committed(world.journal, next({ keeps: [{ space: 'discord', key: 'asker/a', value: null }] }));
      expect(await world.journal.takeKept('slack', 'asker/a')).toEqual({ person: 'U1' });
      expect(await kept()).toEqual([null, null]);
    });

    it('is not kept where the step is not committed', async () => {
      const incoming = { id: 'seen', answer: null };
      await committed(world.journal, step({ stream: 'b', incoming, head: { place: 'p' } }));
      const account = { id: 'month', cap: 1 };
      const postings = [{ account: 'month', kind: 'reserve', micros: 2, item: 'x' }] as const;
      const failing = [
        step({ incoming, keeps }),
        step({ expected: 3, keeps }),
        step({ finishes: { id: 'b/1/1', fence: 1 }, keeps }),
        step({ head: { place: 'p' }, keeps }),
        step({ accounts: [account], postings, keeps }),
      ];
      const kinds = ['seen', 'conflict', 'lost', 'occupied', 'short'];
      for (const [n, each] of failing.entries())
        expect(await world.journal.commit(each)).toMatchObject({ kind: kinds[n] });
      expect(await kept()).toEqual([null, null]);
    });
  });

  describe('a place', () => {
    it('has one stream', async () => {
      await committed(world.journal, step({ head: { place: 'p' } }));
      await committed(world.journal, step({ stream: 'b' }));
      const occupied = { kind: 'occupied', stream: 'a' };
      expect(await world.journal.commit(step({ stream: 'c', head: { place: 'p' } }))).toEqual(occupied);
      expect(await world.journal.commit(next({ stream: 'b', head: { place: 'p' } }))).toEqual(occupied);
      expect(await world.journal.head('c')).toBeNull();
      expect(await world.journal.head('b')).toMatchObject({ version: 1, place: null });
      await committed(world.journal, next({ head: { place: 'p' } }));
    });
  });

  describe('the board', () => {
    it('shows what waits for review first, then what changed last', async () => {
      for (const [stream, status] of [
        ['old-review', 'needsReview'],
        ['old', 'briefing'],
        ['new-review', 'needsReview'],
        ['new', 'approved'],
      ] as const) {
        await committed(world.journal, step({ stream, head: { status } }));
        await world.pass(5);
      }
      await committed(world.journal, step({ stream: 'elsewhere', workspace: 'other' }));
      await committed(world.journal, step({ stream: 'kind', head: { kind: 'workspace' } }));
      const names = async (more: { status?: string; limit: number }) =>
        (await world.journal.heads({ workspace: 'w', kind: 'campaign', ...more })).map((h) => h.stream);
      expect(await names({ limit: 10 })).toEqual(['new-review', 'old-review', 'new', 'old']);
      expect(await names({ limit: 3 })).toEqual(['new-review', 'old-review', 'new']);
      expect(await names({ limit: 10, status: 'needsReview' })).toEqual(['new-review', 'old-review']);
    });

    it('finds what one person began, the newest first', async () => {
      for (const [stream, person] of [
        ['a', 'ana'],
        ['b', 'lee'],
        ['c', 'ana'],
        ['d', 'ana'],
      ] as const) {
        await committed(world.journal, step({ stream, head: { person } }));
        await world.pass(10);
      }
      await committed(
        world.journal,
        step({ stream: 'elsewhere', workspace: 'other', head: { person: 'ana' } }),
      );
      const query = { workspace: 'w', kind: 'campaign', person: 'ana' };
      const names = async (limit: number) =>
        (await world.journal.headsBy({ ...query, limit })).map((h) => h.stream);
      expect(await names(10)).toEqual(['d', 'c', 'a']);
      expect(await names(2)).toEqual(['d', 'c']);
    });

    it('finds what one person has going on inside a place, the one with the newest of some events first', async () => {
      const open = (stream: string, more: Partial<Step['head']> = {}) =>
        committed(world.journal, step({ stream, head: { person: 'ana', place: `x:d/${stream}`, ...more } }));
      const goOn = async (
        stream: string,
        expected: number,
        type: string,
        more: Partial<Step['head']> = {},
      ) => {
        const head = { person: 'ana', place: `x:d/${stream}`, ...more };
        const events = [{ type, v: 1, body: {}, effects: [] }];
        await committed(world.journal, step({ stream, expected, head, events }));
        await world.pass(10);
      };
      for (const stream of ['a', 'b', 'c']) {
        await open(stream);
        await world.pass(10);
      }
      await open('unopened', { place: null });
      await open('over', { status: 'approved' });
      await open('of-lee', { person: 'lee' });
      await open('beside', { place: 'x:d2/1' });
      await open('around', { place: 'x:d' });
      await goOn('a', 1, 'done', { status: 'needsReview' });
      await committed(
        world.journal,
        step({ stream: 'elsewhere', workspace: 'other', head: { person: 'ana', place: 'x:d/z' } }),
      );
      const of = { workspace: 'w', kind: 'campaign', person: 'ana', place: 'x:d', types: ['said', 'asked'] };
      const names = async (statuses: string[], limit = 10) =>
        (await world.journal.headsWithin({ ...of, statuses, limit })).map((h) => h.stream);
      expect(await names(['briefing', 'needsReview'])).toEqual(['unopened', 'c', 'b', 'a']);
      expect(await names(['briefing', 'needsReview'], 2)).toEqual(['unopened', 'c']);
      expect(await names(['needsReview'])).toEqual(['a']);
      await goOn('b', 1, 'said');
      await goOn('c', 1, 'done');
      expect(await names(['briefing', 'needsReview'])).toEqual(['b', 'unopened', 'c', 'a']);
      await goOn('a', 2, 'asked');
      await goOn('b', 2, 'done');
      expect(await names(['briefing', 'needsReview'], 2)).toEqual(['a', 'b']);
    });
  });

  describe('the outcome of an effect', () => {
    it('ends the effect in its own step, under its fence', async () => {
      await committed(world.journal, asking('a', [effect('buy')]));
      const first = await world.journal.claim(claimBy);
      await world.pass(claimBy.lease + 50);
      const second = await world.journal.claim(claimBy);
      expect(second).toMatchObject({ id: 'a/1/1', fence: 2, attempt: 2 });
      const stale = next({ finishes: { id: 'a/1/1', fence: first?.fence ?? 0 } });
      expect(await world.journal.commit(stale)).toEqual({ kind: 'lost' });
      expect(await world.journal.head('a')).toMatchObject({ version: 1 });
      await committed(world.journal, next({ finishes: { id: 'a/1/1', fence: 2 } }));
      expect(await world.journal.waiting('a')).toEqual([]);
      const twice = next({ expected: 2, finishes: { id: 'a/1/1', fence: 2 } });
      expect(await world.journal.commit(twice)).toEqual({ kind: 'lost' });
    });

    it('that conflicts leaves the effect leased', async () => {
      await committed(world.journal, asking('a', [effect('buy')]));
      await world.journal.claim(claimBy);
      const finishes = { id: 'a/1/1', fence: 1 };
      expect(await world.journal.commit(next({ expected: 9, finishes }))).toEqual({ kind: 'conflict' });
      expect(await world.journal.finish({ ...finishes, state: 'done' })).toBe(true);
    });
  });
}
