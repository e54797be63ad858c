import { API, Client, GatewayDispatchEvents, type ToEventProps } from '@discordjs/core';
import { type SessionInfo, WebSocketManager, type WebSocketManagerOptions } from '@discordjs/ws';
import { type APIInteraction, type GatewayDispatchPayload, REST } from 'discord.js';
import { expect, onTestFinished } from 'vitest';
import { handClock } from '../../support/clock.ts';
import { type DiscordOptions, discordStandIn } from '../../support/discord/discord.ts';

/** The stand-in with a server, a channel and a person, and Discord's own library pointed at it. */
export async function standIn(options: DiscordOptions = {}) {
  const clock = handClock();
  const discord = await discordStandIn({ clock: clock.now, ...options });
  onTestFinished(() => discord.close());
  const town = discord.town();
  const lobby = town.channel('campaign');
  const anna = town.person('anna');
  const rest = new REST({ api: discord.api, retries: 0, timeout: 45_000 }).setToken(discord.token);
  return { discord, clock, town, lobby, anna, rest, api: new API(rest) };
}

/** Holds after a while, on a busy machine too. */
export const soon = <T>(look: () => T) => expect.poll(look, { timeout: 45_000 });

type Rig = Awaited<ReturnType<typeof standIn>>;

/** The real gateway library, with its sessions kept where a second one can find them. */
export function listener(
  { discord, rest }: Pick<Rig, 'discord' | 'rest'>,
  more: Partial<WebSocketManagerOptions> = {},
) {
  const sessions = new Map<number, SessionInfo>();
  const heard: GatewayDispatchPayload[] = [];
  const intents = 1 | (1 << 9) | (1 << 10);
  const manager = new WebSocketManager({
    token: discord.token,
    intents,
    rest,
    retrieveSessionInfo: (shard) => sessions.get(shard) ?? null,
    updateSessionInfo: (shard, info) => void (info ? sessions.set(shard, info) : sessions.delete(shard)),
    // The library's own waits five seconds between identifies.
    buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }),
    ...more,
  });
  const client = new Client({ rest, gateway: manager });
  manager.on('dispatch', (payload) => void heard.push(payload));
  manager.on('error', () => {});
  onTestFinished(() => manager.destroy());
  const seen = (t: string) => heard.filter((each) => each.t === t).map((each) => each.d as unknown as Wire);
  return { manager, client, heard, seen, sessions };
}

/** What comes over the wire, to be looked into. */
interface Wire {
  [key: string]: Wire & string;
}

/** Connected, with an app that answers every interaction so. */
export async function hearing(rig: Rig, answer: (props: ToEventProps<APIInteraction>) => Promise<unknown>) {
  const all = listener(rig);
  all.client.on(GatewayDispatchEvents.InteractionCreate, (props) => void answer(props));
  await all.manager.connect();
  await rig.discord.gateway.connected();
  return all;
}
