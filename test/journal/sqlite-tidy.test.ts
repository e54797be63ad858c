import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CompiledQuery } from 'kysely';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Query } from '../../src/journal/query.ts';
import { openFile, type SqliteFile } from '../../src/journal/sqlite-file.ts';
import { tidyWhenQuiet, untidy } from '../../src/journal/sqlite-tidy.ts';
import { tempFolder } from './sqlite-world.ts';

let folder = '';
let file: SqliteFile;
let tidying: ReturnType<typeof tidyWhenQuiet>;

function* wanted(sql: string) {
  yield CompiledQuery.raw(sql);
}
function* count(): Query<unknown> {
  const [row] = yield CompiledQuery.raw('SELECT count(*) AS n FROM said');
  return row?.['n'];
}
/** So many pages, committed one by one as people write. */
function fill(pages: number): void {
  for (let n = 0; n < pages; n++) {
    file.write(wanted(`INSERT INTO said VALUES ('${'x'.repeat(4000)}')`));
    tidying.wrote();
  }
}

beforeEach(() => {
  folder = tempFolder();
  file = openFile(join(folder, 'some.db'));
  file.pragma('journal_mode = WAL');
  file.write(wanted('CREATE TABLE said (text TEXT)'));
  tidying = tidyWhenQuiet(file, join(folder, 'some.db'));
});
afterEach(async () => {
  await tidying.stop();
  file.close();
  rmSync(folder, { recursive: true });
});

it('what was written in a rush is moved to its place once nobody waits', async () => {
  fill(1_000);
  expect(untidy(file)).toBeGreaterThan(1_000);
  await vi.waitFor(() => expect(untidy(file)).toBe(0), 10_000);
});

it('what is written in one long rush is moved by somebody else, and nothing of it is lost', async () => {
  let most = 0;
  for (let pages = 0; pages < 8_000; pages += 200) {
    fill(200);
    most = Math.max(most, untidy(file));
    // Others have their turn, but there is no quiet moment.
    await new Promise((turn) => setTimeout(turn, 10));
  }
  expect(most).toBeLessThan(15_000);
  expect(file.read(count())).toBe(8_000);
  fill(2_000);
  await tidying.still();
  file.pragma('wal_checkpoint(TRUNCATE)');
  expect(statSync(join(folder, 'some.db-wal')).size).toBe(0);
  expect(file.read(count())).toBe(10_000);
});

it('a rush that cannot be looked at, or helped, fails nobody', async () => {
  fill(100);
  const looks = vi.spyOn(file, 'pragma').mockImplementation(() => {
    throw new Error('the disk is failing');
  });
  fill(200);
  expect(looks).toHaveBeenCalledOnce();
  looks.mockRestore();
  expect(file.read(count())).toBe(300);
});

it('a disk that cannot be written to ends nothing', async () => {
  fill(1_000);
  const tries = vi.spyOn(file, 'pragma').mockImplementation((words) => {
    if (words.includes('PASSIVE')) throw new Error('the disk is full');
    return [{ log: 1_500, checkpointed: 0 }];
  });
  await vi.waitFor(() => expect(tries.mock.results.some(({ type }) => type === 'throw')).toBe(true), 10_000);
});
