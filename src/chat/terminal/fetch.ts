import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Never } from '../../errors.ts';
import { mostAttachedBytes } from './limits.ts';
import { pathOf } from './path.ts';

/** The bytes of a file that somebody attached. */
export async function fetchFile(attachment: string): Promise<Readable> {
  const path = pathOf(attachment);
  const found = await stat(path).catch(unreadable);
  if (found.isDirectory()) throw new Never('reference-folder', `${path} is a folder`);
  if (!found.isFile()) throw new Never('reference-unreadable', `${path} is no ordinary file`);
  if (found.size > mostAttachedBytes) throw new Never('image-too-large', `${path} has ${found.size} bytes`);
  const file = await open(path, constants.O_RDONLY).catch(unreadable);
  return file.createReadStream();
}

function unreadable(error: NodeJS.ErrnoException): never {
  const isMissing = error.code === 'ENOENT' || error.code === 'ENOTDIR';
  throw new Never(isMissing ? 'reference-missing' : 'reference-unreadable', error.message, { cause: error });
}
