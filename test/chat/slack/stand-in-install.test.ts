import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, type Installation, LogLevel } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Person, Team } from '../../support/slack/people.ts';
import { type StandIn, slackStandIn } from '../../support/slack/slack.ts';

let slack: StandIn;
let acme: Team;
let ada: Person;
let site: string;
let app: App;
let close: () => void;
const kept = new Map<string, Installation>();

beforeEach(async () => {
  kept.clear();
  slack = await slackStandIn();
  acme = slack.workspace('Acme', { installed: false });
  ada = acme.person('ada');
  const { clientId, clientSecret, signingSecret } = slack.app;
  const receiver = new HTTPReceiver({
    signingSecret,
    clientId,
    clientSecret,
    stateSecret: 'state',
    scopes: ['commands', 'chat:write'],
    redirectUri: 'https://bot.example.com/slack/oauth_redirect',
    logLevel: LogLevel.ERROR,
    installationStore: {
      storeInstallation: async (each) => void kept.set(each.team?.id ?? '', each as Installation),
      fetchInstallation: async ({ teamId }) => kept.get(teamId ?? '') as never,
    },
    installerOptions: {
      redirectUriPath: '/slack/oauth_redirect',
      authorizationUrl: slack.authorizeUrl,
      clientOptions: { slackApiUrl: slack.apiUrl },
    },
  });
  app = new App({ receiver, logLevel: LogLevel.ERROR });
  const server = createServer((request, response) => receiver.requestListener(request, response));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => {
    server.closeAllConnections();
    server.close();
  };
});
afterEach(async () => {
  close();
  await slack.close();
});

it('a person installs the app, and it gets the token of that workspace with the scopes it asked for', async () => {
  expect(await ada.installs(`${site}/slack/install`)).toMatchObject({ status: 200 });
  expect(kept.get(acme.id)?.bot).toMatchObject({ token: acme.token, scopes: ['commands', 'chat:write'] });
  const web = new WebClient(acme.token, { slackApiUrl: slack.apiUrl });
  expect(await web.auth.test()).toMatchObject({ team_id: acme.id });
});

it('who declines leaves nothing behind', async () => {
  expect((await ada.installs(`${site}/slack/install`, false)).status).toBe(500);
  expect(kept.size).toBe(0);
  expect(() => acme.token).toThrow('not installed');
});

it('a code is good once, for whoever knows the secret', async () => {
  await ada.installs(`${site}/slack/install`);
  const [code] = slack.desk.codes.keys();
  const { clientId: client_id, clientSecret: client_secret } = slack.app;
  const web = new WebClient(undefined, { slackApiUrl: slack.apiUrl });
  const again = { client_id, client_secret, code: code as string };
  await expect(web.oauth.v2.access(again)).rejects.toMatchObject({ data: { error: 'invalid_code' } });
  const wrong = { ...again, client_secret: 'guess' };
  await expect(web.oauth.v2.access(wrong)).rejects.toMatchObject({ data: { error: 'bad_client_secret' } });
});

it('an uninstalled app hears of it, and its token is worth nothing', async () => {
  await ada.installs(`${site}/slack/install`);
  const { token } = acme;
  const heard: string[] = [];
  app.event('app_uninstalled', async ({ context }) => void heard.push(`uninstalled ${context.teamId}`));
  app.event('tokens_revoked', async () => void heard.push('revoked'));
  slack.deliveries.to(`${site}/slack/events`);
  acme.uninstalls();
  await slack.settled();
  expect(heard.toSorted()).toEqual(['revoked', `uninstalled ${acme.id}`]);
  const web = new WebClient(token, { slackApiUrl: slack.apiUrl });
  await expect(web.auth.test()).rejects.toMatchObject({ data: { error: 'invalid_auth' } });
});

it('rotating tokens expire and are renewed', async () => {
  let now = Date.now();
  const rotating = await slackStandIn({ clock: () => now, app: { rotatingTokens: true } });
  const { clientId: client_id, clientSecret: client_secret } = rotating.app;
  const { books } = rotating.workspace('Acme');
  const ask = (token?: string) => new WebClient(token, { slackApiUrl: rotating.apiUrl });
  const old = books.install?.token;
  now += 43_200_000;
  await expect(ask(old).auth.test()).rejects.toMatchObject({ data: { error: 'token_expired' } });
  const refresh_token = books.install?.refreshToken as string;
  const renew = { client_id, client_secret, refresh_token, grant_type: 'refresh_token' as const };
  const { access_token } = await ask().oauth.v2.access(renew);
  expect(await ask(access_token).auth.test()).toMatchObject({ ok: true });
  await expect(ask().oauth.v2.access(renew)).rejects.toMatchObject({
    data: { error: 'invalid_refresh_token' },
  });
  await rotating.close();
});
