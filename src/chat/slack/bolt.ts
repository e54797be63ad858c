import type { RequestListener } from 'node:http';
import {
  App,
  type AppOptions,
  HTTPReceiver,
  type Installation,
  type ReceiverEvent,
  SocketModeReceiver,
} from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Log } from '../../log.ts';
import type { Routes } from '../chat.ts';
import { quietly } from './logger.ts';
import { type installationsIn, page, type statesIn } from './oauth.ts';
import { signatureWatch } from './signature.ts';
import type { Heard } from './status.ts';
import { slackError } from './trouble.ts';

/**
 * Bolt acknowledges an event before its listener runs. Here an acknowledgement waits until every listener is through,
 * which is when it is committed; one that throws leaves it out, and Slack delivers again.
 */
export class CommittingApp extends App {
  readonly #underway = new Set<Promise<void>>();
  readonly heard: Heard = { events: false, commands: false };

  override async processEvent(event: ReceiverEvent): Promise<void> {
    this.heard['event' in event.body ? 'events' : 'commands'] = true;
    const processed = this.#process(event);
    this.#underway.add(processed);
    try {
      await processed;
    } finally {
      this.#underway.delete(processed);
    }
  }

  async #process(event: ReceiverEvent): Promise<void> {
    let answer: { with: unknown } | null = null;
    const ack = async (body?: unknown) => {
      answer ??= { with: body };
    };
    await super.processEvent({ ...event, ack });
    const given = answer as { with: unknown } | null;
    if (given) await event.ack(given.with as never);
  }

  /** Bolt's own stop does not wait for what is being processed. */
  async drained(): Promise<void> {
    await Promise.allSettled(this.#underway);
  }
}

export interface OAuth {
  clientId: string;
  clientSecret: string;
  scopes: readonly string[];
  /** Where people reach us, e.g. `https://dailies.example.com`. */
  publicUrl: string;
  installations: ReturnType<typeof installationsIn>;
  states: ReturnType<typeof statesIn>;
  authorizeUrl?: string;
}

interface Parts {
  signingSecret: string | undefined;
  appToken: string | undefined;
  oauth: OAuth | null;
  options: WebClientOptions;
  log: Log;
}

const paths = {
  events: '/slack/events',
  install: '/slack/install',
  redirect: '/slack/oauth_redirect',
} as const;

const orgWide =
  'Dailies is installed in one workspace at a time. Please choose a workspace instead of the whole organisation.';
const ofTheApp: ReadonlySet<string> = new Set(['bad_client_secret', 'invalid_client_id']);
const notAccepted =
  'That did not work, and nothing was installed: Slack does not accept the secret of this app. Whoever runs this Dailies has to compare SLACK_CLIENT_ID and SLACK_CLIENT_SECRET with “Basic Information” of the app, and to start it again.';
const refused =
  'That did not work, and nothing was installed. An installation link works once and for ten minutes: <a href="/slack/install">start anew</a>.';
const welcome =
  'Dailies is installed. Go back to Slack, invite it to a channel with /invite, and type /video with a few words.';

const oauthOptions = ({
  clientId,
  clientSecret,
  scopes,
  publicUrl,
  installations,
  states,
  authorizeUrl,
}: OAuth) => ({
  clientId,
  clientSecret,
  scopes: [...scopes],
  installationStore: installations.store,
  redirectUri: new URL(paths.redirect, publicUrl).href,
  installerOptions: {
    stateStore: states,
    redirectUriPath: paths.redirect,
    installPath: paths.install,
    directInstall: true,
    ...(authorizeUrl ? { authorizationUrl: authorizeUrl } : {}),
    callbackOptions: {
      async afterInstallation(
        installation: Installation<'v1' | 'v2', boolean>,
        _: unknown,
        __: unknown,
        response: Parameters<typeof page>[0],
      ) {
        installations.isNew(installation);
        if (!installation.isEnterpriseInstall) return true;
        page(response, 400, orgWide);
        return false;
      },
      success: (_: unknown, __: unknown, ___: unknown, response: Parameters<typeof page>[0]) =>
        page(response, 200, welcome),
      failure: (error: unknown, _: unknown, __: unknown, response: Parameters<typeof page>[0]) =>
        page(response, 400, ofTheApp.has(slackError(error)) ? notAccepted : refused),
    },
  },
});

/** The receiver that people's requests come in by, the installer if there is one, and what is to be mounted. */
export function receivers({ signingSecret, appToken, oauth, options, log }: Parts) {
  const logger = quietly(log);
  const signatures = signatureWatch(signingSecret ?? '', log);
  const socket = appToken
    ? new SocketModeReceiver({
        appToken,
        // `keepSocket` tells why it does not stand; at start `status` does.
        logger: quietly(log, (said) => said.startsWith('Failed to retrieve a new WSS URL')),
        autoReconnectEnabled: false,
        installerOptions: { clientOptions: options },
        processEventErrorHandler: async () => false,
      })
    : null;
  const http = socket
    ? null
    : new HTTPReceiver({
        signingSecret: signingSecret ?? '',
        endpoints: paths.events,
        processBeforeResponse: true,
        logger,
      });
  // A receiver of its own, of which only the two pages are mounted: Bolt takes tokens from us or from an installer.
  const pages = oauth
    ? new HTTPReceiver({ signingSecret: 'unused', logger, ...withClient(oauthOptions(oauth), options) })
    : null;
  const receiver = socket ?? http;
  if (!receiver) throw new Error('no receiver');
  return {
    ...{ receiver, socket, installer: pages?.installer ?? null, unproven: signatures.wrong },
    routes: {
      ...routesTo(http && signatures.watched(http.requestListener), [paths.events]),
      ...routesTo(pages?.requestListener, [paths.install, paths.redirect]),
    },
  };
}

const withClient = (oauth: ReturnType<typeof oauthOptions>, clientOptions: WebClientOptions) => ({
  ...oauth,
  installerOptions: { ...oauth.installerOptions, clientOptions },
});

const routesTo = (listener: RequestListener | null | undefined, mounted: readonly string[]): Routes =>
  listener ? Object.fromEntries(mounted.map((path) => [path, listener])) : {};

export const appOptions = (parts: { options: WebClientOptions; log: Log }): AppOptions => ({
  clientOptions: parts.options,
  logger: quietly(parts.log),
  convoStore: false,
  // Our own filter drops every bot; and an echo of our own message is worth hearing.
  ignoreSelf: false,
});
