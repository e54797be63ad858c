import type { Identified } from './own-token.ts';
import { type Unproven, unproven } from './signature.ts';

/** What `npm start` says about Slack: what is connected, what is missing, and what to do next. */
export interface Status {
  connected: boolean;
  lines: string[];
}

export interface Seen {
  /** The workspace of the bot token; what Slack says is wrong with it ('' where Slack does not answer). */
  own: Identified | { wrong: string } | null;
  by: 'Socket Mode' | 'HTTP';
  /** By HTTP: whether Slack has sent us anything yet, and the address it has to send to, where we know it. */
  heard: boolean;
  sendsTo: string | null;
  /** What stands in the way of proving that it is Slack that sends. */
  unproven: Unproven | null;
  /** What is wrong with the socket, likewise. */
  socketWrong: string | null;
  /** Scopes the token should have, and may have. */
  scopes: readonly string[];
  optional: readonly string[];
  installAt: string | null;
}

const copyToken = 'Copy the Bot User OAuth Token (xoxb-…) from “OAuth & Permissions” of your app.';
const installAgain = 'Install the app again under “Install App” and copy the new token.';

const wrongToken: Record<string, string> = {
  invalid_auth: `SLACK_BOT_TOKEN is not accepted. ${copyToken}`,
  not_authed: `SLACK_BOT_TOKEN is not accepted. ${copyToken}`,
  not_allowed_token_type: `SLACK_BOT_TOKEN is a token of another kind. ${copyToken}`,
  account_inactive: `The app was removed from this workspace. ${installAgain}`,
  token_revoked: `SLACK_BOT_TOKEN was taken back. ${installAgain}`,
  token_expired: `SLACK_BOT_TOKEN has expired. ${installAgain}`,
};

const removed = (name: string): string =>
  `Dailies was removed from ${name}, which is suspended since: nothing is begun there. ${installAgain} With the new token in SLACK_BOT_TOKEN it is served again at the next start.`;

const appToken =
  'Make one under “Basic Information”, App-Level Tokens, with connections:write, and switch Socket Mode on.';
const wrongSocket: Record<string, string> = {
  invalid_auth: `SLACK_APP_TOKEN is not accepted. ${appToken}`,
  not_authed: `SLACK_APP_TOKEN is not accepted. ${appToken}`,
  not_allowed_token_type: `SLACK_APP_TOKEN is a token of another kind; it begins with xapp-. ${appToken}`,
  missing_scope: `SLACK_APP_TOKEN lacks connections:write. ${appToken}`,
};

const silent =
  'it does not answer. Check the network, and SLACK_API_URL if it is set; Dailies goes on trying.';

const otherwise = (said: string): string => (said ? `Slack says “${said}”. Dailies goes on trying.` : silent);

export function statusOf(seen: Seen): Status {
  const install = seen.installAt ? [`Workspaces install Dailies at ${seen.installAt}`] : [];
  const wrong = wrongWith(seen);
  if (wrong !== null) return { connected: false, lines: [`Slack is not connected: ${wrong}`, ...install] };
  return { connected: true, lines: [...wayLines(seen), ...scopeLines(seen), ...install] };
}

/** A token that works lets us speak; that Slack reaches us by HTTP shows only when it does. */
function wayLines({ own, by, heard, sendsTo }: Seen): string[] {
  const name = own && 'name' in own ? own.name : '';
  if (by === 'Socket Mode' || heard) return [`Slack is connected${name && ` to ${name}`} by ${by}.`];
  const where = sendsTo
    ? `It has to send to ${sendsTo}: that address stands in manifest.yml of your app, at each place that asks for one.`
    : 'Set PUBLIC_URL to the https address at which Slack reaches Dailies, and put it into manifest.yml of your app.';
  return [
    `${name ? `Dailies can write in ${name}` : 'Dailies waits for Slack'}; Slack has sent nothing yet.`,
    where,
  ];
}

function wrongWith({ own, socketWrong, unproven: why }: Seen): string | null {
  if (own && 'wrong' in own) return wrongToken[own.wrong] ?? otherwise(own.wrong);
  if (own?.suspended) return removed(own.name);
  if (why) return unproven[why];
  return socketWrong === null ? null : (wrongSocket[socketWrong] ?? otherwise(socketWrong));
}

function scopeLines({ own, scopes, optional }: Seen): string[] {
  if (!own || 'wrong' in own || own.scopes === null) return [];
  const held = own.scopes;
  const lacks = (wanted: readonly string[]) => wanted.filter((scope) => !held.includes(scope)).join(', ');
  const missing = lacks(scopes);
  const without = lacks(optional);
  return [
    ...(missing
      ? [
          `The token lacks ${missing}. Paste manifest.yml into “App Manifest” of your app, save, and install it again under “Install App”.`,
        ]
      : []),
    ...(without ? [`It works without ${without}; the README says what each adds.`] : []),
  ];
}
