import type { Chats } from '../chat/chat.ts';
import { Never } from '../errors.ts';
import { openPostgres } from '../journal/postgres.ts';
import { logTo } from '../log.ts';
import { bullmq } from '../queue/bullmq.ts';
import { paceOnRedis } from '../queue/pace-redis.ts';
import { openMover } from '../storage/mover.ts';
import type { App } from './app.ts';
import { assemble, type Options, randomId } from './assemble.ts';
import { decidedOnce } from './decided-once.ts';
import { sharedClock } from './shared-clock.ts';
import { bucketStorage, folderStorage } from './storage.ts';

const lookForOthers = 250;

/**
 * One of any number of processes on one PostgreSQL, one Redis and one bucket. Without a bucket all of them must
 * share the folder DATA_DIR.
 */
export async function scaled<Platforms extends Chats>(options: Options<Platforms>): Promise<App<Platforms>> {
  const opened = new AsyncDisposableStack();
  try {
    return await open(options, opened);
  } catch (error) {
    // Else a connection that stands would keep a process that did not come up.
    await opened.disposeAsync();
    throw error;
  }
}

async function open<Platforms extends Chats>(options: Options<Platforms>, opened: AsyncDisposableStack) {
  const { config } = options;
  const { DATABASE_URL: url, REDIS_URL: redis } = config;
  if (!url || !redis) throw new Never('config', 'Several processes need both DATABASE_URL and REDIS_URL.');
  const own = options.clock ?? Date.now;
  const log = logTo(process.stderr, config.LOG_LEVEL, own);
  const journal = await openPostgres({ url, connections: config.DATABASE_CONNECTIONS });
  opened.defer(() => journal.close());
  // Leases and deadlines are the database's: its clock is everybody's.
  const { now: clock, stop: stopClock } = await sharedClock({ time: journal.time, own, log });
  opened.defer(stopClock);
  // Two houses on one Redis do not wake each other.
  const prefix = `dailies-${await decidedOnce(journal, 'queue', randomId())}`;
  const onError = (error: unknown) => log.error('queue', { error });
  const sweep = options.sweep === undefined ? {} : { sweep: options.sweep };
  const queue = await bullmq({ url: redis, prefix, clock, onError, ...sweep });
  opened.defer(() => queue.close());
  const pace = paceOnRedis({ url: redis, prefix, onError });
  opened.defer(() => pace.close());
  const mover = openMover({ allowPrivateHosts: config.ALLOW_PRIVATE_HOSTS });
  opened.defer(() => mover.close());
  const storage = await (config.S3_BUCKET ? bucketStorage : folderStorage)({ config, journal, clock, mover });
  return assemble(options, {
    ...{ journal, queue, storage, mover, pace, log, clock, others: lookForOthers },
    close: () => opened.disposeAsync(),
  });
}
