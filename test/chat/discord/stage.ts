import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REST, Routes } from 'discord.js';
import { onTestFinished } from 'vitest';
import type { Campaign } from '../../../src/campaign/campaign.ts';
import { type Policy, usualPolicy } from '../../../src/campaign/policy.ts';
import { registration } from '../../../src/chat/discord/commands.ts';
import { type DiscordOptions, discord } from '../../../src/chat/discord/platform.ts';
import { scaledTimes } from '../../../src/cli/chaos/times.ts';
import { readConfig } from '../../../src/config.ts';
import { readFacts } from '../../../src/providers/sample/book.ts';
import { discordParts } from '../../../src/wiring/discord.ts';
import { embedded } from '../../../src/wiring/embedded.ts';
import {
  type Discord,
  discordStandIn,
  type DiscordOptions as StandInOptions,
} from '../../support/discord/discord.ts';
import { partsIn } from '../../support/discord/wire.ts';
import type { Channel, Message } from '../../support/discord/world.ts';

const patience = 15_000;
const quick = { betweenEdits: 50, patience: 300, enter: 5_000, knock: 50 };

interface Given {
  policy?: Partial<Policy>;
  discord?: Partial<DiscordOptions>;
  standIn?: StandInOptions;
  publicUrl?: string;
  clock?: () => number;
  /** Bytes by which the sample clips are scaled. */
  scale?: number;
}

/** Discord's stand-in, which outlives the app, with all commands registered. */
async function standIn(given: StandInOptions = {}): Promise<Discord> {
  const world = await discordStandIn({ ...given, gateway: { identifyWindow: 0, ...given.gateway } });
  onTestFinished(() => world.close());
  const rest = new REST({ api: world.api, retries: 0 }).setToken(world.token);
  await rest.put(Routes.applicationCommands(world.application), { body: registration() });
  return world;
}

/** The whole app with tiny frames, in Discord, in a folder that may be one it lived in before. */
async function appIn(world: Discord, given: Given & { folder?: string } = {}) {
  const folder = given.folder ?? (await mkdtemp(join(tmpdir(), 'dailies-discord-')));
  const fatal: string[] = [];
  let n = 0;
  const app = await embedded({
    config: { ...readConfig({}), DATA_DIR: folder },
    chats: (house) => ({
      discord: discord({
        ...discordParts(house, given.publicUrl),
        token: world.token,
        apiUrl: world.api,
        cdnUrl: `http://${world.host}`,
        fatal: (sentence) => fatal.push(sentence),
        times: quick,
        gateway: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
        ...given.discord,
      }),
    }),
    policy: { ...usualPolicy, times: scaledTimes, stills: 2, ...given.policy },
    newId: () => `n${++n}-${process.hrtime.bigint()}`,
    samples: { scale: given.scale ?? 0.15, wait: { queue: 0.05, run: 0.05 } },
    ...(given.clock ? { clock: given.clock } : {}),
  });
  let stopped = false;
  async function stop(): Promise<void> {
    if (stopped) return;
    stopped = true;
    await app.stop();
  }
  onTestFinished(async () => {
    await stop();
    if (!given.folder) await rm(folder, { recursive: true, force: true });
  });
  await app.listen('discord');
  const campaigns = async (workspace: string): Promise<string[]> =>
    (await app.engine.board({ workspace, limit: 100 })).map(({ stream }) => stream.slice('campaign:'.length));
  return {
    app,
    folder,
    fatal,
    stop,
    campaigns,
    /** The one campaign of a server. */
    async campaign(workspace: string): Promise<string> {
      const [only, ...more] = await campaigns(workspace);
      if (!only || more.length > 0) throw new Error(`${more.length + (only ? 1 : 0)} campaigns`);
      return only;
    },
    until: (campaign: string, holds: (campaign: Campaign) => boolean) => app.until(campaign, holds, patience),
    idle: (campaign: string) => app.idle(`campaign:${campaign}`, patience),
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

const labelsOf = (message: Message): string[] =>
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
