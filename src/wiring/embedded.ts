import type { Chats } from '../chat/chat.ts';
import { openSqlite } from '../journal/sqlite.ts';
import { logTo } from '../log.ts';
import { inProcess } from '../queue/in-process.ts';
import { paceInMemory } from '../queue/pace-in-memory.ts';
import { openMover } from '../storage/mover.ts';
import type { App } from './app.ts';
import { assemble, type Options } from './assemble.ts';
import { folderStorage } from './storage.ts';

/** Everything in one process and one folder: SQLite, wake-ups, a disk. */
export async function embedded<Platforms extends Chats>(
  options: Options<Platforms>,
): Promise<App<Platforms>> {
  const { config, clock = Date.now, pages } = options;
  const log = logTo(process.stderr, config.LOG_LEVEL, clock);
  const journal = await openSqlite({ folder: config.DATA_DIR, clock, ...(pages ? { pages } : {}) });
  await journal.recover();
  const mover = openMover({ allowPrivateHosts: config.ALLOW_PRIVATE_HOSTS });
  return assemble(options, {
    ...{ journal, mover, log, clock, others: null },
    queue: inProcess({ clock, onError: (error) => log.error('queue', { error }) }),
    storage: await folderStorage({ config, journal, clock, mover }),
    pace: paceInMemory(clock),
    async close() {
      await mover.close();
      await journal.close();
    },
  });
}
