import { Never, TryLater } from '../errors.ts';

const codes: Record<string, string> = {
  ENOSPC: 'storage-full',
  EDQUOT: 'storage-full',
  EACCES: 'storage-unwritable',
  EPERM: 'storage-unwritable',
  EROFS: 'storage-unwritable',
  ENOTDIR: 'storage-unwritable',
  EEXIST: 'storage-unwritable',
  EISDIR: 'storage-unwritable',
  EIO: 'storage-unwritable',
};

const passing = new Set(['EMFILE', 'ENFILE', 'EAGAIN', 'EBUSY', 'ENOMEM']);
const pause = 1000;

/** What the system says when a disk refuses, in our words; anything else passes through. */
export async function inOurWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    const ours = codes[code];
    if (ours) throw new Never(ours, message, { cause });
    if (passing.has(code)) throw new TryLater(message, { delay: pause, sent: false, cause });
    throw cause;
  }
}

/** Looks for a key's file: throws Never(`storage-missing`) where it is not there. */
export async function orMissing<T>(key: string, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new Never('storage-missing', `${key} is not there`, { cause });
  }
}
