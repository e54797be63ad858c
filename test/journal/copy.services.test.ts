import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyJournal } from '../../src/journal/copy.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { openPostgres, openPostgresTables } from '../../src/journal/postgres.ts';
import { journalFile, openSqlite, openSqliteTables } from '../../src/journal/sqlite.ts';
import { asking, claimBy, committed, effect, happened, step } from '../contracts/journal-world.ts';
import { say, schema } from './postgres-world.ts';
import { tempFolder } from './sqlite-world.ts';

const program = fileURLToPath(new URL('../../src/cli/journal.ts', import.meta.url));

let now = Date.UTC(2026, 10, 20);
const clock = () => now++;

/** A bit of everything a journal can hold, more than a page of some of it. */
async function fill(journal: Journal): Promise<void> {
  const account = { id: 'month', cap: 9_000_000_000_000 };
  const posting = { account: 'month', kind: 'reserve', micros: 1_234_567, item: 'take:1' } as const;
  const decision = {
    take: '1',
    sha256: 'f00',
    verdict: 'approve',
    person: 'u',
    role: 'lead',
    words: 'Go 🎬',
  };
  for (let n = 0; n < 600; n++) await committed(journal, step({ stream: `s${n}` }));
  await committed(
    journal,
    asking('a', [effect('now'), effect('later', { due: { in: 60_000 } }), effect('w')]),
  );
  const words = { words: `Ein Film über Füße, "quoted" \\ and 'so' on` };
  const rich = step({
    expected: 1,
    events: [happened('told', [], words)],
    head: { snapshot: words, place: 'p' },
  });
  await committed(journal, { ...rich, accounts: [account], postings: [posting], decisions: [decision] });
  await committed(journal, step({ stream: 'forgotten', events: [happened('told', [], words)] }));
  await journal.forget('forgotten');
  const claimed = await journal.claim({ ...claimBy, lease: 60_000 });
  if (claimed) await journal.finish({ ...claimed, state: 'done' });
  await journal.claim({ ...claimBy, lease: 60_000 });
  await journal.answer('w', 'click', { refusal: null });
  await journal.keep('slack', 'T1', { token: 'x' });
  const shown = {
    place: 'p',
    key: 'brief',
    stream: 'a',
    message: 'm1',
    generation: 2,
    hash: 'h',
    file: null,
  };
  await journal.keepCard(shown);
}

/** What a journal says to whoever asks. */
const everything = async (journal: Journal) => ({
  heads: await journal.heads({ workspace: 'w', kind: 'campaign', limit: 1000 }),
  history: [await journal.history('a'), await journal.history('forgotten')],
  waiting: await journal.waiting('a'),
  ledger: await journal.ledger({ workspace: 'w' }),
  account: await journal.account('month'),
  rest: [
    await journal.card('p', 'brief'),
    await journal.kept('slack', 'T1'),
    await journal.seen('w', 'click'),
  ],
});

