import type { Readable } from 'node:stream';
import type { WebSocketManagerOptions } from '@discordjs/ws';
import { nobody } from '../../campaign/policy.ts';
import { Never } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Pace } from '../../queue/pace.ts';
import type { CardFile } from '../card.ts';
import type { Chat, Holds, Keep } from '../chat.ts';
import { apologize } from './apology.ts';
import { fetchAttachment, ownHosts } from './attachment.ts';
import { buttonsIn } from './button.ts';
import { clientOf } from './client.ts';
import type { Desk } from './desk.ts';
import { newGuilds } from './guilds.ts';
import { heard } from './listen.ts';
import { open } from './open.ts';
import { spotOf } from './places.ts';
import { newPoster } from './poster.ts';
import { openShards } from './shards.ts';
import { type Status, statusOf } from './status.ts';
import { sweepAgain } from './sweep.ts';
import { tellWith } from './tell.ts';

export interface DiscordOptions {
  token: string;
  /** If it is not the bot's own id. */
  application?: string;
  /** Where Discord and its files are, if not at their own addresses. */
  apiUrl?: string;
  cdnUrl?: string;
  /** The privileged intent to read what people write without naming us. */
  readsEverything?: boolean;
  keep: Keep;
  holds: Holds;
  pace: Pace;
  clock: () => number;
  log: Log;
  /** The bytes of a file of ours. */
  read(key: string): Promise<Readable>;
  /** A film or picture in at most so many bytes, and the picture that stands for a film; null where that cannot be. */
  preview(file: CardFile, bytes: number): Promise<Buffer | null>;
  smaller(file: CardFile, bytes: number): Promise<Buffer | null>;
  poster(file: CardFile): Promise<Buffer | null>;
  /** Where everybody can open a file of ours; null without a public address. */
  linkTo(file: CardFile): string | null;
  /** Discord has put us out for good, and waiting does not help. */
  fatal(sentence: string): void;
  times?: Partial<typeof usualTimes>;
  gateway?: Partial<WebSocketManagerOptions>;
}

/** Milliseconds; see `PosterParts` and `Desk`. `between`: see `ShardsParts`. `enter`: how long a start waits for the first connection. `sweep`: between two of them. */
const usualTimes = {
  betweenEdits: 5_000,
  patience: 1_500,
  enter: 10_000,
  knock: 5_000,
  between: 5_000,
  sweep: 600_000,
};

export interface Discord extends Chat {
  /** Asks Discord who we are. */
  status(): Promise<Status>;
}

export function discord(options: DiscordOptions): Discord {
  const { token, apiUrl, keep, pace, clock, log } = options;
  const times = { ...usualTimes, ...options.times };
  const out = Promise.withResolvers<never>();
  out.promise.catch(() => {});
  let isListening = false;
  let isOut = false;
  function fatal(sentence: string): void {
    if (isOut) return;
    isOut = true;
    if (isListening) options.fatal(sentence);
    else out.reject(new Never('discord', sentence));
  }
  const { rest, api, call, upload } = clientOf({
    ...{ token, apiUrl, pace },
    refused: () =>
      fatal(
        'Discord does not accept DISCORD_TOKEN any more. Copy a new one from “Bot” in the Developer Portal (Reset Token).',
      ),
  });
  const guilds = newGuilds({ call, keep, clock });
  const buttons = buttonsIn(keep, clock);
  const later = backgroundOf(log);
  const { read, preview, smaller, poster: posterOf, linkTo } = options;
  const poster = newPoster({
    ...{ call, upload, guilds, buttons, clock, read, preview, smaller, linkTo },
    poster: posterOf,
    betweenEdits: times.betweenEdits,
  });

  /** Our own id, as soon as Discord says it. */
  async function identified(): Promise<string> {
    for (;;) {
      try {
        return (await call((one) => one.users.getCurrent())).id;
      } catch (error) {
        if (isOut) return out.promise;
        log.error('discord: not reached', { error });
        await new Promise((resolve) => setTimeout(resolve, times.knock).unref());
      }
    }
  }

  return {
    name: 'discord',
    async listen(doors) {
      const self = await Promise.race([identified(), out.promise]);
      const leaving = new AbortController();
      const desk: Desk = {
        ...{ doors, keep, clock, log, api, call, guilds, buttons, self },
        tell: tellWith({ call, buttons, log }),
        leaving: leaving.signal,
        pictures: { read, smaller },
        patience: times.patience,
        later: later.run,
      };
      const gateway = openShards({
        ...{ rest, token, keep, holds: options.holds, pace, log, fatal },
        between: times.between,
        advised: async () => (await call((one) => one.gateway.getBot())).shards,
        readsEverything: options.readsEverything ?? false,
        heard: (event) => heard(event, desk),
        givenUp: (event) => apologize(event, desk),
        ...(options.gateway ? { options: options.gateway } : {}),
      });
      const patience = new Promise<void>((resolve) => setTimeout(resolve, times.enter).unref());
      await Promise.race([gateway.connected, out.promise, patience]);
      isListening = true;
      const sweeping = setInterval(
        () => later.run('sweep', () => sweepAgain(desk, times.sweep)),
        times.sweep,
      ).unref();
      return {
        routes: {},
        async stop() {
          clearInterval(sweeping);
          leaving.abort();
          await gateway.stop();
          await later.drained();
        },
      };
    },
    open: (place, title, root, guard) =>
      open(spotOf(place), title, root, { keep, clock, api, buttons, call, later: later.run, guard }),
    show: poster.show,
    find: poster.find,
    fetch: (attachment) =>
      fetchAttachment(attachment, { call, keep, hosts: ownHosts([apiUrl, options.cdnUrl]) }),
    who: (person, place, named = nobody) => guilds.who(person, spotOf(place), named),
    status: () =>
      statusOf({
        api,
        application: options.application ?? null,
        readsEverything: options.readsEverything ?? false,
      }),
  };
}

/** Work beside what is acknowledged; waited for when everything stops. */
function backgroundOf(log: Log) {
  const underway = new Set<Promise<void>>();
  return {
    run(what: string, work: () => Promise<unknown>): void {
      const done: Promise<void> = work()
        .catch((error: unknown) => log.error(`discord: ${what} failed`, { error }))
        .then(() => void underway.delete(done));
      underway.add(done);
    },
    drained: async (): Promise<void> => void (await Promise.allSettled(underway)),
  };
}
