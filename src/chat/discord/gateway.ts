import {
  GatewayCloseCodes,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  type GatewayGuildCreateDispatchData,
  GatewayIntentBits,
} from '@discordjs/core';
import type { REST } from '@discordjs/rest';
import {
  CloseCodes,
  WebSocketManager,
  type WebSocketManagerOptions,
  WebSocketShardEvents,
  WebSocketShardStatus,
} from '@discordjs/ws';
import type { Log } from '../../log.ts';
import type { Keep } from '../chat.ts';
import { newDelivery, type Tries, usualTries } from './deliver.ts';
import { sessionsIn } from './session.ts';

export interface GatewayParts {
  rest: REST;
  token: string;
  /** The privileged intent to read what people write without naming us. */
  readsEverything: boolean;
  keep: Keep;
  log: Log;
  /** Rejects where it could not be handled; then it is told again. */
  heard(event: GatewayDispatchPayload): Promise<void>;
  /** It never could be; it is not told again. */
  givenUp(event: GatewayDispatchPayload): Promise<void>;
  /** Discord has put us out for good; the sentence says what to do. */
  fatal(sentence: string): void;
  options?: Partial<WebSocketManagerOptions>;
  tries?: Tries;
}

const newToken = 'Copy a new one from “Bot” in the Developer Portal (Reset Token) into DISCORD_TOKEN.';

/** Why the gateway closes for good, and what to do about it. */
const fatalCodes: Record<number, string> = {
  [GatewayCloseCodes.AuthenticationFailed]: `Discord does not accept the token. ${newToken}`,
  [GatewayCloseCodes.InvalidShard]:
    'Discord refused the way the servers are shared out. Start Dailies again.',
  [GatewayCloseCodes.ShardingRequired]: 'There are too many servers for one connection. Start Dailies again.',
  [GatewayCloseCodes.InvalidAPIVersion]: 'Discord no longer speaks this version. Update Dailies.',
  [GatewayCloseCodes.InvalidIntents]: 'Discord does not know what Dailies wants to hear. Update Dailies.',
  [GatewayCloseCodes.DisallowedIntents]:
    'DISCORD_MESSAGE_CONTENT is true, but “Message Content Intent” is off. Switch it on under “Bot” in the Developer Portal, or leave the variable out.',
};

const betweenSaves = 1_000;
const betweenKnocks = 5_000;
const longestGoodbye = 5_000;
const betweenLooks = 20;
const comingIn = [WebSocketShardStatus.Connecting, WebSocketShardStatus.Resuming];

export interface Gateway {
  /** Resolves with the first connection; goes on trying where Discord cannot be reached. */
  connected: Promise<void>;
  stop(): Promise<void>;
}

export function openGateway(parts: GatewayParts): Gateway {
  const { log, keep, heard, givenUp } = parts;
  const sessions = sessionsIn(keep, log);
  const delivery = newDelivery({ sessions, log, heard, givenUp, tries: parts.tries ?? usualTries });
  const { promise: connected, resolve: isConnected } = Promise.withResolvers<void>();
  let isOver = false;
  const manager = new WebSocketManager({
    token: parts.token,
    rest: parts.rest,
    intents:
      GatewayIntentBits.Guilds |
      GatewayIntentBits.GuildMessages |
      GatewayIntentBits.GuildMessageReactions |
      (parts.readsEverything ? GatewayIntentBits.MessageContent : 0),
    retrieveSessionInfo: sessions.retrieve,
    updateSessionInfo: sessions.update,
    ...parts.options,
  });

  function over(sentence: string): void {
    if (isOver) return;
    isOver = true;
    parts.fatal(sentence);
  }

  manager.on(WebSocketShardEvents.Dispatch, (event, shard) => delivery.deliver(light(event), shard));
  manager.on(WebSocketShardEvents.Ready, () => isConnected());
  manager.on(WebSocketShardEvents.Resumed, () => isConnected());
  manager.on(WebSocketShardEvents.Error, (error) => {
    if (!isOver) log.error('discord: gateway', { error });
  });
  manager.on(WebSocketShardEvents.Closed, (code) => {
    const sentence = fatalCodes[code];
    if (sentence) over(`Dailies was put out of Discord: ${sentence}`);
  });

  const save = () =>
    sessions.saveAll().catch((error: unknown) => log.error('discord: the session was not kept', { error }));
  const saving = setInterval(save, betweenSaves);

  async function connect(): Promise<void> {
    while (!isOver) {
      try {
        return await manager.connect();
      } catch (error) {
        if (isOver) return;
        if ((error as { status?: number }).status === 401)
          return over(`Dailies cannot enter Discord: ${fatalCodes[4004]}`);
        log.error('discord: not connected', { error });
        await pause(betweenKnocks);
      }
    }
  }
  void connect();

  /** A shard that is sent away while it comes in begins anew, and the library waits for ever for its end. */
  async function settled(): Promise<void> {
    const end = performance.now() + longestGoodbye;
    while (performance.now() < end) {
      const all = await manager.fetchStatus();
      if (!all.some((status) => comingIn.includes(status))) return;
      await pause(betweenLooks);
    }
  }

  return {
    connected,
    async stop() {
      isOver = true;
      clearInterval(saving);
      await delivery.stop();
      await settled();
      sessions.stopping();
      await Promise.race([manager.destroy({ code: CloseCodes.Resuming }), pause(longestGoodbye)]);
      await save();
    },
  };
}

/** Servers come with all their channels, roles and emojis, thousands at once: whatever waits holds on to the id alone. */
function light(event: GatewayDispatchPayload): GatewayDispatchPayload {
  if (event.t !== GatewayDispatchEvents.GuildCreate) return event;
  return { ...event, d: { id: event.d.id } as GatewayGuildCreateDispatchData };
}

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref());
