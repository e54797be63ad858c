import { Never, TryLater } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Pace } from '../../queue/pace.ts';
import type { CardFile } from '../card.ts';
import type { Chat, Doors, Keep } from '../chat.ts';
import { acceptance } from './accepted.ts';
import { answering } from './answering.ts';
import { fetchPrivate } from './attachment.ts';
import { backgroundOf } from './background.ts';
import { appOptions, CommittingApp, receivers } from './bolt.ts';
import { type Call, callsOf, clientOptions } from './client.ts';
import type { Desk } from './desk.ts';
import { newEchoes } from './echoes.ts';
import { ownHosts } from './hosts.ts';
import { anyOf, type Installs } from './installed.ts';
import { latelyIn } from './lately.ts';
import { linksIn } from './links.ts';
import { listenWith } from './listen.ts';
import { installationsIn, installsBy, statesIn } from './oauth.ts';
import { open } from './open.ts';
import { ownToken } from './own-token.ts';
import { fileOf, type Spot, spotOf } from './places.ts';
import { newPoster } from './poster.ts';
import { rootContent } from './root.ts';
import { keepSocket } from './socket.ts';
import { type Status, statusOf } from './status.ts';
import { slackError } from './trouble.ts';
import type { UploadParts } from './upload.ts';
import { newDirectory } from './who.ts';

export interface SlackOptions {
  keep: Keep;
  pace: Pace;
  clock: () => number;
  log: Log;
  /** Posts the bytes of a file of ours to an address. */
  send: UploadParts['send'];
  /** An address of a file of ours that Slack can reach, where there is one. */
  addressOf?: (key: string) => string;
  /** Where people can open a film of ours, likewise, for good. */
  linkTo?: (file: CardFile) => string | null;
  /** One workspace by its bot token. */
  botToken?: string;
  /** By HTTP: proves that a request is Slack's. */
  signingSecret?: string;
  /** By Socket Mode. */
  appToken?: string;
  /** Where people reach us, and Slack by HTTP. */
  publicUrl?: string;
  /** Many workspaces. */
  oauth?: { clientId: string; clientSecret: string; publicUrl: string };
  /** Scopes that are asked for, and those that may be declined. */
  scopes: { needed: readonly string[]; optional: readonly string[] };
  /** Where Slack is, if not at its own address. */
  apiUrl?: string;
  times?: Partial<typeof usualTimes>;
}

/** Milliseconds; `timeout` of one call, `pause` before the next try, `sweep` between looks for commands left lying, for the others see `PosterParts`, `UploadParts`, `OpenParts` and `Desk`. */
const usualTimes = {
  settle: 30_000,
  edit: 1_500,
  betweenEdits: 12_000,
  look: 250,
  patience: 1_500,
  knock: 5_000,
  timeout: 20_000,
  pause: 3_000,
  sweep: 30_000,
};

export interface Slack extends Chat {
  /** Asks Slack who we are. */
  status(): Promise<Status>;
}

