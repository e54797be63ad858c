import { mkdir, open, rename, unlink, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Gives a finished temporary file its name, so that after a power cut it is there whole or not at all: the
 * bytes are on the disk before the name, and the name before this resolves.
 */
export async function settle(temp: string, file: string, now: number): Promise<void> {
  await sync(temp, 'r+');
  await utimes(temp, now / 1000, now / 1000);
  const folder = dirname(file);
  const made = await mkdir(folder, { recursive: true });
  await rename(temp, file);
  await syncFolder(folder);
  // Names of new folders are kept in the folders above them.
  if (made) for (let up = folder; up !== dirname(made); up = dirname(up)) await syncFolder(dirname(up));
}

/** Counts a file's age from `now`; false if it is not there. */
export async function touch(file: string, now: number): Promise<boolean> {
  try {
    await utimes(file, now / 1000, now / 1000);
    await syncFolder(dirname(file));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Removes a file that no power cut brings back; one that is not there is left alone. */
export async function removeForGood(file: string): Promise<void> {
  try {
    await unlink(file);
    await syncFolder(dirname(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Windows has no such thing, and keeps names in order by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform !== 'win32') await sync(folder, 'r');
}

async function sync(path: string, flags: 'r' | 'r+'): Promise<void> {
  await using handle = await open(path, flags);
  await handle.sync();
}
