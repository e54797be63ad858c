import type { Identified } from './own-token.ts';
import { canBeLedTo, canBeSentTo } from './reach.ts';
import { type Unproven, unproven } from './signature.ts';

/** What `npm start` says about Slack: what is connected, what is missing, and what to do next. */
export interface Status {
  connected: boolean;
  lines: string[];
}

/** What Slack has sent, proven to be its own; replies, mentions and reactions have an address of their own to come to. */
export interface Heard {
  events: boolean;
  /** Commands, presses and forms. */
  commands: boolean;
}

export interface Seen {
  /** The workspace of the bot token; what Slack says is wrong with it ('' where Slack does not answer). */
  own: Identified | { wrong: string } | null;
  by: 'Socket Mode' | 'HTTP';
  /** By HTTP: what Slack has sent us, and the address it has to send to, where we know it. */
  heard: Heard;
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
  const wrong = wrongWith(seen).map((what) => `Slack is not connected: ${what}`);
  const lines = wrong.length > 0 ? wrong : [...wayLines(seen), ...scopeLines(seen)];
  return { connected: wrong.length === 0, lines: [...lines, ...reachLines(seen), ...installLines(seen)] };
}

const retry =
  'Press Retry beside the address under “Event Subscriptions” of your app: Slack looks only then whether Dailies listens there.';

/** A token that works lets us speak; that Slack reaches us by HTTP shows only when it does. */
function wayLines({ own, by, heard, sendsTo }: Seen): string[] {
  const name = own && 'name' in own ? own.name : '';
  const connected = `Slack is connected${name && ` to ${name}`} by ${by}`;
  if (by === 'Socket Mode' || (heard.events && heard.commands)) return [`${connected}.`];
  if (heard.events) return [`${connected}: events arrive. No command, press or form has come yet.`];
  if (heard.commands)
    return [
      `${connected}: commands arrive. No event has come yet: no reply, mention or reaction is heard until one does. ${retry}`,
    ];
  const waits = `${name ? `Dailies can write in ${name}` : 'Dailies waits for Slack'}; Slack has sent nothing yet.`;
  return sendsTo && !canBeSentTo(sendsTo) ? [waits] : [waits, toBeSet(sendsTo)];
}

const toBeSet = (sendsTo: string | null): string =>
  sendsTo
    ? `It has to send to ${sendsTo}: that address stands in manifest.yml of your app, at each place that asks for one. ${retry}`
    : 'Set PUBLIC_URL to the https address at which Slack reaches Dailies, and put it into manifest.yml of your app.';

const tunnel = 'Put another one into PUBLIC_URL and manifest.yml, for example that of a tunnel';

/** What came shows that it can. */
function reachLines({ by, heard, sendsTo }: Seen): string[] {
  if (by !== 'HTTP' || !sendsTo || heard.events || heard.commands || canBeSentTo(sendsTo)) return [];
  return [
    `Slack cannot send to ${sendsTo}: it takes https addresses on the public internet alone. ${tunnel}; or use Socket Mode, which needs none: set SLACK_APP_TOKEN, and socket_mode_enabled: true in the manifest.`,
  ];
}

function installLines({ installAt }: Seen): string[] {
  if (!installAt) return [];
  return [
    `Workspaces install Dailies at ${installAt}. Others than the app’s own can once you have activated public distribution, under “Manage Distribution” of your app; until then Slack refuses them.`,
    ...(canBeLedTo(installAt)
      ? []
      : [`Slack leads nobody back to ${new URL(installAt).origin} from there: it wants https. ${tunnel}.`]),
  ];
}

/** Each token by itself, so that nobody mends the one to hear of the other. */
function wrongWith({ own, socketWrong, unproven: why }: Seen): string[] {
  const wrong = own && 'wrong' in own ? own.wrong : null;
  const ofToken = wrong === null ? [] : [wrongToken[wrong] ?? otherwise(wrong)];
  if (own && 'name' in own && own.suspended) return [removed(own.name)];
  if (why && ofToken.length === 0) return [unproven[why]];
  const isSame = socketWrong === '' && wrong === '';
  const ofSocket = socketWrong === null || isSame ? [] : [wrongSocket[socketWrong] ?? otherwise(socketWrong)];
  return [...ofToken, ...ofSocket];
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
