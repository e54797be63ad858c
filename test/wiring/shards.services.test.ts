import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { discord } from '../../src/chat/discord/platform.ts';
import { scaledTimes } from '../../src/cli/chaos/times.ts';
import { readConfig } from '../../src/config.ts';
import type { Role } from '../../src/wiring/app.ts';
import { discordParts } from '../../src/wiring/discord.ts';
import { openApp } from '../../src/wiring/open.ts';
import { button, eventually, standIn, threadIn } from '../chat/discord/stage.ts';
import { schema } from '../journal/postgres-world.ts';
import type { Discord } from '../support/discord/discord.ts';
import { dropFolder } from '../support/folder.ts';

const patience = 45_000;
const quick = { betweenEdits: 50, patience: 300, enter: 5_000, knock: 50, between: 50 };

/** Processes of one house, on Discord's stand-in. */
async function house(world: Discord) {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-shards-'));
  const corner = await schema();
  const stops: (() => Promise<void>)[] = [];
  onTestFinished(async () => {
    for (const stop of stops.splice(0)) await stop();
    await corner.drop();
    await dropFolder(folder);
  });
  const config = readConfig({
    ...{ DATA_DIR: folder, DATABASE_URL: corner.url, REDIS_URL: inject('redisUrl') },
  });
  return async (role: Role) => {
    const fatal: string[] = [];
    const app = await openApp({
      ...{ config, role },
      chats: (given) => ({
        discord: discord({
          ...discordParts(given, undefined),
          ...{ token: world.token, apiUrl: world.api, cdnUrl: new URL(world.api).origin },
          fatal: (sentence) => fatal.push(sentence),
          times: quick,
        }),
      }),
      policy: { times: scaledTimes },
      samples: { scale: 0.1, wait: { queue: 0.02, run: 0.02 } },
    });
    if (role === 'chat') await app.listen('discord');
    stops.push(() => app.stop());
    return { app, fatal };
  };
}

const entered = (world: Discord): string[] =>
  world.log.flatMap((fact) =>
    fact.kind === 'gateway' && /^(identify|resume)$/.test(fact.what) ? [fact.what] : [],
  );

test('of two processes one hears Discord, and the other goes on where it stopped', async () => {
  const world = await standIn({ gateway: { identifyWindow: 0 } });
  const town = world.town();
  const lobby = town.channel('campaign');
  const anna = town.person('anna');
  const start = await house(world);
  const first = await start('chat');
  const second = await start('chat');
  await start('worker');
  expect(entered(world)).toEqual(['identify']);

  await anna.uses('/video', { prompt: 'a calm film for Aurora tea', duration: 3 }, lobby).answered;
  const thread = await threadIn(world, lobby);
  const generate = await button(world, thread, /^Generate/);
  await first.app.stop();
  // Pressed while nobody listens: whoever comes next hears of it.
  anna.presses(generate.message, generate.label);
  const [head] = await second.app.engine.board({ workspace: town.id, limit: 1 });
  const campaign = head?.stream.slice('campaign:'.length) ?? '';
  await second.app.until(campaign, (c) => c.takes.length > 0, patience);
  expect((await second.app.engine.campaign(`campaign:${campaign}`)).takes).toHaveLength(1);
  expect(entered(world)).toEqual(['identify', 'resume']);
  expect([...first.fatal, ...second.fatal]).toEqual([]);
});

test('what a dead process held is free once its time is over', async () => {
  const world = await standIn({ gateway: { identifyWindow: 0 } });
  const start = await house(world);
  const { app } = await start('worker');
  await app.journal.hold({ name: 'discord/shard/0', holder: 'dead', lease: 1_500 });
  await start('chat');
  expect(entered(world)).toEqual([]);
  await eventually(() => entered(world).length === 1);
});

test('two shards come in one after the other, as Discord wants it', async () => {
  const world = await standIn({ gateway: { shards: 2, identifyWindow: 5_000 } });
  const start = await house(world);
  await Promise.all([start('chat'), start('chat')]);
  await eventually(() => entered(world).length === 2);
  const { journal } = (await start('worker')).app;
  expect(await journal.kept('discord', 'shards')).toBe(2);
  expect(entered(world)).toEqual(['identify', 'identify']);
  expect(world.log.filter((fact) => fact.kind === 'gateway' && /too soon|closed/.test(fact.what))).toEqual(
    [],
  );
});