export function slack(options: SlackOptions): Slack {
  const { keep, pace, clock, log, apiUrl } = options;
  const times = { ...usualTimes, ...options.times };
  const sdk = clientOptions(apiUrl, times.timeout, log);
  const hosts = ownHosts(apiUrl);
  const echoes = newEchoes();
  const callsFor = callsOf({ options: sdk, pace, pause: times.pause });
  let doors: Doors | null = null;
  let app: CommittingApp | null = null;
  const own = options.botToken
    ? ownToken(options.botToken, { options: sdk, pause: times.pause, keep, clock, doors: () => doors })
    : null;
  const installations = installationsIn({
    keep,
    clock,
    onInstalled: async (coming) => doors?.resume(coming),
  });
  const received = receivers({
    signingSecret: options.signingSecret,
    appToken: options.appToken,
    oauth: options.oauth
      ? {
          ...options.oauth,
          scopes: [...options.scopes.needed, ...options.scopes.optional],
          installations,
          states: statesIn({ keep, clock }),
          ...(apiUrl ? { authorizeUrl: new URL('/oauth/v2/authorize', apiUrl).href } : {}),
        }
      : null,
    options: sdk,
    log,
  });
  const socket = received.socket && keepSocket(received.socket, log);
  const installs: Installs = anyOf([
    ...(received.installer ? [installsBy(received.installer.authorize, installations)] : []),
    ...(own ? [own] : []),
  ]);

  async function installedIn(team: string) {
    const found = await installs.of(team);
    if (found) return found;
    throw new TryLater(`not installed in ${team}`, { delay: 60_000, sent: false });
  }
  const call = async (team: string): Promise<Call> => callsFor(team, (await installedIn(team)).token);
  const callAt = async (place: string): Promise<{ spot: Spot; call: Call }> => {
    const spot = spotOf(place);
    return { spot, call: await call(spot.team) };
  };
  const { send, addressOf = null, linkTo = () => null } = options;
  const poster = newPoster({ ...times, keep, send, addressOf, linkTo, clock, echoes, hosts });
  const directory = newDirectory(clock);

  return {
    name: 'slack',
    async listen(given) {
      doors = given;
      const later = backgroundOf(log);
      const desk: Desk = {
        ...{ doors: given, keep, clock, log, hosts, echoes, call, patience: times.patience },
        ...{ later: later.run, links: linksIn(call), lately: latelyIn(keep, clock) },
        answer: answering(later.run),
        installed: (team) => installs.of(team),
        who: async (team, person, named) => directory.who(person, team, await call(team), named),
        unable: async (team, people) => directory.unable(people, team, await call(team)),
      };
      const accepted = acceptance(desk, times.sweep);
      const listening = new CommittingApp({
        ...appOptions({ options: sdk, log }),
        receiver: received.receiver,
        socketMode: received.socket !== null,
        authorize: async ({ teamId }) => {
          const found = teamId ? await installs.of(teamId) : null;
          if (!found) throw new Error('not installed');
          return { botToken: found.token, botId: found.bot, botUserId: found.botUser, teamId: found.team };
        },
      });
      app = listening;
      listenWith(listening, {
        ...desk,
        accept: accepted.accept,
        installedAt: installs.installedAt,
        forget: installs.forget,
        deciders: async (team, here) => directory.deciders(team, await call(team), here),
      });
      // What is wrong with it is told by `status`, and by every call that needs it.
      if (own) later.run('token', () => own.identify().catch(unlessTold));
      await socket?.connect();
      return {
        routes: received.routes,
        async stop() {
          accepted.stop();
          await socket?.stop();
          await listening.drained();
          await later.drained();
        },
      };
    },
    async open(place, title, root, guard) {
      const { spot, call } = await callAt(place);
      return open(spot, rootContent(title), root, call, { ...times, keep, clock, hosts, echoes, guard });
    },
    async show(showing) {
      return poster.show(showing, (await callAt(showing.place)).call);
    },
    async find(place, sendKey, since = 0) {
      return poster.find(place, { sendKey, since }, (await callAt(place)).call);
    },
    async fetch(attachment) {
      const { team, file } = fileOf(attachment);
      const { token } = await installedIn(team);
      return fetchPrivate(file, { call: callsFor(team, token), token, hosts });
    },
    async who(person, place, named) {
      const { spot, call } = await callAt(place);
      return directory.who(person, spot.team, call, named);
    },
    async status() {
      const seen = own ? await own.identify().catch((error: Error) => ({ wrong: saidOf(error) })) : null;
      return statusOf({
        own: seen,
        by: socket ? 'Socket Mode' : 'HTTP',
        heard: app?.heard ?? { events: false, commands: false },
        unproven: received.unproven(),
        sendsTo: options.publicUrl ? new URL('/slack/events', options.publicUrl).href : null,
        socketWrong: socket?.wrong() ?? null,
        scopes: options.scopes.needed,
        optional: options.scopes.optional,
        installAt: options.oauth ? new URL('/slack/install', options.oauth.publicUrl).href : null,
      });
    },
  };
}

function unlessTold(error: unknown): void {
  if (!(error instanceof TryLater || error instanceof Never)) throw error;
}

const saidOf = (error: Error): string =>
  slackError(error.cause) || (error instanceof Never ? error.code : '');
