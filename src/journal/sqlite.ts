import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Never } from '../errors.ts';
import type { Journal } from './journal.ts';
import { journalOf, type Runner } from './journal-of.ts';
import { migrate } from './migrations.ts';
import { mustBeWhole } from './queries/copying.ts';
import { forgetKept } from './queries/kept.ts';
import { forget } from './queries/words.ts';
import type { Query } from './query.ts';
import { checkFile, openFile, type SqliteFile } from './sqlite-file.ts';
import { type Tidying, tidyWhenQuiet } from './sqlite-tidy.ts';
import { writesInTurns } from './sqlite-turns.ts';

export interface SqliteParts {
  /** Made if it is not there. One process at a time owns it. */
  folder: string;
  clock: () => number;
  /** Most pages of 4 KiB the journal may grow to; without it, the disk decides. */
  pages?: number;
}

/** In the folder. */
export const journalFile = 'journal.db';

/**
 * The journal of the embedded mode. Throws Never: `journal-in-use` (another Dailies owns the folder),
 * `journal-unwritable`, `journal-corrupt`, `journal-locked` (another program holds the file), `journal-newer`, `journal-half`,
 * and from any verb `journal-full`, and `journal-closed` after its end. What failed has changed nothing, and the
 * journal stays usable.
 */
export async function openSqlite(parts: SqliteParts): Promise<Journal> {
  const { file, runner, tidying } = open(parts);
  // What was written before stands in the log beside the file until that is emptied, which only one at a time can do.
  const forgetForGood = async (query: Query<number>): Promise<number> => {
    const forgotten = file.write(query);
    await tidying.still();
    file.pragma('wal_checkpoint(TRUNCATE)');
    return forgotten;
  };
  try {
    file.read(mustBeWhole());
  } catch (error) {
    await runner.close();
    throw error;
  }
  return {
    ...journalOf(runner),
    forget: (stream) => forgetForGood(forget(stream)),
    forgetKept: (workspace) => forgetForGood(forgetKept(workspace)),
  };
}

/** The same tables for who copies them as they are. */
export const openSqliteTables = async (parts: SqliteParts): Promise<Runner> => open(parts).runner;

interface Opened {
  file: SqliteFile;
  runner: Runner;
  tidying: Tidying;
}

function open({ folder, clock, pages }: SqliteParts): Opened {
  const release = own(folder);
  try {
    const path = join(folder, journalFile);
    const file = prepareFile(path, clock, pages);
    const tidying = tidyWhenQuiet(file, path);
    return { file, tidying, runner: runnerOn(file, clock, { tidying, release }) };
  } catch (error) {
    release();
    throw error;
  }
}

/** Holds the folder until released or dead: the operating system lets go of the lock of a killed process. */
function own(folder: string): () => void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new Never('journal-unwritable', `The folder ${folder} cannot be made.`, { cause });
  }
  const lock = openFile(join(folder, 'lock.db'));
  try {
    lock.hold();
  } catch (cause) {
    lock.close();
    if (!(cause instanceof Never) || cause.code !== 'journal-locked') throw cause;
    throw new Never('journal-in-use', `Another Dailies is running on ${folder}.`, { cause });
  }
  return () => lock.close();
}

function prepareFile(path: string, clock: () => number, pages: number | undefined): SqliteFile {
  const file = openFile(path);
  try {
    checkFile(file, path);
    file.pragma('journal_mode = WAL');
    file.pragma('synchronous = FULL');
    // What is deleted may be somebody's words, and stays readable until something else is written over it.
    file.pragma('secure_delete = ON');
    file.write(migrate({ integer: 'INTEGER', text: 'TEXT', strict: ' STRICT' }, clock()));
    if (pages !== undefined) file.pragma(`max_page_count = ${pages}`);
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

interface Beside {
  tidying: Tidying;
  release: () => void;
}

function runnerOn(file: SqliteFile, clock: () => number, { tidying, release }: Beside): Runner {
  let closed: Promise<void> | undefined;
  const turns = writesInTurns(file, clock, tidying.wrote);
  // What was called off and comes to its end after all has nowhere to write it; its lease runs out.
  const open = () => {
    if (closed !== undefined) throw new Never('journal-closed', 'The journal is closed.');
  };
  const write: Runner['write'] = async (query, keep) => {
    open();
    return turns.write(query, keep);
  };
  return {
    write,
    writeAlone: write,
    async read(query) {
      open();
      return file.read(query);
    },
    close() {
      closed ??= end();
      return closed;
    },
  };

  async function end(): Promise<void> {
    turns.flush();
    await tidying.stop();
    file.close();
    release();
  }
}
