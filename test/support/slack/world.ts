/** What Slack keeps: workspaces and all that is in them. Tests may read and write any of it. */
export interface World {
  workspaces: Workspace[];
  /** Milliseconds since 1970. */
  now: () => number;
  newId(prefix: string): string;
  /** A time stamp that no other message has. */
  newTs(): string;
}

export interface Workspace {
  id: string;
  name: string;
  domain: string;
  users: User[];
  groups: Group[];
  channels: Channel[];
  messages: Message[];
  files: StoredFile[];
  views: View[];
  /** Types of blocks that Slack did not bring to this workspace yet. */
  lacks: string[];
  /** False: pictures elsewhere cannot be fetched. */
  fetches: boolean;
  /** How this workspace has the app; null before it is installed. */
  install: Install | null;
}

export interface Install {
  token: string;
  /** Only where tokens rotate; the token then lives until `expiresAt`, milliseconds since 1970. */
  refreshToken: string | null;
  expiresAt: number | null;
  scopes: Set<string>;
  botId: string;
  botUser: string;
  installedBy: string;
}

export interface User {
  id: string;
  name: string;
  realName: string;
  email: string;
  isAdmin: boolean;
  isOwner: boolean;
  isBot: boolean;
  deleted: boolean;
  locale: string;
  tz: string;
  /** Where they are at home: another company's workspace, or one of an organisation; null where Slack does not say. */
  home?: { team: string | null; organisation?: readonly string[] };
}

export interface Group {
  id: string;
  handle: string;
  name: string;
  users: string[];
  disabled: boolean;
}

export type ChannelKind = 'channel' | 'group' | 'im' | 'mpim';

export interface Channel {
  id: string;
  name: string;
  kind: ChannelKind;
  members: string[];
  archived: boolean;
}

interface Reaction {
  name: string;
  users: string[];
}

export interface Message {
  channel: string;
  ts: string;
  thread_ts?: string;
  user: string;
  bot_id?: string;
  app_id?: string;
  subtype?: string;
  text: string;
  blocks?: Record<string, unknown>[];
  attachments?: Record<string, unknown>[];
  metadata?: Record<string, unknown>;
  client_msg_id?: string;
  files?: string[];
  edited?: { user: string; ts: string };
  reactions: Reaction[];
  /** Texts and blocks it had before, oldest first. */
  before: { text: string; blocks?: Record<string, unknown>[] }[];
  deleted: boolean;
  /** Whom alone it is shown to. */
  ephemeralTo: string | null;
  /** Which call or gesture made it, e.g. `chat.postMessage`. */
  by: string;
}

export interface StoredFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  user: string;
  bytes: Buffer;
  sha256: string;
  altText: string | null;
  created: number;
  /** Where it is to be seen, from `sharesFrom` on also in `files.info`. */
  shares: { channel: string; ts: string; thread_ts?: string }[];
  sharesFrom: number;
  /** From another company's channel: events name only its id, `files.info` tells the rest. */
  foreign: boolean;
  /** Uploaded but not yet completed. */
  pending: { length: number; received: boolean } | null;
  deleted: boolean;
  /** Whatever is said of it, blocks may not show it. */
  hidden: boolean;
}

export interface View {
  id: string;
  type: 'modal' | 'home';
  user: string;
  /** As the app gave it. */
  given: Record<string, unknown>;
  hash: string;
  root: string;
  previous: string | null;
  closed: boolean;
  /** What was said about its inputs at the last submission, by block. */
  errors: Record<string, string>;
}

export function openWorld(now: () => number): World {
  let ids = 0;
  let last = 0;
  return {
    workspaces: [],
    now,
    newId(prefix) {
      ids += 1;
      return `${prefix}${ids.toString(36).toUpperCase().padStart(9, '0')}`;
    },
    newTs() {
      last = Math.max(last + 1, now() * 1000);
      return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
    },
  };
}

/** The app's own bot, installed or not. */
export const isOwnBot = ({ isBot, name }: User) => isBot && name === 'dailies';

export const userOf = (workspace: Workspace, id: string) => workspace.users.find((each) => each.id === id);
export const channelOf = (workspace: Workspace, id: string) =>
  workspace.channels.find((each) => each.id === id);

export const messageAt = (workspace: Workspace, channel: string, ts: string) =>
  workspace.messages.find((m) => m.channel === channel && m.ts === ts && !m.deleted && !m.ephemeralTo);

/** The messages of a channel, or of a thread with its first one, as everybody there sees them now. */
export const visible = (workspace: Workspace, channel: string, thread?: string) =>
  workspace.messages
    .filter((m) => m.channel === channel && !m.deleted && !m.ephemeralTo)
    .filter((m) => (thread === undefined ? !isReply(m) : m.ts === thread || m.thread_ts === thread))
    .toSorted((a, b) => (a.ts < b.ts ? -1 : 1));

const isReply = (m: Message) =>
  m.thread_ts !== undefined && m.thread_ts !== m.ts && m.subtype !== 'thread_broadcast';

/** The conversation between the bot and one person, made when it is first needed. */
export function directWith(world: World, workspace: Workspace, users: string[]): Channel {
  const bot = workspace.install?.botUser ?? '';
  const members = [...new Set([...users, bot])].toSorted();
  const there = workspace.channels.find(
    ({ kind, members: m }) => (kind === 'im' || kind === 'mpim') && m.toSorted().join() === members.join(),
  );
  if (there) return there;
  const kind = members.length > 2 ? 'mpim' : 'im';
  const id = world.newId(kind === 'im' ? 'D' : 'G');
  const made: Channel = { id, name: kind, kind, members, archived: false };
  workspace.channels.push(made);
  return made;
}
