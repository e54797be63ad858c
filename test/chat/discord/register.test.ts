import { API } from '@discordjs/core';
import { REST } from 'discord.js';
import { expect, onTestFinished, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { registration, useInVideo } from '../../../src/chat/discord/commands.ts';
import { register } from '../../../src/chat/discord/register.ts';
import { discordStandIn } from '../../support/discord/discord.ts';

async function fresh() {
  const world = await discordStandIn();
  onTestFinished(() => world.close());
  const api = new API(new REST({ api: world.api, retries: 0 }).setToken(world.token));
  return { world, api, id: world.application, puts: () => world.requests('put-commands').length };
}

test('the menu is the one of all platforms, and one command on messages', () => {
  expect(registration().map(({ name }) => name)).toEqual([...commands.map(({ name }) => name), useInVideo]);
});

test('it is sent once, and again only when it changed', async () => {
  const { world, api, id, puts } = await fresh();
  expect(await register(api, id, null)).toMatchObject({ kind: 'changed' });
  const ids = [...world.world.commands.keys()];
  expect(await register(api, id, null)).toMatchObject({ kind: 'unchanged' });
  expect(puts()).toBe(1);
  const first = world.world.commands.get(ids[0] ?? '');
  if (first) first.description = 'Something older';
  expect(await register(api, id, null)).toMatchObject({ kind: 'changed' });
  expect(puts()).toBe(2);
  expect([...world.world.commands.keys()]).toEqual(ids);
});

test.each([
  ['an option more', (all: { options?: unknown[] }) => all.options?.pop()],
  [
    'another choice',
    (all: { options?: { choices?: { name: string }[] }[] }) => {
      const [choice] = all.options?.flatMap((one) => one.choices ?? []) ?? [];
      if (choice) choice.name = 'else';
    },
  ],
  [
    'admins only',
    (all: { default_member_permissions?: string | null }) => {
      all.default_member_permissions = '0';
    },
  ],
])('%s is a change', async (_, alter) => {
  const { world, api, id } = await fresh();
  await register(api, id, null);
  const [video] = world.world.commands.values();
  if (video) alter(video as never);
  expect(await register(api, id, null)).toMatchObject({ kind: 'changed' });
});

test('one server alone has its own', async () => {
  const { world, api, id } = await fresh();
  const town = world.town();
  expect(await register(api, id, town.id)).toMatchObject({ kind: 'changed' });
  expect(await register(api, id, town.id)).toMatchObject({ kind: 'unchanged' });
  expect(world.world.commands.size).toBe(0);
  expect(town.guild.commands.size).toBe(commands.length + 1);
});
