import { Never, TryLater } from '../errors.ts';

const pause = 2000;

interface Said {
  name?: string;
  $metadata?: { httpStatusCode?: number };
}

const statusOf = (error: unknown): number => (error as Said).$metadata?.httpStatusCode ?? 0;

/** Whether the very bytes are there already: somebody put them first. */
export const isThere = (error: unknown): boolean => statusOf(error) === 412;

/** What an S3 service says, in our words; what is no answer of it passes through. */
export async function inOurWords<T>(key: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw meaning(key, cause) ?? cause;
  }
}

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
  if (status >= 500 || status === 409 || status === 429 || status === 408)
    return new TryLater(`The bucket said ${name}.`, { delay: pause, sent: true, cause });
  return null;
}

/** The connection failed or was cut: the SDK passes on what Node says. */
function isConnection(error: unknown): boolean {
  const { name, code = '' } = error as { name?: string; code?: string };
  return name === 'TimeoutError' || /^(E[A-Z]+|UND_ERR)/.test(code);
}
