/**
 * Slack on loopback, as strict as the real one, with its books open. The real `@slack/bolt` and `@slack/web-api`
 * talk to it, people in it behave as people do, and the app hears of it as from Slack.
 *
 *     const slack = await slackStandIn();
 *     const acme = slack.workspace('Acme');                  // the app is installed; its token: acme.token
 *     const ada = acme.person('ada');
 *     const launch = acme.channel('launch', [ada]);          // the bot is in it, too
 *     new App({ token: acme.token, signingSecret: slack.app.signingSecret,
 *       clientOptions: { slackApiUrl: slack.apiUrl } });
 *     slack.deliveries.to('http://127.0.0.1:3000/slack/events');   // or Socket Mode: slack.app.appToken
 *
 *     await ada.types(launch, '/video a teapot');            // resolves with the app's acknowledgement
 *     await ada.says(launch, 'warmer, please', { thread: ts, files: [{ name: 'logo.png', bytes }] });
 *     await ada.presses(message, 'Approve');                 // by label or action_id, in a message or a view
 *     await ada.submits(ada.view(), { Brief: 'a teapot' });  // by block_id, action_id or label
 *     await ada.reacts(message, '+1');
 *     await ada.installs('http://127.0.0.1:3000/slack/install');   // by way of the consent page
 *
 *     acme.visible(launch, ts)        what everybody sees there      ada.ephemerals(launch)   what only she sees
 *     slack.posts(), slack.uploads()  what the app posted            slack.log                every request, in order
 *     slack.mistakes()                calls that no app should make: assert that there are none
 *     slack.settled()                 everything sent into the app was acknowledged or given up
 *     slack.faults.next('chat.postMessage', { kind: 'drop' })        done, and the connection cut
 *     slack.deliveries.twist('message', 'twice')                     `hold` with `release()` turns the order round
 *     slack.sockets.disconnect('refresh_requested')
 *
 * Everything that waits (acknowledgements, retries, triggers, limits) counts by `times`, which tests shorten:
 * people's gestures resolve only when the app has acknowledged or all tries are over, after minutes as it stands.
 */
import { createServer } from 'node:http';
import type { AddressInfo, Socket as Line } from 'node:net';
import { openDeliveries } from './deliveries.ts';
import { openDesk } from './desk.ts';
import type { Consent } from './doors.ts';
import { type Emit, envelopeOf, mayKnow, subscriptionOf } from './events.ts';
import { openFaults } from './faults.ts';
import { openFront } from './front.ts';
import { openLog } from './log.ts';
import type { AppFacts, Times } from './method.ts';
import { type Company, openCompany } from './people.ts';
import { openSocketMode } from './socket-mode.ts';
import { isOwnBot, type Message, openWorld, type StoredFile } from './world.ts';

export interface StandInOptions {
  /** Milliseconds since 1970. */
  clock?: () => number;
  times?: Partial<Times>;
  app?: Partial<AppFacts>;
  /** What new workspaces grant; by default all that the app may want. */
  scopes?: readonly string[];
  /** What the app subscribed to. */
  events?: readonly string[];
  /** Commands that the app registered; any where left out. */
  commands?: readonly string[];
  /** Every log entry goes here too, one JSON line each. */
  logFile?: string;
}

const usualTimes: Times = {
  ack: 3000,
  retries: [0, 60_000, 300_000],
  trigger: 3000,
  responseUrl: 30 * 60_000,
  code: 10 * 60_000,
  minute: 60_000,
  second: 1000,
  shares: 0,
  shown: 0,
};

const usualApp: AppFacts = {
  appId: 'A0DAILIES',
  clientId: '1111.2222',
  clientSecret: 'client-secret',
  signingSecret: 'signing-secret',
  appToken: 'xapp-1-A0DAILIES-secret',
  rotatingTokens: false,
  soldOutsideMarketplace: false,
};

const usualScopes = (
  'commands chat:write app_mentions:read channels:history groups:history im:history mpim:history files:read ' +
  'files:write reactions:read reactions:write users:read usergroups:read im:write channels:read groups:read'
).split(' ');

const usualEvents = (
  'app_home_opened app_mention message.channels message.groups message.im message.mpim reaction_added ' +
  'reaction_removed file_shared member_joined_channel app_uninstalled tokens_revoked'
).split(' ');

export type StandIn = Awaited<ReturnType<typeof slackStandIn>>;

export async function slackStandIn(options: StandInOptions = {}) {
  const { clock = Date.now, scopes = usualScopes, events = usualEvents } = options;
  const times = { ...usualTimes, ...options.times };
  const app = { ...usualApp, ...options.app };
  const world = openWorld(clock);
  const log = openLog(options.logFile);
  const faults = openFaults();
  const desk = openDesk(times, clock);
  const sockets = openSocketMode(app.appId, times.ack);
  const deliveries = openDeliveries({ signingSecret: app.signingSecret, times, now: clock, sockets });
  const lines = new Set<Line>();
  let consent: Consent | null = null;

  const emit: Emit = (workspace, event) => {
    if (!events.includes(subscriptionOf(workspace, event)) || !mayKnow(workspace, event)) return;
    const payload = envelopeOf(workspace, event, world.newId('Ev'), app.appId, clock());
    deliveries.send({ type: 'events_api', name: String(event['type']), payload, answerable: false });
  };

  const server = createServer();
  server.on('connection', (line) => {
    lines.add(line);
    line.on('close', () => lines.delete(line));
  });
  server.on('upgrade', (request, line) => sockets.upgrade(request, line));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const around = { world, app, times, host, desk, emit };
  const serve = openFront({ around, log, faults, sockets, consent: () => consent });
  server.on('request', (request, response) => {
    // A bug in the stand-in is seen as such, not as a silence.
    serve(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });

  const company: Company = openCompany(
    { ...around, deliveries, log, commands: options.commands, consents },
    scopes,
  );
  function consents(who: Consent): void {
    consent = who;
  }
  const messages = (): Message[] => world.workspaces.flatMap((each) => each.messages);

  return {
    url: host,
    /** For `slackApiUrl` and `SLACK_API_URL`. */
    apiUrl: `${host}/api/`,
    /** For `installerOptions.authorizationUrl`. */
    authorizeUrl: `${host}/oauth/v2/authorize`,
    app,
    world,
    log: log.entries,
    mistakes: log.mistakes,
    faults,
    desk,
    deliveries,
    sockets,
    workspace: company.workspace,
    settled: deliveries.settled,
    /** Messages of the app's own, by whatever way, that everybody sees. */
    posts: (): Message[] =>
      messages().filter((m) => m.bot_id && m.app_id === app.appId && !m.ephemeralTo && !m.deleted),
    /** Files that the app brought and shared. */
    uploads: (): StoredFile[] =>
      world.workspaces.flatMap(({ files, users }) => {
        const bot = users.find(isOwnBot)?.id;
        return files.filter((file) => file.user === bot && !file.pending && !file.deleted);
      }),
    async close() {
      deliveries.stop();
      deliveries.release();
      await sockets.close();
      server.closeAllConnections();
      for (const line of lines) line.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
