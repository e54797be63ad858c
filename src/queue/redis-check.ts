import { Redis } from 'ioredis';
import { Never } from '../errors.ts';

/**
 * Whether this Redis can serve us. Throws, in `patience` milliseconds at most, Never: `queue-unreachable`,
 * `queue-refused` (password, rights), `queue-evicting` (it may drop keys to make room).
 */
export async function checkRedis(url: string, patience: number): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    // Its own check waits for ever for a server that is silent.
    enableReadyCheck: false,
    connectTimeout: patience,
    commandTimeout: patience,
    retryStrategy: () => null,
  });
  // Why a connection was closed is told here alone.
  let said: unknown;
  redis.on('error', (error) => {
    said = error;
  });
  try {
    await redis.connect();
    checkMemory(await redis.info('memory'));
  } catch (cause) {
    throw cause instanceof Never ? cause : meaning((said ?? cause) as Error);
  } finally {
    redis.disconnect();
  }
}

function checkMemory(info: string): void {
  const policy = /maxmemory_policy:(\S+)/.exec(info)?.[1];
  if (policy === undefined || policy === 'noeviction') return;
  throw new Never(
    'queue-evicting',
    `Redis drops keys when it is full (maxmemory-policy ${policy}). Set it to noeviction.`,
  );
}

function meaning(cause: Error): Never {
  const { message } = cause;
  if (/NOAUTH|WRONGPASS|invalid password/.test(message))
    return new Never(
      'queue-refused',
      'Redis does not accept the password. Put the right one into REDIS_URL: redis://:PASSWORD@HOST:6379',
      { cause },
    );
  if (message.includes('NOPERM'))
    return new Never('queue-refused', 'The user in REDIS_URL has too few rights: it needs ~* &* +@all.', {
      cause,
    });
  if (message === 'Command timed out')
    return new Never(
      'queue-unreachable',
      'Something takes the connection at REDIS_URL but does not answer as Redis does. Look at the address, and whether Redis hangs.',
      { cause },
    );
  return new Never(
    'queue-unreachable',
    'Redis does not answer at REDIS_URL. Start it, or correct the address.',
    {
      cause,
    },
  );
}
