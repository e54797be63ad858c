import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../src/journal/sqlite.ts';
import type { World } from '../contracts/journal-world.ts';

export const tempFolder = (): string => mkdtempSync(join(tmpdir(), 'dailies-journal-'));

/** A journal in a folder of its own, on a clock that only moves when told. */
export async function sqliteWorld(): Promise<World> {
  const folder = tempFolder();
  let now = Date.UTC(2026, 10, 20);
  const open = () => openSqlite({ folder, clock: () => now });
  const world: World = {
    journal: await open(),
    now: () => now,
    async pass(milliseconds) {
      now += milliseconds;
    },
    async reopen() {
      await world.journal.close();
      world.journal = await open();
    },
    async end() {
      await world.journal.close();
      rmSync(folder, { recursive: true });
    },
  };
  return world;
}
