import type { Dirent } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { referenceDays } from './storage.ts';

const day = 24 * 60 * 60 * 1000;

const referenceLife = referenceDays * day;

/** Deletes the references that have outlived their shelf. */
export async function sweepShelf(root: string, now: number): Promise<number> {
  let swept = 0;
  for (const workspace of await entries(root)) {
    if (!workspace.isDirectory() || workspace.name.startsWith('.')) continue;
    swept += await sweepFolder(join(root, workspace.name), now - referenceLife);
  }
  return swept;
}

/** Deletes what a process that was killed had begun to write. */
export const sweepTemp = (root: string, now: number): Promise<number> =>
  sweepFolder(join(root, '.temp'), now - day);

async function sweepFolder(folder: string, before: number): Promise<number> {
  let swept = 0;
  for (const { name } of await entries(folder)) {
    const file = join(folder, name);
    const age = await stat(file).catch(() => null);
    if (!age?.isFile() || age.mtimeMs >= before) continue;
    await rm(file, { force: true });
    swept += 1;
  }
  return swept;
}

async function entries(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
