import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import type { Intent } from '../../src/campaign/intent.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { openSqlite } from '../../src/journal/sqlite.ts';
import { sealWith } from '../../src/seal.ts';
import { doors } from '../../src/wiring/doors.ts';
import { memoryChat } from '../support/chat.ts';
import { dropFolder } from '../support/folder.ts';
import { type Rig, rig } from '../support/rig.ts';

let open: Rig | undefined;
afterEach(() => open?.close());

const seal = sealWith([{ id: 'first', key: new Uint8Array(32).fill(7) }]);
const asker = { person: 'ada', url: 'https://example.com/answer' };
const at = { place: 'memory:c' };
const opening: Intent = { type: 'open', words: 'a calm film', options: {}, references: [], ...at };
const incoming = { workspace: 'w', person: 'ada', at, asker };

async function roomed(journal?: (journal: Journal) => Journal) {
  const it = await rig({ chat: memoryChat().chat, ...(journal ? { journal } : {}) });
  open = it;
  const parts = { engine: it.engine, journal: it.journal, clock: it.clock.now, catalogue: it.catalogue };
  return { ...it, doors: doors('memory', { ...parts, seal }) };
}

test('who asked is written down in the commit that opens the campaign, sealed', async () => {
  const written: string[] = [];
  const it = await roomed((journal) => ({
    ...journal,
    commit(step) {
      written.push('commit');
      return journal.commit(step);
    },
    async keep() {
      written.push('keep');
    },
  }));
  const { campaign } = await it.doors.tell({ ...incoming, id: 'a', intent: opening });
  expect(written).toEqual(['commit']);
  expect(JSON.stringify(await it.journal.kept('memory', `asker/${campaign}`))).toMatch(/sealed/);
  expect(await it.doors.keep.take(`asker/${campaign}`)).toEqual(asker);
});

test('a commit that fails leaves neither the campaign nor who asked', async () => {
  let broken = true;
  const it = await roomed((journal) => ({
    ...journal,
    commit: (step) =>
      broken ? journal.commit({ ...step, events: [...step.events, {} as never] }) : journal.commit(step),
  }));
  await expect(it.doors.tell({ ...incoming, id: 'a', intent: opening })).rejects.toThrow();
  expect(await it.engine.board({ workspace: 'w', limit: 1 })).toEqual([]);
  expect(await it.journal.kept('memory', 'asker/id1')).toBeNull();
  broken = false;
  const { campaign } = await it.doors.tell({ ...incoming, id: 'a', intent: opening });
  expect(await it.doors.keep.get(`asker/${campaign}`)).toEqual(asker);
});

test('what comes again after who asked was told makes nobody be told again', async () => {
  const it = await roomed();
  const { campaign } = await it.doors.tell({ ...incoming, id: 'a', intent: opening });
  await it.doors.keep.take(`asker/${campaign}`);
  expect((await it.doors.tell({ ...incoming, id: 'a', intent: opening })).campaign).toBe(campaign);
  expect(await it.doors.keep.get(`asker/${campaign}`)).toBeNull();
});

test('what opens nothing has nobody to tell', async () => {
  const it = await roomed();
  const { campaign } = await it.doors.tell({ ...incoming, id: 'a', intent: opening });
  await it.doors.keep.take(`asker/${campaign}`);
  const say: Intent = { type: 'say', words: 'warmer', references: [] };
  await it.doors.tell({ ...incoming, at: { campaign: campaign ?? '' }, id: 'b', intent: say });
  expect(await it.doors.keep.get(`asker/${campaign}`)).toBeNull();
});

const life = fileURLToPath(new URL('./asker-life.ts', import.meta.url));

/** A life that opens campaigns until it is killed; resolves to what it acknowledged. */
async function lived(folder: string, name: string, long: number): Promise<string[]> {
  const child = spawn(process.execPath, [life, folder, name], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  await once(child.stdout, 'data');
  await new Promise((resolve) => setTimeout(resolve, long));
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
  return said.split('\n').slice(0, -1);
}

test('killed at any instant: of every campaign there is, it is known who asked, once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-asker-'));
  onTestFinished(() => dropFolder(folder));
  const acknowledged: string[] = [];
  for (const n of [1, 2, 3, 4]) acknowledged.push(...(await lived(folder, `life${n}`, n * 9)));
  const journal = await openSqlite({ folder, clock: Date.now });
  onTestFinished(() => journal.close());
  const heads = await journal.heads({ workspace: 'T', kind: 'campaign', limit: 100_000 });
  const campaigns = heads.map(({ stream }) => stream.slice('campaign:'.length));
  expect(campaigns.length).toBeGreaterThanOrEqual(acknowledged.length);
  expect(acknowledged.length).toBeGreaterThan(6);
  const askers = await Promise.all(
    campaigns.map((campaign) => journal.takeKept('slack', `asker/${campaign}`)),
  );
  const asked = new Map(
    campaigns.map((campaign, i) => [campaign, (askers[i] as { for: string } | null)?.for]),
  );
  expect(new Set(asked.values()).size).toBe(campaigns.length);
  expect([...asked.values()]).not.toContain(undefined);
  for (const line of acknowledged) {
    const [id, campaign = ''] = line.split(' ');
    expect(asked.get(campaign)).toBe(id);
  }
}, 60_000);
