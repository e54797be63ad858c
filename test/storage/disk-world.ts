import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disk } from '../../src/storage/disk.ts';
import type { Linked } from '../../src/storage/link.ts';
import { type Mover, openMover } from '../../src/storage/mover.ts';
import type { StorageWorld } from '../contracts/storage.ts';

export interface DiskWorld extends StorageWorld {
  storage: Linked;
  folder: string;
  mover: Mover;
}

/** A disk in a folder of its own, on a clock that only moves when told. */
export async function diskWorld(shelves?: { references: string; generated: string }): Promise<DiskWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-storage-'));
  const mover = openMover();
  let now = Date.UTC(2026, 10, 20);
  const storage = disk({
    folder,
    secret: Buffer.from('a secret of the test'),
    baseUrl: 'https://dailies.test/',
    clock: () => now,
    mover,
    ...(shelves ? { shelves } : {}),
  });
  return {
    storage,
    folder,
    mover,
    now: () => now,
    pass(milliseconds) {
      now += milliseconds;
      return true;
    },
    count: async () =>
      readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length,
    spoil: async (key) => writeFileSync(join(folder, key), 'spoiled'),
    async end() {
      await mover.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
