import { describe, expect, onTestFinished, test } from 'vitest';
import type { Intent } from '../../../src/campaign/intent.ts';
import type { Desk } from '../../../src/chat/discord/desk.ts';
import { arrive, compare, leave } from '../../../src/chat/discord/leave.ts';
import { doors } from '../../../src/wiring/doors.ts';
import { memoryChat } from '../../support/chat.ts';
import { type Rig, rig } from '../../support/rig.ts';

/** A desk with a slow journal that counts how often it is looked into. `members`: the servers that have us. */
function deskWith({ gone = [] as string[], here = [] as string[], members = new Set<string>() }) {
  const suspended = new Set(gone);
  const said: string[] = [];
  const seen = { looks: 0, fails: 0 };
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const doors = {
    async tenants(which: 'here' | 'gone') {
      seen.looks++;
      const now = which === 'gone' ? [...suspended] : here;
      await turn();
      return now;
    },
    async suspend({ workspace }: { workspace: string }) {
      await turn();
      if (seen.fails-- > 0) throw new Error('no disk');
      suspended.add(workspace);
      said.push(`left ${workspace}`);
    },
    async resume({ workspace }: { workspace: string }) {
      await turn();
      suspended.delete(workspace);
      said.push(`back ${workspace}`);
    },
  };
  const guilds = {
    async isIn(id: string) {
      await turn();
      return members.has(id);
    },
  };
  return { said, seen, members, desk: { doors, guilds, clock: () => 5 } as unknown as Desk };
}

const opens: Intent = { type: 'open', words: 'tea', options: {}, references: [], place: 'memory:c' };

async function openedIn(workspace: string, { engine }: Rig): Promise<string> {
  const by = { workspace, person: 'maya', at: { place: 'memory:c' } };
  return (await engine.tell({ ...by, id: 'open', intent: opens })).campaign ?? '';
}

const servers = (count: number) => Array.from({ length: count }, (_, i) => `${i + 1}`);
const ready = (ids: string[], shard?: [number, number]) =>
  ({ guilds: ids.map((id) => ({ id, unavailable: true })), shard }) as Parameters<typeof compare>[0];

describe('servers that come and go', () => {
  test('thousands that come at once share a few looks into the journal', async () => {
    const members = new Set(servers(2_500));
    const { desk, seen, said } = deskWith({ gone: ['7'], members });
    await Promise.all([...members].map((id) => arrive({ id }, desk)));
    expect(seen.looks).toBeLessThan(10);
    expect(said).toEqual(['back 7']);
  });

  test('one that comes back just after it left is heard of as it left', async () => {
    const { desk, said, members } = deskWith({});
    const left = leave({ id: '1' }, desk);
    await new Promise((resolve) => setTimeout(resolve, 20));
    members.add('1');
    await Promise.all([left, arrive({ id: '1' }, desk)]);
    expect(said).toEqual(['left 1', 'back 1']);
  });

  test('one that is only down is not gone', async () => {
    const { desk, said } = deskWith({});
    await leave({ id: '1', unavailable: true }, desk);
    expect(said).toEqual([]);
  });

  test('what could not be handled at once, and is over by the time it can, changes nothing', async () => {
    const { desk, said, seen, members } = deskWith({});
    seen.fails = 1;
    await expect(leave({ id: '1' }, desk)).rejects.toThrow('no disk');
    members.add('1');
    await arrive({ id: '1' }, desk);
    await leave({ id: '1' }, desk);
    expect(said).toEqual([]);
  });

  test('one that is told to have us, but has put us out since, stays gone', async () => {
    const { desk, said } = deskWith({ gone: ['1'] });
    await arrive({ id: '1' }, desk);
    expect(said).toEqual([]);
  });
});

describe('whoever put us out while nobody listened', () => {
  test('is missing when a session begins', async () => {
    const { desk, said } = deskWith({ here: servers(3), members: new Set(['1', '2']) });
    await compare(ready(['1', '2']), desk);
    expect(said).toEqual(['left 3']);
  });

  test('is missing where it would be told of only', async () => {
    const [even, odd] = [`${2n << 22n}`, `${3n << 22n}`];
    const { desk, said } = deskWith({ here: [even, odd] });
    await compare(ready([], [1, 2]), desk);
    expect(said).toEqual([`left ${odd}`]);
  });

  test('is asked for once more', async () => {
    const { desk, said } = deskWith({ here: ['1'], members: new Set(['1']) });
    await compare(ready([]), desk);
    expect(said).toEqual([]);
  });

  test('and was let go by half is let go wholly, and then no more is asked or written', async () => {
    const it = await rig({ chat: memoryChat().chat });
    onTestFinished(() => it.close());
    const [half, whole] = ['1', '2'] as const;
    const own = doors('memory', { ...it, clock: it.clock.now, seal: null });
    const campaigns: string[] = [];
    for (const workspace of [half, whole]) {
      campaigns.push(`campaign:${await openedIn(workspace, it)}`);
      await own.keep.put(`button/${workspace}`, 1, workspace);
    }
    await it.engine.tellWorkspace({ id: 'left', workspace: half, person: '', intent: { type: 'suspend' } });
    await own.suspend({ id: 'left', workspace: whole });
    const asked: string[] = [];
    const guilds = {
      async isIn(id: string) {
        asked.push(id);
        return false;
      },
    };
    const desk = { doors: own, guilds, clock: it.clock.now } as unknown as Desk;
    for (let session = 0; session < 3; session++) await compare(ready([]), desk);
    for (const stream of campaigns) expect((await it.engine.campaign(stream)).phase).toBe('cancelled');
    expect(asked).toEqual([half]);
    expect(await own.tenants('gone')).toEqual([half, whole]);
  });

  test('is known by its conversations, where nothing else is kept; those of other platforms are not', async () => {
    const it = await rig({ chat: memoryChat().chat });
    onTestFinished(() => it.close());
    await it.start();
    for (const workspace of ['1', '2'])
      await it.until(await openedIn(workspace, it), (c) => c.place !== null);
    const parts = { ...it, clock: it.clock.now, seal: null };
    expect(await doors('discord', parts).tenants('here')).toEqual([]);
    const own = doors('memory', parts);
    expect(await own.tenants('here')).toEqual(['1', '2']);
    await own.keep.put('button/2', 1, '2');
    await own.keep.put('button/3', 1, '3');
    expect((await own.tenants('here')).sort()).toEqual(['1', '2', '3']);
    await own.suspend({ id: 'left', workspace: '1' });
    expect((await own.tenants('here')).sort()).toEqual(['2', '3']);
  });
});
