import { timeOf } from './ids.ts';
import { channelFor, edit, limitOf, messageIn, post, remove } from './messages.ts';
import { may, type Permission } from './permissions.ts';
import { invalid, no, tooOld } from './refused.ts';
import type { Ask } from './routes.ts';
import { messageShape } from './shape-message.ts';
import { setThread } from './threads.ts';
import type { MessageBody } from './wire.ts';
import type { Channel, Message, World } from './world.ts';

const minute = 60_000;

export function need(world: World, channel: Channel, ...names: Permission[]): void {
  if (!may(channel, world.bot.id, ...names)) throw no('missingPermissions');
}

/** Words and files may be said here: the right of it, and a thread that is open or can be opened. */
function mayPost(world: World, channel: Channel, files: number): void {
  if (channel.type === 15) throw no('forum');
  need(world, channel, channel.thread ? 'SEND_MESSAGES_IN_THREADS' : 'SEND_MESSAGES');
  if (files > 0) need(world, channel, 'ATTACH_FILES');
  if (channel.thread?.locked && !may(channel, world.bot.id, 'MANAGE_THREADS')) throw no('locked');
}

/** The message that was sent with the same nonce not long ago. */
function sentBefore(world: World, channel: Channel, body: MessageBody): Message | undefined {
  if (!body.enforce_nonce || body.nonce === undefined || body.nonce === null) return undefined;
  return [...channel.messages.values()].find(
    (each) => each.author === world.bot && each.nonce === body.nonce && world.clock() - each.at < 3 * minute,
  );
}

export function createMessage({ world, at, body, files }: Ask): object {
  const channel = channelFor(world, at('channel_id'));
  const wanted = body as MessageBody;
  mayPost(world, channel, files.size);
  const known = sentBefore(world, channel, wanted);
  if (known?.deleted) throw no('unknownMessage');
  if (known) return messageShape(world, known);
  const reference = referred(channel, wanted);
  const limit = limitOf(channel.guild?.tier ?? 0);
  const posting = { channel, author: world.bot, body: wanted, files, limit, more: { reference } };
  if (channel.thread?.archived) setThread(world, channel, { archived: false });
  return messageShape(world, post(world, posting));
}

function referred(channel: Channel, { message_reference: to }: MessageBody): Message | null {
  if (!to) return null;
  const found = channel.messages.get(to.message_id);
  if (found && !found.deleted && found.onlyFor === null) return found;
  if (to.fail_if_not_exists === false) return null;
  throw invalid('message_reference', 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
}

export function editMessage({ world, at, body, files }: Ask): object {
  const channel = channelFor(world, at('channel_id'));
  const message = messageIn(channel, at('message_id'));
  if (message.author !== world.bot) throw no('anothersMessage');
  if (channel.thread?.archived) throw no('archived');
  if (files.size > 0) need(world, channel, 'ATTACH_FILES');
  oldEdit(world, message);
  const limit = limitOf(channel.guild?.tier ?? 0);
  const posting = { channel, author: world.bot, body: body as MessageBody, files, limit };
  return messageShape(world, edit(world, message, posting));
}

/** A message older than an hour may be edited a few times an hour; how often is told nowhere, here three times. */
function oldEdit(world: World, message: Message): void {
  const now = world.clock();
  if (now - timeOf(message.id) < 60 * minute) return;
  const late = message.versions.filter(
    ({ at }) => at - timeOf(message.id) >= 60 * minute && now - at < 60 * minute,
  );
  if (late.length >= 3) throw tooOld(Math.ceil(((late[0]?.at ?? now) + 60 * minute - now) / 1000));
}

export function getMessage({ world, at }: Ask): object {
  const channel = channelFor(world, at('channel_id'));
  need(world, channel, 'READ_MESSAGE_HISTORY');
  return messageShape(world, messageIn(channel, at('message_id')), world.mayRead());
}

/** Newest first, as Discord lists them; `after` gives those that follow it most closely. */
export function listMessages({ world, at, query }: Ask): object {
  const channel = channelFor(world, at('channel_id'));
  const limit = Number(query.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw invalid('limit', 'NUMBER_TYPE_MAX', '1 to 100');
  if (!may(channel, world.bot.id, 'READ_MESSAGE_HISTORY')) return [];
  const [after, before] = [query.get('after'), query.get('before')];
  const all = [...channel.messages.values()]
    .filter((each) => !each.deleted && each.onlyFor === null)
    .filter(({ id }) => (!after || BigInt(id) > BigInt(after)) && (!before || BigInt(id) < BigInt(before)));
  const page = after ? all.slice(0, limit) : all.slice(-limit);
  return page.toReversed().map((each) => messageShape(world, each, world.mayRead()));
}

export function deleteMessage({ world, at }: Ask): void {
  const channel = channelFor(world, at('channel_id'));
  const message = messageIn(channel, at('message_id'));
  if (channel.thread?.archived) throw no('archived');
  if (message.author !== world.bot) need(world, channel, 'MANAGE_MESSAGES');
  remove(world, message);
}

export function pin({ world, at }: Ask, pinned: boolean): void {
  const channel = channelFor(world, at('channel_id'));
  need(world, channel, 'PIN_MESSAGES');
  messageIn(channel, at('message_id')).pinned = pinned;
}

export function typing({ world, at }: Ask): void {
  const channel = channelFor(world, at('channel_id'));
  need(world, channel, channel.thread ? 'SEND_MESSAGES_IN_THREADS' : 'SEND_MESSAGES');
}
