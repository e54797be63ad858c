import { describe, expect, it } from 'vitest';
import { committed, eachInItsWorld, happened, type OpenWorld, step } from './journal-world.ts';

export function keptContract(open: OpenWorld): void {
  const world = eachInItsWorld(open);

  describe('what one process at a time may do', () => {
    const ada = { name: 'shard/0', holder: 'ada', lease: 1_500 };
    const lee = { ...ada, holder: 'lee' };

    it('is done by the first who asked, for as long as it is prolonged', async () => {
      expect(await world.journal.hold(ada)).toBe(true);
      expect(await world.journal.hold(lee)).toBe(false);
      expect(await world.journal.hold({ ...lee, name: 'shard/1' })).toBe(true);
      expect(await world.journal.hold({ ...ada, lease: 60_000 })).toBe(true);
      await world.pass(1_550);
      expect(await world.journal.hold(lee)).toBe(false);
      expect(await world.journal.hold({ ...ada, lease: 20 })).toBe(true);
      await world.pass(50);
      expect(await world.journal.hold(lee)).toBe(true);
      expect(await world.journal.hold(ada)).toBe(false);
      expect(await world.journal.letGo(ada)).toBe(false);
      expect(await world.journal.letGo(lee)).toBe(true);
      expect(await world.journal.hold(ada)).toBe(true);
    });

    it('is done by one of many who ask at once', async () => {
      const all = await Promise.all(
        Array.from({ length: 20 }, (_, i) => world.journal.hold({ ...ada, lease: 60_000, holder: `${i}` })),
      );
      expect(all.filter(Boolean)).toHaveLength(1);
    });
  });

  describe('what people wrote', () => {
    const body = {
      words: 'Shoes that run by themselves',
      notes: [{ words: 'brighter' }, { words: '' }],
      deep: { list: [[{ words: 'again' }]] },
      other: 'not theirs',
      words_ref: 'a name like any other',
    };
    const spoken = (stream = 'a', head: { status?: string; person?: string } = {}) =>
      step({
        stream,
        events: [happened('said', [], body)],
        head: { snapshot: { brief: body }, title: 'Shoes', ...head },
      });
    const gone = '[forgotten]';

    it('is read back where it stood', async () => {
      await committed(world.journal, spoken());
      expect((await world.journal.history('a'))[0]?.body).toEqual(body);
      expect((await world.journal.head('a'))?.snapshot).toEqual({ brief: body });
      const [head] = await world.journal.heads({ workspace: 'w', kind: 'campaign', limit: 1 });
      expect(head?.snapshot).toEqual({ brief: body });
    });

    it('is forgotten everywhere, and only where it was asked for', async () => {
      await committed(world.journal, spoken());
      await committed(world.journal, spoken('b'));
      expect(await world.journal.forget('a')).toBe(3);
      expect(await world.journal.forget('a')).toBe(0);
      const left = {
        ...body,
        words: gone,
        notes: [{ words: gone }, { words: '' }],
        deep: { list: [[{ words: gone }]] },
      };
      expect((await world.journal.history('a'))[0]?.body).toEqual(left);
      expect(await world.journal.head('a')).toMatchObject({ title: gone, snapshot: { brief: left } });
      expect((await world.journal.history('b'))[0]?.body).toEqual(body);
    });

    it('is known to be kept of streams, by their status and whose they are', async () => {
      const of = { workspace: 'w', kind: 'campaign', status: 'approved', limit: 10 };
      const head = { status: 'approved', person: 'maya' };
      await committed(world.journal, spoken('a', head));
      await committed(world.journal, spoken('b', { ...head, person: 'lee' }));
      await committed(world.journal, spoken('c', { ...head, status: 'briefing' }));
      await committed(world.journal, step({ stream: 'd', head }));
      expect((await world.journal.texted(of)).sort()).toEqual(['a', 'b']);
      expect(await world.journal.texted({ ...of, person: 'lee' })).toEqual(['b']);
      expect(await world.journal.texted({ ...of, limit: 1 })).toHaveLength(1);
      await world.journal.forget('b');
      expect(await world.journal.texted(of)).toEqual(['a']);
    });

    it('can be gone and the stream goes on', async () => {
      await committed(world.journal, spoken());
      await world.journal.forget('a');
      const snapshot = (await world.journal.head('a'))?.snapshot;
      const events = [happened('said', [], { words: 'new' })];
      await committed(world.journal, step({ expected: 1, events, head: { snapshot } }));
      const bodies = (await world.journal.history('a')).map((event) => event.body);
      expect(bodies).toMatchObject([{ words: gone }, { words: 'new' }]);
      expect((await world.journal.head('a'))?.snapshot).toMatchObject({ brief: { words: gone } });
    });

    it('of a step that failed is not kept', async () => {
      await committed(world.journal, step());
      await world.journal.commit(spoken());
      expect(await world.journal.forget('a')).toBe(0);
    });

    it('may be anything a person can type', async () => {
      const words = '"\\ \n\t 💃🏽 {"words_ref":"x"} \u0007 ‮';
      await committed(world.journal, step({ head: { snapshot: { words } } }));
      expect((await world.journal.head('a'))?.snapshot).toEqual({ words });
    });
  });

  describe('a card', () => {
    const shown = {
      ...{ place: 'p', key: 'cut:1a', stream: 'a', message: 'm1', generation: 1, hash: 'h' },
      file: 'f'.repeat(64),
    };

    it('is found by its key and by its message', async () => {
      await world.journal.keepCard(shown);
      await world.journal.keepCard({ ...shown, place: 'q', file: null });
      expect(await world.journal.card('p', 'cut:1a')).toEqual(shown);
      expect(await world.journal.cardOf('p', 'm1')).toEqual(shown);
      expect(await world.journal.card('q', 'cut:1a')).toEqual({ ...shown, place: 'q', file: null });
      expect(await world.journal.card('p', 'none')).toBeNull();
      expect(await world.journal.cardOf('q', 'none')).toBeNull();
    });

    it('is found by its message in the place around its conversation, and in no other', async () => {
      await world.journal.keepCard({ ...shown, place: 'slack:T1/C1/100.1' });
      await world.journal.keepCard({ ...shown, place: 'slack:T2/C1/100.1', stream: 'b' });
      expect((await world.journal.cardOf('slack:T1/C1', 'm1'))?.stream).toBe('a');
      expect((await world.journal.cardOf('slack:T2/C1', 'm1'))?.stream).toBe('b');
      expect(await world.journal.cardOf('slack:T1/C', 'm1')).toBeNull();
    });

    it('has one message, the newest', async () => {
      await world.journal.keepCard(shown);
      const newer = { ...shown, message: 'm2', generation: 2, hash: 'h2' };
      await world.journal.keepCard(newer);
      expect(await world.journal.card('p', 'cut:1a')).toEqual(newer);
      expect(await world.journal.cardOf('p', 'm1')).toBeNull();
      await world.reopen();
      expect(await world.journal.cardOf('p', 'm2')).toEqual(newer);
    });
  });

  describe('the tenants', () => {
    it('are all that have a stream, each once', async () => {
      expect(await world.journal.workspaces()).toEqual([]);
      for (const [stream, workspace] of [
        ['a', 'w'],
        ['b', 'w'],
        ['c', 'v'],
      ] as const)
        await committed(world.journal, step({ stream, workspace }));
      expect(await world.journal.workspaces()).toEqual(['v', 'w']);
      const own = { kind: 'workspace', place: null, title: '', person: '', snapshot: {} };
      for (const [workspace, status] of [
        ['v', 'set'],
        ['w', 'suspended'],
      ] as const)
        await committed(
          world.journal,
          step({ stream: `workspace:${workspace}`, workspace, head: { ...own, status } }),
        );
      expect(await world.journal.workspaces('suspended')).toEqual(['w']);
    });

    it('are told apart by where their conversations are', async () => {
      const head = { kind: 'campaign', status: 'open', title: '', person: '', snapshot: {} };
      for (const [stream, workspace, place] of [
        ['a', 'w', 'discord:w/1'],
        ['b', 'w', 'discord:w/2'],
        ['c', 'v', 'discord:\u{10FFFE}'],
        ['d', 't', 'slack:t/1'],
        ['e', 's', 'discordant:s/1'],
        ['f', 'r', null],
      ] as const)
        await committed(world.journal, step({ stream, workspace, head: { ...head, place } }));
      expect(await world.journal.workspacesAt('discord:')).toEqual(['v', 'w']);
      expect(await world.journal.workspacesAt('terminal:')).toEqual([]);
    });

    it('are told apart by what else they have', async () => {
      const head = { place: null, title: '', person: '', snapshot: {} };
      const keep = (stream: string, workspace: string, kind: string, status: string) =>
        committed(world.journal, step({ stream, workspace, head: { ...head, kind, status } }));
      for (const [workspace, status] of [
        ['u', 'suspended'],
        ['v', 'suspended'],
        ['w', 'set'],
      ] as const)
        await keep(`workspace:${workspace}`, workspace, 'workspace', status);
      await keep('a', 'u', 'campaign', 'over');
      for (const [stream, workspace] of [
        ['b', 'v'],
        ['c', 'v'],
        ['d', 'w'],
      ] as const)
        await keep(stream, workspace, 'campaign', 'open');
      const having = (...statuses: string[]) =>
        world.journal.workspaces('suspended', { kind: 'campaign', statuses });
      expect(await having('open', 'waiting')).toEqual(['v']);
      expect((await having('over', 'open')).sort()).toEqual(['u', 'v']);
      expect(await having('waiting')).toEqual([]);
    });
  });

  describe('what a platform keeps', () => {
    it('is read back, replaced and dropped', async () => {
      expect(await world.journal.kept('slack', 'T1')).toBeNull();
      await world.journal.keep('slack', 'T1', { token: 'x' });
      await world.journal.keep('slack', 'T1', { token: 'y' });
      await world.journal.keep('discord', 'T1', 7);
      expect(await world.journal.kept('slack', 'T1')).toEqual({ token: 'y' });
      await world.reopen();
      await world.journal.keep('slack', 'T1', null);
      expect(await world.journal.kept('slack', 'T1')).toBeNull();
      expect(await world.journal.kept('discord', 'T1')).toBe(7);
    });

    it('is found by how its key begins', async () => {
      const { journal } = world;
      for (const key of ['a/2', 'a/1', 'a', 'ab/1', 'a/\u{10FFFE}', 'b/1'])
        await journal.keep('slack', key, 1);
      await journal.keep('discord', 'a/3', 1);
      expect(await journal.keptKeys('slack', 'a/')).toEqual(['a/1', 'a/2', 'a/\u{10FFFE}']);
      await journal.keep('slack', 'a/1', null);
      expect(await journal.keptKeys('slack', 'a/')).toEqual(['a/2', 'a/\u{10FFFE}']);
      expect(await journal.keptKeys('slack', 'c')).toEqual([]);
    });

    it('of a workspace is forgotten with it, and nothing else', async () => {
      const { journal } = world;
      await committed(
        journal,
        step({ workspace: 'w', keeps: [{ space: 'slack', key: 'asker/a', value: 1 }] }),
      );
      await journal.keep('discord', 'button/1', { words: 'a' }, 'w');
      await journal.keep('discord', 'button/1', { words: 'b' });
      await journal.keep('discord', 'button/2', 2, 'v');
      await journal.keep('discord', 'session', 3);
      expect(await journal.keptOf('discord')).toEqual(['v', 'w']);
      expect(await journal.keptOf('slack')).toEqual(['w']);
      expect(await journal.forgetKept('')).toBe(0);
      expect(await journal.forgetKept('w')).toBe(2);
      expect(await journal.keptOf('discord')).toEqual(['v']);
      expect(await journal.kept('discord', 'button/1')).toBeNull();
      expect(await journal.kept('slack', 'asker/a')).toBeNull();
      expect(await journal.kept('discord', 'button/2')).toBe(2);
      expect(await journal.kept('discord', 'session')).toBe(3);
    });

    it('is taken by one of those who want it', async () => {
      await world.journal.keep('slack', 'state', { at: 1 });
      const taken = await Promise.all([1, 2, 3].map(() => world.journal.takeKept('slack', 'state')));
      expect(taken.filter((one) => one !== null)).toEqual([{ at: 1 }]);
      expect(await world.journal.kept('slack', 'state')).toBeNull();
    });
  });
}
