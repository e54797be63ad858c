import type { CardFile } from '../chat/card.ts';
import type { Slack, SlackOptions } from '../chat/slack/platform.ts';
import type { Config } from '../config.ts';
import type { House } from './app.ts';

/** Which settings would connect Slack, and what is missing of them; null where nobody wants Slack. */
export function slackSettings(config: Config): { ready: boolean; missing: string[] } | null {
  const many = config.SLACK_CLIENT_ID !== undefined || config.SLACK_CLIENT_SECRET !== undefined;
  const said = [config.SLACK_BOT_TOKEN, config.SLACK_APP_TOKEN, config.SLACK_SIGNING_SECRET];
  if (!many && said.every((one) => one === undefined)) return null;
  const missing = [...wayIn(config), ...(many ? forMany(config) : forOne(config))];
  const ready = missing.length === 0;
  return { ready, missing: ready ? [] : ['Slack is not connected yet.', ...missing] };
}

const wayIn = (config: Config): string[] =>
  config.SLACK_APP_TOKEN || config.SLACK_SIGNING_SECRET
    ? []
    : [
        'Set SLACK_APP_TOKEN (“Basic Information”, App-Level Tokens, with connections:write) for Socket Mode, or SLACK_SIGNING_SECRET and PUBLIC_URL for HTTP.',
      ];

const forOne = (config: Config): string[] =>
  config.SLACK_BOT_TOKEN
    ? []
    : ['Set SLACK_BOT_TOKEN: the Bot User OAuth Token (xoxb-…) under “OAuth & Permissions” of your app.'];

function forMany(config: Config): string[] {
  const wanted = {
    SLACK_CLIENT_ID: 'the client id under “Basic Information”',
    SLACK_CLIENT_SECRET: 'the client secret under “Basic Information”',
    SECRET_KEYS: 'the tokens of workspaces are kept sealed: first:$(openssl rand -base64 32)',
    PUBLIC_URL: 'the https address people install it at',
  } as const;
  return Object.entries(wanted).flatMap(([name, what]) =>
    config[name as keyof typeof wanted] === undefined ? [`Set ${name}: ${what}.`] : [],
  );
}

/**
 * Seconds. Slack keeps a copy of a picture, but fetches it when it likes: when somebody first looks at it, and again
 * when the copy was dropped.
 */
const pictureLives = 90 * 86_400;
/** A film is permanent, and so is the way to it. */
const filmLives = 10 * 365 * 86_400;

/** Slack, if its settings are complete. Its SDK is loaded only then. `times` are for tests. */
export async function slackOf(
  config: Config,
  house: House,
  times: SlackOptions['times'] = {},
): Promise<Slack | null> {
  if (!slackSettings(config)?.ready) return null;
  const [{ slack }, { scopes }] = await Promise.all([
    import('../chat/slack/platform.ts'),
    import('../chat/slack/scopes.ts'),
  ]);
  const { keep, pace, clock, log, storage } = house;
  const given = {
    botToken: config.SLACK_BOT_TOKEN,
    appToken: config.SLACK_APP_TOKEN,
    signingSecret: config.SLACK_SIGNING_SECRET,
    apiUrl: config.SLACK_API_URL,
    publicUrl: config.PUBLIC_URL,
  };
  return slack({
    ...{ pace, clock, log, scopes, times },
    keep: keep('slack'),
    send: (key, sending) => storage.send(key, sending),
    ...(config.PUBLIC_URL?.startsWith('https:')
      ? {
          addressOf: (key: string) => storage.url(key, pictureLives),
          linkTo: ({ key }: CardFile) => storage.url(key, filmLives),
        }
      : {}),
    ...defined(given),
    ...oauthOf(config),
  });
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const defined = <T extends object>(given: T): Defined<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Defined<T>;

function oauthOf({
  SLACK_CLIENT_ID: clientId,
  SLACK_CLIENT_SECRET: clientSecret,
  PUBLIC_URL: publicUrl,
}: Config) {
  return clientId && clientSecret && publicUrl ? { oauth: { clientId, clientSecret, publicUrl } } : {};
}
