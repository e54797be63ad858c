import { newIds } from './ids.ts';
import type { Interaction } from './interactions.ts';
import type { Log } from './log.ts';
import type { CommandBody, Part } from './wire.ts';

export interface User {
  id: string;
  name: string;
  bot: boolean;
  locale: string;
  /** Bytes per file that this person's subscription allows. */
  uploadLimit: number;
}

export interface Role {
  id: string;
  name: string;
  permissions: bigint;
  managed: boolean;
}

export interface Member {
  user: User;
  roles: string[];
  joinedAt: number;
}

export interface Guild {
  id: string;
  name: string;
  owner: string;
  /** 0 to 3: how large a file may be. */
  tier: number;
  locale: string;
  roles: Map<string, Role>;
  members: Map<string, Member>;
  channels: Map<string, Channel>;
  commands: Map<string, Command>;
  /** Names of commands made today, as Discord counts them. */
  commandsMade: number;
}

interface Thread {
  owner: string;
  archived: boolean;
  locked: boolean;
  autoArchive: number;
  changedAt: number;
  members: Map<string, number>;
  invitable: boolean;
}

export interface Channel {
  id: string;
  guild: Guild | null;
  /** 0 text, 1 direct, 11 public thread, 12 private thread, 15 forum. */
  type: number;
  name: string;
  parent: Channel | null;
  overwrites: { id: string; type: 0 | 1; allow: bigint; deny: bigint }[];
  nsfw: boolean;
  thread: Thread | null;
  recipients: Set<string>;
  messages: Map<string, Message>;
}

export interface Attachment {
  id: string;
  name: string;
  bytes: Buffer;
  description: string | null;
  /** Where it lies: in a channel, or with the application for what came with a command or a form. */
  folder: string;
  ephemeral: boolean;
}

/** What a message said at a time. */
export interface Version {
  at: number;
  content: string;
  embeds: Record<string, unknown>[];
  components: Part[];
  attachments: Attachment[];
  flags: number;
}

export interface Message extends Version {
  id: string;
  channel: Channel;
  author: User;
  type: number;
  editedAt: number | null;
  nonce: string | number | null;
  reference: Message | null;
  mentions: string[];
  /** Emoji to who put it there. */
  reactions: Map<string, Set<string>>;
  pinned: boolean;
  thread: Channel | null;
  interaction: Interaction | null;
  /** The one person who sees it; null for all. */
  onlyFor: string | null;
  deleted: boolean;
  versions: Version[];
}

export interface Command extends CommandBody {
  id: string;
  version: string;
}

/** What happened, for those sessions that may hear of it. `intents`: any one of these bits; 0 for all. */
export interface Happening {
  t: string;
  guild: string | null;
  channel?: Channel;
  intents: number;
  /** `open`: the session may read what people write. */
  data: (open: boolean) => object;
}

/** Everything that is true on this Discord. */
export interface World {
  clock: () => number;
  id: () => string;
  /** `127.0.0.1:port` */
  host: string;
  token: string;
  application: { id: string; name: string };
  bot: User;
  users: Map<string, User>;
  guilds: Map<string, Guild>;
  /** Threads and direct conversations too. */
  channels: Map<string, Channel>;
  commands: Map<string, Command>;
  attachments: Map<string, Attachment>;
  interactions: Map<string, Interaction>;
  log: Log;
  emit: (happening: Happening) => void;
  /** Whether the portal lets this application read what people write. */
  mayRead: () => boolean;
}

export function newWorld(clock: () => number, token: string, log: Log): World {
  const id = newIds(clock);
  const application = { id: id(), name: 'Dailies' };
  const bot: User = { id: application.id, name: 'dailies', bot: true, locale: 'en-US', uploadLimit: 0 };
  return {
    clock,
    id,
    host: '',
    token,
    application,
    bot,
    users: new Map([[bot.id, bot]]),
    guilds: new Map(),
    channels: new Map(),
    commands: new Map(),
    attachments: new Map(),
    interactions: new Map(),
    log,
    emit: () => {},
    mayRead: () => false,
  };
}
