import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { dropFolder } from '../support/folder.ts';
import { png } from '../support/logo.ts';

async function keep(name: string, bytes: Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'runway-'));
  onTestFinished(() => dropFolder(folder));
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

export const smallPicture = (name = 'still.png') => keep(name, png);

/** Larger than any data URI may be. */
export const bigPicture = (name = 'still.png') =>
  keep(name, Buffer.concat([png, Buffer.alloc(4 * 1024 * 1024)]));