describe('a journal that moves to another database', () => {
  const folders = { from: '', back: '' };
  let corner: Awaited<ReturnType<typeof schema>>;
  beforeEach(async () => {
    folders.from = tempFolder();
    folders.back = tempFolder();
    corner = await schema();
  });
  afterEach(async () => {
    for (const folder of Object.values(folders)) rmSync(folder, { recursive: true });
    await corner.drop();
  });

  const inSqlite = async <T>(folder: string, use: (journal: Journal) => Promise<T>) => {
    const journal = await openSqlite({ folder, clock });
    return use(journal).finally(() => journal.close());
  };
  const inPostgres = async <T>(use: (journal: Journal) => Promise<T>) => {
    const journal = await openPostgres({ url: corner.url, connections: 2 });
    return use(journal).finally(() => journal.close());
  };

  async function copy(folder: string, back = false): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    const here = await openSqliteTables({ folder, clock });
    const there = await openPostgresTables({ url: corner.url, connections: 1 });
    const told = (table: string, count: number) => void Object.assign(counts, { [table]: count });
    try {
      await (back ? copyJournal(there, here, told) : copyJournal(here, there, told));
    } finally {
      await Promise.all([here.close(), there.close()]);
    }
    return counts;
  }

  it('says the same there, and the same again when it has come back', async () => {
    await inSqlite(folders.from, fill);
    const before = await inSqlite(folders.from, everything);
    const counts = await copy(folders.from);
    expect(counts).toMatchObject({ event: 603, head: 602, effect: 3, ledger: 2, account: 1, words: 2 });
    expect(await inPostgres(everything)).toEqual(before);
    expect(await copy(folders.back, true)).toEqual(counts);
    expect(await inSqlite(folders.back, everything)).toEqual(before);
  });

  it('refuses to be poured into one that has something', async () => {
    await inSqlite(folders.from, (journal) => committed(journal, step()));
    await inPostgres((journal) => journal.keep('x', 'y', 1));
    await expect(copy(folders.from)).rejects.toMatchObject({ code: 'journal-not-empty' });
    expect(await inPostgres((journal) => journal.head('a'))).toBeNull();
  });

  it('is whole or cannot be opened: a copy that was cut off says so, and what to do', async () => {
    await inSqlite(folders.from, fill);
    const here = await openSqliteTables({ folder: folders.from, clock });
    const there = await openPostgresTables({ url: corner.url, connections: 1 });
    let pages = 0;
    const dying: typeof there = {
      ...there,
      write: (...given) => (++pages > 3 ? Promise.reject(new Error('killed')) : there.write(...given)),
    };
    await expect(copyJournal(here, dying, () => undefined)).rejects.toThrow('killed');
    await Promise.all([here.close(), there.close()]);
    const half = { name: 'Never', code: 'journal-half', message: /copy .*cut off. Empty the database/ };
    await expect(openPostgres({ url: corner.url, connections: 1 })).rejects.toMatchObject(half);
    await expect(copy(folders.from)).rejects.toMatchObject(half);
    await expect(copy(folders.back, true)).rejects.toMatchObject(half);
  });

  it('cannot be opened in a folder either, where only a part of it came back', async () => {
    await inSqlite(folders.back, async () => undefined);
    const file = new DatabaseSync(join(folders.back, journalFile));
    file.exec('INSERT INTO copying VALUES (1)');
    file.close();
    const opened = openSqlite({ folder: folders.back, clock });
    await expect(opened).rejects.toMatchObject({ name: 'Never', code: 'journal-half' });
  });

  it('is no journal where there is nothing in it, and none is made where there is none', async () => {
    await inSqlite(folders.from, async () => undefined);
    await expect(copy(folders.from)).rejects.toMatchObject({ code: 'journal-empty' });
    const nowhere = join(folders.from, 'nowhere');
    const env = { DATA_DIR: nowhere, DATABASE_URL: corner.url };
    const ran = spawnSync(process.execPath, [program, 'copy'], { env, encoding: 'utf8' });
    expect(ran).toMatchObject({ status: 1, stdout: '' });
    expect(ran.stderr).toMatch(/^There is no journal in .*nowhere.*DATA_DIR.*\n$/);
    expect(existsSync(nowhere)).toBe(false);
  });

  it('says so when the copy is not what was copied', async () => {
    await inSqlite(folders.from, (journal) => committed(journal, step()));
    await inPostgres(async () => undefined);
    const spoil = `CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN NEW.title := NEW.title || '!'; RETURN NEW; END $$`;
    await say(corner.url, spoil);
    await say(corner.url, 'CREATE TRIGGER spoil BEFORE INSERT ON head FOR EACH ROW EXECUTE FUNCTION spoil()');
    await expect(copy(folders.from)).rejects.toMatchObject({ code: 'journal-copy-differs', message: /head/ });
  });
});
