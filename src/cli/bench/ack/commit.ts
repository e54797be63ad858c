import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Said } from './child.ts';

/** One row, durably committed, so many times a second while it is asked: what the disk asks for being believed. */
const [folder = '', rate = '50'] = process.argv.slice(2);
const database = new DatabaseSync(join(folder, `commit-${process.pid}.db`));
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (x TEXT) STRICT');
const insert = database.prepare('INSERT INTO t VALUES (?)');
const row = 'x'.repeat(500);

async function commits(seconds: number): Promise<number[]> {
  const waits: number[] = [];
  const begun = performance.now();
  for (let n = 0; n < Number(rate) * seconds; n++) {
    await sleep(Math.max(0, begun + (n * 1000) / Number(rate) - performance.now()));
    const before = performance.now();
    insert.run(row);
    waits.push(performance.now() - before);
  }
  return waits;
}

process.on('message', async (seconds) => {
  process.send?.({ waits: await commits(Number(seconds)) } satisfies Said);
});
process.send?.({ waits: [] } satisfies Said);
