import { statSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { CompiledQuery } from 'kysely';
import { Never } from '../errors.ts';
import type { Query, Row } from './query.ts';

/** One open database file. Everything on it is run in a single turn, so nothing else can come in between. */
export interface SqliteFile {
  /** In one transaction, rolled back if the query throws or its result is not one to `keep`. */
  write<T>(query: Query<T>, keep?: (result: T) => boolean): T;
  /**
   * Each as `write` does, but all in one transaction, whose end the disk is waited for once. One that throws undoes
   * itself alone. Returns, after the commit, what came of each; throws where the transaction as a whole failed.
   */
  writeAll(writes: readonly Write[]): Written[];
  read<T>(query: Query<T>): T;
  pragma(words: string): Row[];
  /** Takes the file for this process alone, until it is closed. */
  hold(): void;
  close(): void;
}

interface Write {
  query: Query<unknown>;
  keep: (result: unknown) => boolean;
}

export type Written = { result: unknown } | { error: unknown };

export function openFile(path: string): SqliteFile {
  const named = <T>(work: () => T): T => orNever(path, work);
  const database = named(() => new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: true }));
  const prepared = new Map<string, StatementSync>();

  function prepare(sql: string): StatementSync {
    const known = prepared.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  }

  const answer = ({ sql, parameters }: CompiledQuery): Row[] =>
    prepare(sql).all(...(parameters as SQLInputValue[])) as Row[];

  function drive<T>(query: Query<T>): T {
    let step = query.next();
    while (!step.done) step = query.next(answer(step.value));
    return step.value;
  }

  function writeOne({ query, keep }: Write): Written {
    prepare('SAVEPOINT one').run();
    try {
      const result = named(() => drive(query));
      if (!keep(result)) prepare('ROLLBACK TO one').run();
      return { result };
    } catch (error) {
      // A full disk takes the whole transaction with it.
      if (!database.isTransaction) throw error;
      prepare('ROLLBACK TO one').run();
      return { error };
    } finally {
      if (database.isTransaction) prepare('RELEASE one').run();
    }
  }

  function transaction<T>(work: () => T, keep: (result: T) => boolean): T {
    prepare('BEGIN IMMEDIATE').run();
    try {
      const result = work();
      prepare(keep(result) ? 'COMMIT' : 'ROLLBACK').run();
      return result;
    } finally {
      // A full disk may have rolled back already; whatever else failed has not.
      if (database.isTransaction) database.exec('ROLLBACK');
    }
  }

  return {
    write: (query, keep = () => true) => named(() => transaction(() => drive(query), keep)),
    writeAll: (writes) =>
      named(() =>
        transaction(
          () => writes.map(writeOne),
          () => true,
        ),
      ),
    read: (query) => named(() => drive(query)),
    pragma: (words) => named(() => database.prepare(`PRAGMA ${words}`).all() as Row[]),
    hold: () => named(() => database.exec('BEGIN EXCLUSIVE')),
    close: () => named(() => database.close()),
  };
}

/** Above this a whole check at every start takes longer than the rest of the start. */
const longestCheck = 64 * 1024 * 1024;

/** Refuses a file that is damaged; a large one is only looked at where it is read. */
export function checkFile(file: SqliteFile, path: string): void {
  if (statSync(path).size > longestCheck) return;
  const [found] = file.pragma('quick_check(1)');
  if (found?.['quick_check'] !== 'ok')
    throw new Never('journal-corrupt', `${path} is damaged: ${found?.['quick_check']}. Restore a backup.`);
}

const meanings: Record<number, (path: string) => Never> = {
  5: (path) => new Never('journal-locked', `${path} is held by another program.`),
  6: (path) => new Never('journal-locked', `${path} is held by another program.`),
  8: (path) => new Never('journal-unwritable', `${path} cannot be written.`),
  10: (path) => new Never('journal-unwritable', `The disk of ${path} failed.`),
  11: (path) => new Never('journal-corrupt', `${path} is damaged. Restore a backup.`),
  13: (path) => new Never('journal-full', `No room is left for ${path}.`),
  14: (path) => new Never('journal-unwritable', `${path} cannot be opened.`),
  26: (path) => new Never('journal-corrupt', `${path} is not a journal. Restore a backup.`),
};

function orNever<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = (error as { errcode?: unknown }).errcode;
    const never = typeof code === 'number' ? meanings[code & 0xff]?.(path) : undefined;
    if (!never) throw error;
    never.cause = error;
    throw never;
  }
}
