import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REST, Routes } from 'discord.js';
import { onTestFinished } from 'vitest';
import type { Campaign } from '../../../src/campaign/campaign.ts';
import { registration } from '../../../src/chat/discord/commands.ts';
import { readFacts } from '../../../src/providers/sample/book.ts';
import {
  type Discord,
  discordStandIn,
  type DiscordOptions as StandInOptions,
} from '../../support/discord/discord.ts';
import { partsIn } from '../../support/discord/wire.ts';
import type { Channel, Message } from '../../support/discord/world.ts';
import { dropFolder } from '../../support/folder.ts';
import { type AppGiven, openApp } from './app.ts';

const patience = 45_000;

interface Given extends AppGiven {
  standIn?: StandInOptions;
}

/** Discord's stand-in, which outlives the app, with all commands registered. */
export async function standIn(given: StandInOptions = {}): Promise<Discord> {
  const world = await discordStandIn({ ...given, gateway: { identifyWindow: 0, ...given.gateway } });
  onTestFinished(() => world.close());
  const rest = new REST({ api: world.api, retries: 0 }).setToken(world.token);
  await rest.put(Routes.applicationCommands(world.application), { body: registration() });
  return world;
}

/** The app in a folder, which may be one it lived in before. */
export async function appIn(world: Discord, given: AppGiven & { folder?: string } = {}) {
  const folder = given.folder ?? (await mkdtemp(join(tmpdir(), 'dailies-discord-')));
  const { app, fatal } = await openApp(world, folder, given);
  let stopped = false;
  async function stop(): Promise<void> {
    if (stopped) return;
    stopped = true;
    await app.stop();
  }
  onTestFinished(async () => {
    await stop();
    if (!given.folder) await dropFolder(folder);
  });
  const campaigns = async (workspace: string): Promise<string[]> =>
    (await app.engine.board({ workspace, limit: 100 })).map(({ stream }) => stream.slice('campaign:'.length));
  return {
    ...{ app, folder, fatal, stop, campaigns },
    /** The one campaign of a server. */
    async campaign(workspace: string): Promise<string> {
      const [only, ...more] = await campaigns(workspace);
      if (!only || more.length > 0) throw new Error(`${more.length + (only ? 1 : 0)} campaigns`);
      return only;
    },
    until: (campaign: string, holds: (campaign: Campaign) => boolean) => app.until(campaign, holds, patience),
    idle: (campaign: string) => app.idle(`campaign:${campaign}`, patience),
    now: (campaign: string) => app.engine.campaign(`campaign:${campaign}`),
    paid: async () => (await readFacts(join(folder, 'sample-provider'))).filter((fact) => fact.cost > 0),
  };
}

/** A server with two people and a channel, and the app in it. */
export async function northwind(given: Given = {}) {
  const world = await standIn(given.standIn);
  const town = world.town({ name: 'Northwind' });
  const lobby = town.channel('campaign');
  const keeper = town.role('Keepers', ['MANAGE_GUILD']);
  const anna = town.person('anna');
  const lee = town.person('lee', { roles: [keeper] });
  const it = await appIn(world, given);
  return { world, town, lobby, anna, lee, ...it };
}

/** Waits for what nothing tells of. */
export async function eventually<T>(
  look: () => T | undefined | null | false | Promise<T | undefined | null | false>,
): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export const labelsOf = (message: Message): string[] =>
  partsIn(message.components)
    .filter(({ type }) => type === 2)
    .map(({ label }) => label ?? '');

/** The newest message in a channel with a button like this, and its whole label. */
export const button = (world: Discord, channel: Channel, like: RegExp) =>
  eventually(() => {
    for (const message of world.visible(channel).toReversed()) {
      const label = labelsOf(message).find((one) => like.test(one));
      if (label) return { message, label };
    }
    return null;
  });

/** The thread of the one campaign in a channel. */
export const threadIn = (world: Discord, channel: Channel): Promise<Channel> =>
  eventually(() => world.visible(channel).find((message) => message.thread)?.thread);

/** A campaign with its thread and a worded prompt, asked for by Anna. */
export async function opened(given: Given = {}) {
  const it = await northwind(given);
  const { world, town, lobby, anna } = it;
  const asked = anna.uses('/video', { prompt: 'a calm film for Aurora tea', duration: 3 }, lobby);
  await asked.answered;
  const campaign = await it.campaign(town.id);
  const thread = await threadIn(world, lobby);
  await it.until(campaign, (c) => c.place !== null && c.revisions.length > 0);
  await it.idle(campaign);
  return { ...it, asked, campaign, thread };
}

/** The same with a cut that waits for a decision. */
export async function reviewed(given: Parameters<typeof opened>[0] = {}) {
  const it = await opened(given);
  const generate = await button(it.world, it.thread, /^Generate/);
  await it.anna.presses(generate.message, generate.label).answered;
  await it.until(it.campaign, (c) => c.review !== null);
  const review = await button(it.world, it.thread, /^Approve/);
  await it.idle(it.campaign);
  return { ...it, review: review.message };
}

/** What the app was refused; nothing, where it does all as Discord wants it. */
export const refused = (world: Discord) =>
  world
    .requests()
    .filter(({ status }) => status >= 400)
    .map(({ route, status, answer }) => ({ route, status, answer }));

export const wordsOf = (message: Pick<Message, 'components'> | null): string =>
  JSON.stringify(message?.components ?? []);
