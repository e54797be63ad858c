import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { hearing, helper } from '../../src/cli/bench/idle/hearing.ts';
import { schema } from '../journal/postgres-world.ts';
import { dropFolder } from '../support/folder.ts';

// `npm run bench -- idle` weighs it among 2,500 servers; Linux alone tells what a process weighs.
test.skipIf(process.platform !== 'linux')(
  'who only hears people loads nothing that makes films, and gives memory back when it rests',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dailies-idle-'));
    const corner = await schema();
    const discord = await helper('discord/crowded.ts', ['200']);
    const told = discord.next();
    const own = { DATA_DIR: folder, DATABASE_URL: corner.url, REDIS_URL: inject('redisUrl') };
    const app = hearing({ ...discord.variables, ...own });
    try {
      await Promise.race([told, app.ended]);
      const weight = () => app.memory().now / 1_000_000;
      await expect.poll(weight, { timeout: 30_000, interval: 250 }).toBeLessThan(165);
    } finally {
      await app.stop();
      await Promise.all([discord.end(), corner.drop(), dropFolder(folder)]);
    }
  },
  60_000,
);
