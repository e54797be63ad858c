import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Journal } from '../../src/journal/journal.ts';
import { claim, nextDue } from '../../src/journal/queries/claim.ts';
import type { Query } from '../../src/journal/query.ts';
import { openSqlite } from '../../src/journal/sqlite.ts';
import { committed, effect, happened, step } from '../contracts/journal-world.ts';
import { tempFolder } from './sqlite-world.ts';

describe('the journal on SQLite', () => {
  let folder = '';
  let opened: Journal[] = [];
  beforeEach(() => {
    folder = tempFolder();
    opened = [];
  });
  afterEach(async () => {
    for (const journal of opened) await journal.close();
    rmSync(folder, { recursive: true });
  });

  async function open(more: { pages?: number } = {}): Promise<Journal> {
    const journal = await openSqlite({ folder, clock: Date.now, ...more });
    opened.push(journal);
    return journal;
  }
  const file = () => join(folder, 'journal.db');
  const never = (code: string) => ({
    name: 'Never',
    code: `journal-${code}`,
    message: expect.stringContaining(' '),
  });
  const more = (expected: number, words: string) =>
    step({ expected, events: [happened('said', [effect('x')], { words })], head: { snapshot: { words } } });

  it('makes its folder and is durable in WAL', async () => {
    folder = join(folder, 'deep/er');
    await open();
    const other = new DatabaseSync(file());
    expect(other.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(other.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE sql LIKE '%STRICT'").get()).toEqual({
      n: 12,
    });
    other.close();
  });

  it('is owned once even within a process', async () => {
    const first = await open();
    await expect(open()).rejects.toMatchObject(never('in-use'));
    await first.close();
    await first.close();
    await open();
  });

  it('says that it is closed to whoever comes late', async () => {
    const journal = await open();
    const before = journal.commit(more(0, 'in time'));
    await journal.close();
    await expect(before).resolves.toMatchObject({ kind: 'committed' });
    await expect(journal.commit(more(1, 'late'))).rejects.toMatchObject(never('closed'));
    await expect(journal.head('s')).rejects.toMatchObject(never('closed'));
  });

  it('refuses a folder that cannot be made', async () => {
    writeFileSync(join(folder, 'file'), '');
    const inside = openSqlite({ folder: join(folder, 'file'), clock: Date.now });
    await expect(inside).rejects.toMatchObject(never('unwritable'));
  });

  it('refuses a folder in which no file can be made', async () => {
    mkdirSync(file());
    await expect(open()).rejects.toMatchObject(never('unwritable'));
    rmSync(file(), { recursive: true });
    await open();
  });

  it('refuses rubbish in place of the file', async () => {
    writeFileSync(file(), 'no database '.repeat(1000));
    await expect(open()).rejects.toMatchObject(never('corrupt'));
    rmSync(file());
    await open();
  });

  it('refuses a file that is damaged inside', async () => {
    const journal = await open();
    for (let n = 0; n < 50; n++) await committed(journal, more(n, `${n} `.repeat(500)));
    await journal.close();
    const bytes = readFileSync(file());
    bytes.fill(0xa5, 8192, bytes.length - 8192);
    writeFileSync(file(), bytes);
    await expect(open()).rejects.toMatchObject(never('corrupt'));
  });

  it('refuses what a newer program has written', async () => {
    await (await open()).close();
    const other = new DatabaseSync(file());
    other.exec('INSERT INTO migration VALUES (99, 0)');
    other.close();
    await expect(open()).rejects.toMatchObject(never('newer'));
  });

  it('says when another program holds the file, and goes on afterwards', async () => {
    const journal = await open();
    const other = new DatabaseSync(file());
    other.exec('BEGIN IMMEDIATE');
    await expect(journal.commit(more(0, 'x'))).rejects.toMatchObject(never('locked'));
    expect(await journal.head('a')).toBeNull();
    other.exec('ROLLBACK');
    await committed(journal, more(0, 'x'));
    await journal.close();
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    await expect(open()).rejects.toMatchObject(never('locked'));
    other.close();
    await open();
  });

  it('that is full loses nothing, tears nothing and goes on once there is room', async () => {
    const journal = await open({ pages: 60 });
    let version = 0;
    const fill = async () => {
      for (;;) version = await committed(journal, more(version, `${version} `.repeat(300)));
    };
    await expect(fill()).rejects.toMatchObject(never('full'));
    expect(version).toBeGreaterThan(3);
    await expect(journal.commit(more(version, 'y'.repeat(9000)))).rejects.toMatchObject(never('full'));
    expect(await journal.head('a')).toMatchObject({ version });
    expect(await journal.history('a')).toHaveLength(version);
    expect(await journal.waiting('a')).toHaveLength(version);
    await journal.close();
    const roomy = await open();
    expect(await roomy.history('a')).toHaveLength(version);
    expect(await committed(roomy, more(version, 'z'))).toBe(version + 1);
  });

  it('leaves nothing of a step that broke in its midst', async () => {
    const journal = await open();
    const broken = more(0, 'x');
    broken.events.push({ ...happened('bad'), type: undefined as unknown as string });
    await expect(journal.commit(broken)).rejects.toThrow();
    expect(await journal.head('a')).toBeNull();
    expect(await journal.waiting('a')).toEqual([]);
    await committed(journal, more(0, 'x'));
  });

  it('leaves no byte of a forgotten text in its files', async () => {
    const journal = await open();
    const secrets = ['a short secret', `a long secret ${'and more '.repeat(2000)}`];
    for (const [n, words] of secrets.entries()) await committed(journal, more(n, words));
    await journal.keep('discord', 'button/1', { words: 'a kept secret' }, 'w');
    for (const n of [1, 800])
      await journal.keep('slack', `accepted/${n}`, { words: 'a dropped secret '.repeat(n) });
    const bytes = () => ['', '-wal'].map((end) => readFileSync(file() + end, 'latin1')).join('');
    expect(bytes()).toContain('a short secret');
    expect(bytes()).toContain('a kept secret');
    for (const n of [1, 800]) await journal.keep('slack', `accepted/${n}`, null);
    await journal.forget('a');
    await journal.forgetKept('w');
    for (const trace of [
      'a dropped secret',
      'a kept secret',
      'a short secret',
      'a long secret',
      'and more and more',
    ])
      expect(bytes()).not.toContain(trace);
  });

  it('looks at what waits only, never at what is over', async () => {
    await open();
    const other = new DatabaseSync(file());
    const claiming = claim({ holder: 'h', lease: 1, skip: ['x'] }, 1);
    for (const query of [claiming, nextDue(0)] as Query<unknown>[]) {
      const compiled = query.next().value as { sql: string; parameters: number[] };
      const plan = other.prepare(`EXPLAIN QUERY PLAN ${compiled.sql}`).all(...compiled.parameters);
      const steps = plan.map((row) => String(row['detail'])).filter((detail) => /effect|other/.test(detail));
      expect(steps.length).toBeGreaterThan(0);
      for (const detail of steps) expect(detail).toMatch(/INDEX (effect_ready|effect_leased|sqlite_auto)/);
    }
    other.close();
  });
});
