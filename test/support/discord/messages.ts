import { keepFile } from './cdn.ts';
import { checkLayout } from './layout.ts';
import { numbered } from './numbering.ts';
import { sees } from './permissions.ts';
import { invalid, no } from './refused.ts';
import { messageShape } from './shape-message.ts';
import { loneMember } from './shapes.ts';
import { flag, intent, type MessageBody, type Upload } from './wire.ts';
import type { Attachment, Channel, Message, User, Version, World } from './world.ts';

const mebibyte = 1024 * 1024;

/** Bytes per file that a server's boosts allow. */
export const limitOf = (tier: number): number => (tier < 2 ? 10 : tier === 2 ? 50 : 100) * mebibyte;

export interface Posting {
  channel: Channel;
  author: User;
  body: MessageBody;
  files: Map<string, Upload>;
  /** Bytes per file. */
  limit: number;
  more?: Partial<Pick<Message, 'interaction' | 'onlyFor' | 'type' | 'reference' | 'flags'>>;
}

/** What the new text of a message is, checked; `before` is what it was. */
function version(world: World, posting: Posting, before: Version | null): Version {
  const { body, files, channel, more } = posting;
  const fixed = ((before?.flags ?? more?.flags ?? 0) & ~allowed) | v2(before);
  const flags = fixed | ((body.flags ?? before?.flags ?? 0) & allowed);
  const content = body.content === undefined ? (before?.content ?? '') : (body.content ?? '');
  const embeds = body.embeds === undefined ? (before?.embeds ?? []) : (body.embeds ?? []);
  const components = body.components === undefined ? (before?.components ?? []) : (body.components ?? []);
  const attachments = filesOf(world, posting, before?.attachments ?? []);
  const whole = { ...body, content, embeds, components };
  const names = attachments.map(({ name }) => name);
  checkLayout(whole, flags, names);
  const parts = embeds.length + components.length + attachments.length;
  const waits = before === null && (flags & flag.loading) !== 0;
  if (!content && parts === 0 && !body.poll && !waits) throw no('empty');
  for (const { bytes } of files.values()) if (bytes.length > posting.limit) throw no('tooLarge');
  const rich = embeds.map((embed) => ({ type: 'rich', ...embed }));
  for (const file of attachments) file.folder = channel.id;
  return { at: world.clock(), content, embeds: rich, components: numbered(components), attachments, flags };
}

/** What a request may set: the newer kind, no link previews, no notification. */
const allowed = flag.v2 | 4 | 4096;

/** Once of the newer kind, always of it. */
const v2 = (before: Version | null): number => (before?.flags ?? 0) & flag.v2;

/** Files that stay (those listed, or all where there is no list), and those that come. */
function filesOf(
  world: World,
  { body, files, channel }: Posting,
  before: readonly Attachment[],
): Attachment[] {
  const listed = body.attachments ?? null;
  for (const one of listed ?? [])
    if (!files.has(String(one.id)) && !before.some(({ id }) => id === String(one.id)))
      throw invalid('attachments', 'ATTACHMENT_NOT_FOUND', `No file and no attachment with id ${one.id}`);
  const kept = before.filter(({ id }) => !listed || listed.some((one) => String(one.id) === id));
  if (kept.length + files.size > 10) throw no('tooManyFiles');
  const come = [...files].map(([key, upload]) => {
    const told = listed?.find((one) => String(one.id) === key);
    if (listed && !told)
      throw invalid('attachments', 'ATTACHMENT_NOT_FOUND', `files[${key}] is not in the list`);
    const name = told?.filename ?? upload.name;
    return keepFile(
      world,
      channel.id,
      { name, bytes: upload.bytes },
      { description: told?.description ?? null },
    );
  });
  return [...kept, ...come];
}

/** Makes a message and tells those who listen. */
export function post(world: World, posting: Posting): Message {
  const { channel, author, body, more = {} } = posting;
  const said = version(world, posting, null);
  const message: Message = {
    ...said,
    id: world.id(),
    channel,
    author,
    type: more.type ?? (more.reference ? 19 : 0),
    editedAt: null,
    nonce: body.nonce ?? null,
    reference: more.reference ?? null,
    mentions: mentionsIn(world, body, more.reference ?? null),
    reactions: new Map(),
    pinned: false,
    thread: null,
    interaction: more.interaction ?? null,
    onlyFor: more.onlyFor ?? null,
    deleted: false,
    versions: [said],
  };
  channel.messages.set(message.id, message);
  if (message.onlyFor === null) tell(world, 'MESSAGE_CREATE', message);
  return message;
}

function mentionsIn(world: World, body: MessageBody, reference: Message | null): string[] {
  const named = [...(body.content ?? '').matchAll(/<@!?(\d+)>/g)].map(([, id]) => id ?? '');
  const { allowed_mentions: given } = body;
  const pings = !given || (given.parse ?? []).includes('users');
  const may = named.filter((id) => world.users.has(id) && (pings || given?.users?.includes(id)));
  return [...new Set([...may, ...(reference && pings ? [reference.author.id] : [])])];
}

export function edit(world: World, message: Message, posting: Posting): Message {
  const said = version(world, posting, message);
  const loading = message.flags & flag.loading;
  Object.assign(message, said, { at: message.at, flags: said.flags & ~flag.loading });
  if (!loading) message.editedAt = said.at;
  message.versions.push(said);
  if (message.onlyFor === null) tell(world, 'MESSAGE_UPDATE', message);
  return message;
}

export function remove(world: World, message: Message): void {
  message.deleted = true;
  const { channel } = message;
  const guild = channel.guild?.id ?? null;
  world.emit({
    t: 'MESSAGE_DELETE',
    guild,
    channel,
    intents: guild ? intent.guildMessages : intent.directMessages,
    data: () => ({ id: message.id, channel_id: channel.id, ...(guild ? { guild_id: guild } : {}) }),
  });
}

function tell(world: World, t: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE', message: Message): void {
  const { channel, author } = message;
  const guild = channel.guild;
  const member = guild?.members.get(author.id);
  world.emit({
    t,
    guild: guild?.id ?? null,
    channel,
    intents: guild ? intent.guildMessages : intent.directMessages,
    data: (open) => ({
      ...messageShape(world, message, open),
      ...(guild ? { guild_id: guild.id } : {}),
      ...(member ? { member: loneMember(member) } : {}),
      channel_type: channel.type,
    }),
  });
}

/** A message as the bot finds it; those that only one person sees are not found. */
export function messageIn(channel: Channel, id: string): Message {
  const message = channel.messages.get(id);
  if (!message || message.deleted || message.onlyFor !== null) throw no('unknownMessage');
  return message;
}

/** A channel as somebody finds it: what they may not see is refused. */
export function channelFor(world: World, id: string, viewer = world.bot.id): Channel {
  const channel = world.channels.get(id);
  if (!channel) throw no('unknownChannel');
  if (!sees(channel, viewer)) throw no('missingAccess');
  return channel;
}
