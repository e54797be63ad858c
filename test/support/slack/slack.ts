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
 *
 *     acme.visible(launch, ts)        what everybody sees there      ada.ephemerals(launch)   what only she sees
 *     slack.posts(), slack.uploads()  what the app posted            slack.log                every request, in order
 *     slack.mistakes()                calls that no app should make: assert that there are none
 *     slack.settled()                 everything sent into the app was acknowledged or given up
 *     slack.faults.next('chat.postMessage', { kind: 'drop' })        done, and the connection cut
 *     slack.deliveries.twist('message', 'twice')                     `hold` with `release()` turns the order round
 *     slack.sockets.disconnect('refresh_requested')
 *
 * Everything that waits (acknowledgements, retries, triggers, limits) counts by `times`, which tests shorten.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { openApi, tokenIn } from './api.ts';
import type { Bag } from './block-kit/shapes.ts';
import { argumentsIn, basicIn, bytesIn } from './bodies.ts';
import { openDeliveries } from './deliveries.ts';
import { openDesk } from './desk.ts';
import { authorize, type Consent, download, type Page, upload } from './doors.ts';
import { type Emit, envelopeOf, mayKnow, subscriptionOf } from './events.ts';
import { type Fault, openFaults } from './faults.ts';
import { openLog } from './log.ts';
import type { AppFacts, Times } from './method.ts';
import { type Company, openCompany } from './people.ts';
import { respond } from './respond.ts';
import { openSocketMode } from './socket-mode.ts';
import { type Message, openWorld, type StoredFile } from './world.ts';

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
  const lines = new Set<IncomingMessage['socket']>();
  let consent: Consent | null = null;

  const emit: Emit = (workspace, event) => {
    if (!events.includes(subscriptionOf(workspace, event)) || !mayKnow(workspace, event)) return;
    const payload = envelopeOf(workspace, event, world.newId('Ev'), app.appId, clock());
    deliveries.send({ type: 'events_api', name: String(event['type']), payload, answerable: false });
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  server.on('connection', (line) => {
    lines.add(line);
    line.on('close', () => lines.delete(line));
  });
  server.on('upgrade', (request, line) => sockets.upgrade(request, line));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const around = { world, app, times, host, desk, emit };
  const api = openApi(around, sockets);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', host);
    const name = nameOf(url.pathname);
    const fault = faults.take(name);
    if (fault?.kind === 'reset') return void request.socket.destroy();
    const bytes = Buffer.concat(await request.toArray());
    const args = name === 'upload' ? {} : await argumentsIn(bytes, request.headers, url.searchParams);
    const page = refusal(fault) ?? (await pageFor(name, url, args, bytes, request));
    const silent = fault?.kind === 'drop' || fault?.kind === 'hang';
    note(name, url, args, request, { ...page, status: silent ? 0 : page.status });
    if (fault?.kind === 'slow') await sleep(fault.wait);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'drop') return void request.socket.destroy();
    if (fault?.kind === 'body')
      return void response.writeHead(200, { 'content-type': 'text/html' }).end(fault.text);
    response.writeHead(page.status, page.headers).end(page.body);
  }

  async function pageFor(
    name: string,
    url: URL,
    args: Bag,
    bytes: Buffer,
    { headers, method }: IncomingMessage,
  ) {
    const { pathname } = url;
    if (name === 'download') return download(world, pathname, headers);
    if (name === 'upload') return upload(world, pathname, await bytesIn(bytes, headers));
    if (name === 'authorize' && consent) return authorize(around, url.searchParams, consent);
    if (name === 'respond') return json(respond(around, pathname.split('/').at(-1) ?? '', args));
    if (name === 'other' || method !== 'POST')
      return json({ status: 404, body: { ok: false, error: 'not_found' } });
    return json(api.answer(name, { ...basicIn(headers), ...args }, tokenIn(headers)));
  }

  function note(
    name: string,
    { pathname: path }: URL,
    args: Bag,
    { headers }: IncomingMessage,
    page: Page,
  ): void {
    const token = tokenIn(headers);
    const workspace = world.workspaces.find(({ install }) => install?.token === token)?.id ?? null;
    const answer = Buffer.isBuffer(page.body) ? `${page.body.length} bytes` : page.body;
    log.add({
      at: clock(),
      name,
      path,
      workspace,
      token,
      args,
      headers,
      status: page.status,
      error: page.error,
      answer,
    });
  }

  const company: Company = openCompany({ ...around, deliveries, log, commands: options.commands }, scopes);
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
    /** Who stands before the consent page, and whether they agree. */
    consents(who: Consent) {
      consent = who;
    },
    /** Messages of the app's own, by whatever way, that everybody sees. */
    posts: (): Message[] =>
      messages().filter((m) => m.bot_id && m.app_id === app.appId && !m.ephemeralTo && !m.deleted),
    /** Files that the app brought and shared. */
    uploads: (): StoredFile[] =>
      world.workspaces.flatMap(({ files, install }) =>
        files.filter((file) => file.user === install?.botUser && !file.pending && !file.deleted),
      ),
    async close() {
      deliveries.stop();
      deliveries.release();
      sockets.close();
      server.closeAllConnections();
      for (const line of lines) line.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function nameOf(path: string): string {
  if (path.startsWith('/api/')) return path.slice('/api/'.length);
  const doors: [string, string][] = [
    ['/files-pri/', 'download'],
    ['/upload/v1/', 'upload'],
    ['/respond/', 'respond'],
    ['/oauth/v2/authorize', 'authorize'],
  ];
  return doors.find(([start]) => path.startsWith(start))?.[1] ?? 'other';
}

function json({
  status,
  body,
  headers,
}: {
  status: number;
  body: Bag;
  headers?: Record<string, string>;
}): Page {
  const error = body['ok'] === false ? String(body['error']) : null;
  return {
    status,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    error,
  };
}

function refusal(fault: Fault | undefined): Page | null {
  if (fault?.kind === 'error') return json({ status: 200, body: { ok: false, error: fault.error } });
  if (fault?.kind !== 'status') return null;
  const { status, retryAfter } = fault;
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return json({
    status,
    headers,
    body: { ok: false, error: status === 429 ? 'ratelimited' : 'internal_error' },
  });
}
