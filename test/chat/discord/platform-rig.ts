import type { Keep } from '../../../src/chat/chat.ts';
import { clientOf } from '../../../src/chat/discord/client.ts';
import { newGuilds } from '../../../src/chat/discord/guilds.ts';
import { discord } from '../../../src/chat/discord/platform.ts';
import { handClock } from '../../support/clock.ts';
import type { Discord } from '../../support/discord/discord.ts';
import { standIn } from './stage.ts';

/** Remembers what it is told to, as JSON, like a journal does. */
export function memory(): Keep & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  const get = async (key: string): Promise<unknown> => JSON.parse(kept.get(key) ?? 'null');
  return {
    kept,
    get,
    put: async (key, value) => void kept.set(key, JSON.stringify(value)),
    list: async (beginning) => [...kept.keys()].filter((key) => key.startsWith(beginning)),
    async take(key) {
      const value = await get(key);
      kept.delete(key);
      return value;
    },
  };
}

/** The platform by itself; two of them with one keep are two processes. */
export function platform(
  { api, token }: Pick<Discord, 'api' | 'token'>,
  { keep = memory(), clock = Date.now }: { keep?: Keep; clock?: () => number } = {},
) {
  return discord({
    ...{ token, apiUrl: api, keep, clock },
    holds: { take: async () => true, letGo: async () => {}, lease: 60_000 },
    pace: { take: async () => 0, pause: async () => {} },
    log: { error() {}, info() {}, warn() {} } as never,
    read: () => Promise.reject(new Error('nothing to read')),
    ...{ preview: async () => null, smaller: async () => null, poster: async () => null },
    linkTo: () => null,
    fatal() {},
  });
}

/** A server, and what is asked of Discord about it; what was asked before is believed no more some minutes `later`. */
export async function guildsOf(more: { tier?: 0 | 2 } = {}) {
  const world = await standIn();
  const town = world.town(more);
  const clock = handClock();
  const { call } = clientOf({
    ...{ token: world.token, apiUrl: world.api },
    pace: { take: async () => 0, pause: async () => {} },
    refused: () => {},
  });
  const guilds = newGuilds({ call, keep: memory(), clock: clock.now });
  return { world, town, guilds, later: (minutes: number) => clock.forward(minutes * 60_000) };
}
