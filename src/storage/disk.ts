import { randomUUID, webcrypto } from 'node:crypto';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { Never } from '../errors.ts';
import { inOurWords, orMissing } from './disk-errors.ts';
import { sweepShelf, sweepTemp } from './disk-sweep.ts';
import { removeForGood, settle, touch } from './durable.ts';
import { keyOf, mustParts } from './key.ts';
import { type Linked, type LinkParts, links } from './link.ts';
import type { Mover } from './mover.ts';
import type { Put, Shelf, Stored } from './storage.ts';

export interface DiskParts extends LinkParts {
  folder: string;
  mover: Pick<Mover, 'copy' | 'adopt' | 'send'>;
  /** Shelves that are kept elsewhere than in the folder. */
  shelves?: Partial<Record<Shelf, string>>;
}

/** Keeps bytes as files. Also throws Never(`storage-corrupt`) where a file is no longer what its key says. */
export function disk(parts: DiskParts): Linked {
  const { folder, clock, mover, shelves } = parts;
  const roots: Record<Shelf, string> = {
    references: join(folder, 'references'),
    brands: join(folder, 'brands'),
    generated: join(folder, 'generated'),
    ...shelves,
  };

  const pathOf = (key: string): string => {
    const { shelf, workspace, sha256, ending } = mustParts(key);
    return join(roots[shelf], workspace, `${sha256}.${ending}`);
  };

  /** A file on the shelf's own disk to write into, gone afterwards unless it was given a name. */
  async function withTemp<T>(shelf: Shelf, work: (temp: string) => Promise<T>): Promise<T> {
    const temp = join(roots[shelf], '.temp', randomUUID());
    await mkdir(dirname(temp), { recursive: true });
    return work(temp).finally(() => rm(temp, { force: true }));
  }

  const putFile = (put: Put, file: string): Promise<Stored> =>
    withTemp(put.shelf, async (temp) => {
      const { sha256, bytes } = await mover.adopt(file, temp);
      const key = keyOf({ ...put, sha256 });
      if (!(await touch(pathOf(key), clock()))) await settle(temp, pathOf(key), clock());
      return { key, sha256, bytes };
    });

  async function putBytes(put: Put, bytes: Uint8Array): Promise<Stored> {
    const sha256 = await hashOf(bytes);
    const key = keyOf({ ...put, sha256 });
    if (!(await touch(pathOf(key), clock())))
      await withTemp(put.shelf, async (temp) => {
        await writeFile(temp, bytes, { flag: 'wx' });
        await settle(temp, pathOf(key), clock());
      });
    return { key, sha256, bytes: bytes.length };
  }

  const size = (key: string): Promise<number> => orMissing(key, async () => (await stat(pathOf(key))).size);

  const read = async (key: string, range?: { start: number; end: number }): Promise<Readable> =>
    (await orMissing(key, () => open(pathOf(key), 'r'))).createReadStream({ ...range });

  async function fetchTo(key: string, file: string): Promise<void> {
    const temp = `${file}.${randomUUID()}`;
    await size(key);
    try {
      const { sha256 } = await mover.copy(pathOf(key), temp);
      if (sha256 !== mustParts(key).sha256)
        throw new Never('storage-corrupt', `${key} is not what was put there`);
      await rename(temp, file);
    } finally {
      await rm(temp, { force: true });
    }
  }

  return {
    put: (put) =>
      inOurWords(() => ('file' in put.from ? putFile(put, put.from.file) : putBytes(put, put.from.bytes))),
    read: (key, range) => inOurWords(() => read(key, range)),
    size: (key) => inOurWords(() => size(key)),
    send: (key, sending) => inOurWords(() => orMissing(key, () => mover.send(pathOf(key), sending))),
    fetchTo: (key, file) => inOurWords(() => fetchTo(key, file)),
    path: (key) => pathOf(key),
    ...links(parts),
    remove: (key) => inOurWords(() => removeForGood(pathOf(key))),
    sweep: (now) =>
      inOurWords(async () => {
        for (const root of Object.values(roots)) await sweepTemp(root, now);
        return sweepShelf(roots.references, now);
      }),
  };
}

/** Off the main thread, as the mover does for files. */
async function hashOf(bytes: Uint8Array): Promise<string> {
  const digest = await webcrypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Buffer.from(digest).toString('hex');
}
