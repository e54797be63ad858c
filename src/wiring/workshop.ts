import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { workIn } from '../media/film.ts';

/** Milliseconds; no job works on one folder for as long. */
const longestJob = 2 * 60 * 60_000;

/**
 * Has jobs work on the disk of what is kept: half a gigabyte may be more than /tmp holds, or lie in memory there, and
 * need not be written twice. Removes what killed processes left.
 */
export async function workBeside(dataFolder: string, now: number): Promise<void> {
  const folder = resolve(dataFolder, 'work');
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const left = join(folder, name);
    const age = await stat(left).catch(() => null);
    if (age && age.mtimeMs < now - longestJob) await rm(left, { recursive: true, force: true });
  }
  workIn(folder);
}
