import { type Policy, usualPolicy } from '../../../src/campaign/policy.ts';
import { type DiscordOptions, discord } from '../../../src/chat/discord/platform.ts';
import { scaledTimes } from '../../../src/cli/chaos/times.ts';
import { readConfig } from '../../../src/config.ts';
import { discordParts } from '../../../src/wiring/discord.ts';
import { embedded } from '../../../src/wiring/embedded.ts';

const quick = { betweenEdits: 50, patience: 300, enter: 5_000, knock: 50 };

export interface AppGiven {
  policy?: Partial<Policy>;
  discord?: Partial<DiscordOptions>;
  publicUrl?: string;
  clock?: () => number;
  environment?: NodeJS.ProcessEnv;
}

/** The whole app with tiny frames, in Discord, wherever that is. */
export async function openApp(
  { api, token }: { api: string; token: string },
  folder: string,
  given: AppGiven = {},
) {
  const fatal: string[] = [];
  let n = 0;
  const app = await embedded({
    config: { ...readConfig(environmentOf(given)), DATA_DIR: folder },
    chats: (house) => ({
      discord: discord({
        ...discordParts(house, given.publicUrl),
        ...{ token, apiUrl: api, cdnUrl: new URL(api).origin },
        fatal: (sentence) => fatal.push(sentence),
        gateway: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
        ...given.discord,
        times: { ...quick, ...given.discord?.times },
      }),
    }),
    policy: { ...usualPolicy, times: scaledTimes, stills: 2, ...given.policy },
    newId: () => `n${++n}-${process.hrtime.bigint()}`,
    samples: { scale: 0.15, wait: { queue: 0.05, run: 0.05 } },
    ...(given.clock ? { clock: given.clock } : {}),
  });
  await app.listen('discord');
  return { app, fatal };
}

const environmentOf = ({ publicUrl, environment }: AppGiven): NodeJS.ProcessEnv => ({
  ...environment,
  ...(publicUrl ? { PUBLIC_URL: publicUrl } : {}),
});
