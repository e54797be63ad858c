import { isDeepStrictEqual } from 'node:util';
import { type RawBuilder, sql } from 'kysely';
import { Never } from '../errors.ts';
import type { Runner } from './journal-of.ts';
import { beginCopy, endCopy, mustBeWhole } from './queries/copying.ts';
import { db, type Query, type Row, rows } from './query.ts';
import type { Tables } from './schema.ts';

type Table = Exclude<keyof Tables, 'migration' | 'copying'>;

/** The tables, and what tells their rows apart. */
const keys: Record<Table, readonly string[]> = {
  event: ['stream', 'seq'],
  effect: ['id'],
  head: ['stream'],
  inbox: ['workspace', 'incoming'],
  account: ['id'],
  ledger: ['stream', 'n'],
  card: ['place', 'key'],
  kept: ['space', 'key'],
  hold: ['name'],
  words: ['stream', 'sha256'],
};
const tables = Object.keys(keys) as Table[];

/** Columns the database fills in by itself. */
const derived: ReadonlySet<string> = new Set(['ready_at', 'needs_review']);

const pageSize = 500;

/**
 * Copies a journal row by row into an empty one, then reads both again and compares every row. Nobody may write
 * to either meanwhile. `told` hears each table when it is done; what did not come to its end cannot be opened. Throws
 * Never: `journal-empty` (the source), `journal-half`, `journal-not-empty`, `journal-copy-differs`.
 */
export async function copyJournal(
  from: Runner,
  to: Runner,
  told: (table: string, count: number) => void,
): Promise<void> {
  for (const journal of [from, to]) await journal.read(mustBeWhole());
  if ((await firstUsed(from)) === null)
    throw new Never('journal-empty', 'There is nothing to copy: the journal has no rows. Look at DATA_DIR.');
  const used = await firstUsed(to);
  if (used)
    throw new Never(
      'journal-not-empty',
      `The journal to copy into has rows already (${used}). Take an empty database.`,
    );
  await to.write(beginCopy);
  for (const table of tables) {
    for await (const page of pages(from, table)) await to.write(() => insert(table, page));
  }
  for (const table of tables) told(table, await compare(from, to, table));
  await to.write(endCopy);
}

async function firstUsed(journal: Runner): Promise<Table | null> {
  for (const table of tables) {
    const [row] = await journal.read(page(table, null, 1));
    if (row) return table;
  }
  return null;
}

async function compare(from: Runner, to: Runner, table: Table): Promise<number> {
  const copies = pages(to, table);
  let count = 0;
  for await (const originals of pages(from, table)) {
    const copied = (await copies.next()).value;
    if (!isDeepStrictEqual(copied, originals)) throw differs(table);
    count += originals.length;
  }
  if (!(await copies.next()).done) throw differs(table);
  return count;
}

const differs = (table: Table) =>
  new Never('journal-copy-differs', `The copy differs from the original in the table ${table}.`);

async function* pages(runner: Runner, table: Table): AsyncGenerator<Row[], undefined> {
  let last: Row | null = null;
  for (;;) {
    const found: Row[] = await runner.read(page(table, last, pageSize));
    if (found.length === 0) return;
    yield found.map(withoutDerived);
    last = found.at(-1) ?? null;
  }
}

const withoutDerived = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([column]) => !derived.has(column)));

function page(table: Table, after: Row | null, size: number): Query<Row[]> {
  const key = sql.join(keys[table].map((column) => sql.ref(column)));
  const rest = after ? sql`where (${key}) > (${sql.join(keys[table].map((c) => after[c]))})` : sql``;
  return run(sql<Row>`select * from ${sql.table(table)} ${rest} order by ${key} limit ${size}`);
}

function insert(table: Table, page: readonly Row[]): Query<Row[]> {
  const columns = Object.keys(page[0] ?? {});
  const lines = page.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
  const names = sql.join(columns.map((column) => sql.ref(column)));
  return run(sql<Row>`insert into ${sql.table(table)} (${names}) values ${sql.join(lines)}`);
}

const run = (statement: RawBuilder<Row>): Query<Row[]> => rows(statement.compile(db));
