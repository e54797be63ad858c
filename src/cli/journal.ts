import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../config.ts';
import { Never } from '../errors.ts';
import { copyJournal } from '../journal/copy.ts';
import { openPostgresTables } from '../journal/postgres.ts';
import { journalFile, openSqliteTables } from '../journal/sqlite.ts';

const usage = `npm run journal -- copy           the journal in DATA_DIR into the empty PostgreSQL at DATABASE_URL
npm run journal -- copy --back    and the other way, into an empty DATA_DIR
Stop Dailies first: nothing may be written meanwhile.`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function copy(config: Config, back: boolean): Promise<void> {
  const { DATABASE_URL: url, DATA_DIR: folder } = config;
  if (!url) throw new Never('config', 'DATABASE_URL is not set: it names the PostgreSQL to copy into.');
  if (!back && !existsSync(join(folder, journalFile)))
    throw new Never(
      'journal-missing',
      `There is no journal in ${folder}: set DATA_DIR to the folder that has it.`,
    );
  const here = await openSqliteTables({ folder, clock: Date.now });
  try {
    const there = await openPostgresTables({ url, connections: 1 });
    const [from, to] = back ? [there, here] : [here, there];
    const told = (table: string, count: number) => say(`${table.padEnd(10)}${count}`);
    await copyJournal(from, to, told).finally(() => there.close());
  } finally {
    await here.close();
  }
  say('Every row was copied, read again and found equal.');
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { back: { type: 'boolean' } },
  });
  if (positionals[0] === 'copy') await copy(readConfig(), values.back ?? false);
  else {
    say(usage);
    process.exitCode = positionals.length === 0 ? 0 : 1;
  }
} catch (error) {
  process.stderr.write(`${error instanceof Never ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
