import { CompiledQuery } from 'kysely';
import { Never } from '../errors.ts';
import type { Journal } from './journal.ts';
import { journalOf, type Runner } from './journal-of.ts';
import { isMigrated, migrate } from './migrations.ts';
import { openPool, type Pool } from './postgres-pool.ts';
import { mustBeWhole } from './queries/copying.ts';
import { firstRow, type Query } from './query.ts';

export interface PostgresParts {
  /** `postgres://…`; two programs in one database live in schemas of their own (`?options=-csearch_path%3Dx`). */
  url: string;
  /** Most connections this process holds. */
  connections: number;
  /** Milliseconds for an answer; only a migration is waited for longer. */
  patience?: number;
}

/**
 * The journal of the scaled mode: any number of processes on one database, whose clock is everybody's. Throws
 * Never: `journal-unreachable` (also from any verb: what it asked may or may not have happened, and asking again
 * is safe), `journal-refused` (password, database, rights), `journal-newer`, `journal-half`, `journal-unsafe` (the server says
 * "committed" before it is), `journal-full`.
 */
export async function openPostgres(parts: PostgresParts): Promise<Journal & { time(): Promise<number> }> {
  const pool = await open(parts);
  const runner = runnerOn(pool);
  try {
    await runner.read(mustBeWhole());
  } catch (error) {
    await runner.close();
    throw error;
  }
  return { ...journalOf(runner), time: pool.time };
}

/** The same tables for who copies them as they are. */
export const openPostgresTables = async (parts: PostgresParts): Promise<Runner> =>
  runnerOn(await open(parts));

async function open(parts: PostgresParts): Promise<Pool> {
  const pool = openPool(parts);
  try {
    await checkDurable(pool);
    if (!(await pool.read(isUpToDate()))) await bringUpToDate(parts.url);
    return pool;
  } catch (error) {
    await pool.close();
    throw error;
  }
}

function runnerOn(pool: Pool): Runner {
  return {
    write: (query, keep) => pool.write(null, query, keep),
    writeAlone: (query) => pool.write('claim', query),
    read: (query) => pool.read(query),
    close: () => pool.close(),
  };
}

// Where the tables are made, which need not be where others of this name are found.
const migratedBefore = CompiledQuery.raw(
  "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'migration'",
);

function* isUpToDate(): Query<boolean> {
  return (yield* firstRow(migratedBefore)) !== null && (yield* isMigrated());
}

/** Rewriting a large table takes its time, and who comes meanwhile waits for it. */
const migrateWithin = 30 * 60_000;

async function bringUpToDate(url: string): Promise<void> {
  const pool = openPool({ url, connections: 1, patience: migrateWithin });
  try {
    // All processes start at once after an upgrade: the first migrates, the others find it done.
    await pool.write('migrate', (now) => migrate(dialect, now));
  } finally {
    await pool.close();
  }
}

/** Texts are compared byte by byte, as SQLite does: an order that hangs on a server's language is no order. */
const dialect = { integer: 'BIGINT', text: 'TEXT COLLATE "C"', strict: '' } as const;

async function checkDurable(pool: Pool): Promise<void> {
  if ((await pool.setting('synchronous_commit')) !== 'off') return;
  throw new Never(
    'journal-unsafe',
    'PostgreSQL has synchronous_commit = off, which loses what it called committed. Turn it on.',
  );
}
