/**
 * A stand-in for Discord on loopback: REST under `/api/v10`, files, and the gateway, for the real libraries.
 *
 *     const discord = await discordStandIn({ clock });
 *     const rest = new REST({ api: discord.api }).setToken(discord.token);   // the gateway's address comes from it
 *     const town = discord.town({ name: 'Northwind', tier: 0 });
 *     const lobby = town.channel('campaign');
 *     const lead = town.role('Brand leads');
 *     const anna = town.person('anna', { roles: [lead], locale: 'de' });
 *
 *     await discord.gateway.connected();                        // the app has heard of all servers
 *     const asked = anna.uses('/video', { prompt: 'rain', logo: { name: 'a.png', bytes } }, lobby);
 *     await asked.answered;                                      // asked.original, asked.form, asked.choices
 *     const form = anna.presses(discord.visible(thread)[0], 'Refine');
 *     await form.answered;
 *     anna.submits(form, { 'What should change?': 'more rain' });
 *     anna.says(thread, 'more rain');                            // read by the bot only with the privileged intent
 *     anna.reacts(message, '✅');
 *
 * A verb throws `Impossible` where Discord's app would not let a person do it: an option that is not registered, a
 * button that is gone or off, a file of the wrong kind. Everything the app sends is checked against Discord's own
 * OpenAPI description (test/fixtures/discord-openapi.json), closed, and against the rules it does not say; so is
 * everything that is answered. Tokens, the 3 seconds, nonces and signed addresses go by `clock`; rate limits and
 * identifies by real time, as the libraries wait in it.
 *
 * What goes wrong on request: `faults.next('create-message', { kind: 'drop' })`, with the names of `routes.ts`;
 * `gateway.reconnect()`, `.invalidate()`, `.close(4000)`, `.drop()`, `.deaf`, `.shut`; `town.forbid()`, `.dismiss()`.
 * What happened: `log` (only grows), `visible(channel)`, `posts()`.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Faults, openFaults } from './faults.ts';
import { type Gateway, type GatewayOptions, openGateway } from './gateway.ts';
import { type Asked, type Fact, openLog } from './log.ts';
import { asSeen, posts, type Seen, visible } from './oracles.ts';
import { type Limits, usualLimits } from './pace.ts';
import { openService } from './serve.ts';
import { newTown, type Town } from './town.ts';
import { type Channel, type Message, newWorld, type World } from './world.ts';

export interface DiscordOptions {
  /** Milliseconds since 1970. */
  clock?: () => number;
  token?: string;
  limits?: Partial<Limits>;
  gateway?: Partial<GatewayOptions>;
  /** Every fact goes here too, one JSON line each. */
  logFile?: string;
}

export interface Discord {
  /** For `DISCORD_API_URL` and the libraries' option `api`. */
  api: string;
  /** `127.0.0.1:port`, which also delivers files. */
  host: string;
  token: string;
  application: string;
  gateway: Gateway;
  faults: Faults;
  log: readonly Fact[];
  town(wanted?: Parameters<typeof newTown>[1]): Town;
  /** Requests on a route by its name, or all of them, in order. */
  requests(route?: string): Asked[];
  visible(channel: Channel): Message[];
  /** The same as people read it. */
  read(channel: Channel): Seen[];
  posts(channel?: Channel): Message[];
  channel(id: string): Channel | undefined;
  /** Everything that is true here, to look into. */
  world: World;
  /** Throws what went wrong in the stand-in itself, so that no test is fooled by it. */
  close(): Promise<void>;
}

const usualGateway: GatewayOptions = {
  shards: 1,
  maxConcurrency: 1,
  heartbeat: 41_250,
  identifies: 1000,
  privileged: 0,
  resumable: 5 * 60_000,
  identifyWindow: 5000,
  crowd: null,
};

export async function discordStandIn(options: DiscordOptions = {}): Promise<Discord> {
  const { clock = Date.now, token = 'MTA.test.token' } = options;
  const log = openLog(clock, options.logFile);
  const world = newWorld(clock, token, log);
  const faults = openFaults();
  const gateway = openGateway(world, { ...usualGateway, ...options.gateway });
  const limits = { ...usualLimits, ...options.limits };
  const serve = openService(world, { faults, limits, more: gateway.routes });
  const wrong: Error[] = [];
  const server = createServer((request, response) => {
    serve(request, response).catch((error: Error) => {
      wrong.push(error);
      response.writeHead(500).end();
    });
  });
  gateway.attachTo(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  world.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    api: `http://${world.host}/api`,
    host: world.host,
    token,
    application: world.application.id,
    gateway: gateway.controls,
    faults,
    log: log.facts,
    town: (wanted = {}) => newTown(world, wanted),
    requests: (route) =>
      log.facts.filter((each) => each.kind === 'request').filter((each) => !route || each.route === route),
    visible,
    read: (channel) => visible(channel).map(asSeen),
    posts: (channel) => posts(world, channel ? [channel] : world.channels.values()),
    channel: (id) => world.channels.get(id),
    world,
    async close() {
      gateway.stop();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      if (wrong[0]) throw wrong[0];
    },
  };
}
