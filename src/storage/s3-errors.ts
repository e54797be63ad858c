import { Never, TryLater } from '../errors.ts';
import { inOurWords as inDiskWords } from './disk-errors.ts';

const pause = 2000;

interface Said {
  name?: string;
  $metadata?: { httpStatusCode?: number };
}

/** Of its answer; 0 where there was none. */
export const statusOf = (error: unknown): number => (error as Said).$metadata?.httpStatusCode ?? 0;

/** Whether the very bytes are there already: somebody put them first. */
export const isThere = (error: unknown): boolean => statusOf(error) === 412;

/** What an S3 service says, or the disk on our side, in our words; anything else passes through. */
export const inOurWords = <T>(key: string, work: () => Promise<T>): Promise<T> =>
  inDiskWords(async () => {
    try {
      return await work();
    } catch (cause) {
      throw meaning(key, cause) ?? cause;
    }
  });

function meaning(key: string, cause: unknown): Never | TryLater | null {
  if (cause instanceof Never || cause instanceof TryLater) return null;
  const { name = '' } = cause as Said;
  const status = statusOf(cause);
  if (name === 'NoSuchKey' || name === 'NotFound')
    return new Never('storage-missing', `${key} is not there`, { cause });
  if (status === 401 || status === 403 || status === 404)
    return new Never('storage-refused', `The bucket lets us not in: ${name}.`, { cause });
  // The bytes are no longer those that were hashed: somebody wrote to the file meanwhile.
  if (name === 'XAmzContentSHA256Mismatch' || name === 'BadDigest')
    return new TryLater(`${key} changed while it was sent.`, { delay: pause, sent: true, cause });
  if (isConnection(cause))
    return new TryLater('The bucket does not answer.', { delay: pause, sent: true, cause });
  if (status >= 500 || passing.has(status) || slowDown.test(name))
    return new TryLater(`The bucket said ${name}.`, { delay: pause, sent: true, cause });
  return null;
}

const passing = new Set([408, 409, 425, 429]);
/** Some services say so with status 400. */
const slowDown = /^(SlowDown|Throttl|RequestTimeout$|TooManyRequests)/;

/** Node's codes of the network; whatever else begins with E is said of a file. */
const network = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EPROTO'],
  ...['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'],
]);

/** The connection failed or was cut: the SDK passes on what Node says. */
function isConnection(error: unknown): boolean {
  const { name, code = '' } = error as { name?: string; code?: string };
  return name === 'TimeoutError' || network.has(code);
}
