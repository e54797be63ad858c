import { channelFor, limitOf, messageIn, post } from './messages.ts';
import { may } from './permissions.ts';
import { invalid, no } from './refused.ts';
import { need } from './rest-messages.ts';
import type { Ask } from './routes.ts';
import { messageShape } from './shape-message.ts';
import { channelShape, threadMember } from './shapes.ts';
import { deleteChannel, joinThread, leaveThread, openThread, setThread } from './threads.ts';
import type { MessageBody } from './wire.ts';
import type { Channel } from './world.ts';

interface ThreadBody {
  name: string;
  auto_archive_duration?: number | null;
  type?: number | null;
  invitable?: boolean | null;
  message?: MessageBody;
}

interface ThreadChange {
  name?: string | null;
  archived?: boolean | null;
  locked?: boolean | null;
  auto_archive_duration?: number | null;
}

const shapeOf = ({ world }: Ask, channel: Channel) => channelShape(channel, world.bot.id, world.users);

export function threadFromMessage(ask: Ask): object {
  const { world, at } = ask;
  const channel = channelFor(world, at('channel_id'));
  const from = messageIn(channel, at('message_id'));
  const { name, auto_archive_duration } = ask.body as ThreadBody;
  if (channel.thread || !channel.guild) throw no('channelType');
  need(world, channel, 'CREATE_PUBLIC_THREADS');
  const autoArchive = auto_archive_duration ?? 1440;
  return shapeOf(ask, openThread(world, channel, { name, owner: world.bot.id, autoArchive, from }));
}

/** A private thread where no type is given; in a forum a post, which begins with its message. */
export function threadAlone(ask: Ask): object {
  const { world, at, files } = ask;
  const channel = channelFor(world, at('channel_id'));
  const body = ask.body as ThreadBody;
  const wanted = { name: body.name, owner: world.bot.id, autoArchive: body.auto_archive_duration ?? 1440 };
  if (channel.type === 15) {
    if (!body.message) throw invalid('message', 'BASE_TYPE_REQUIRED', 'This field is required');
    need(world, channel, 'SEND_MESSAGES');
    const thread = openThread(world, channel, wanted);
    const limit = limitOf(channel.guild?.tier ?? 0);
    const first = post(world, { channel: thread, author: world.bot, body: body.message, files, limit });
    return { ...shapeOf(ask, thread), message: messageShape(world, first) };
  }
  const type = body.type === 11 ? 11 : 12;
  need(world, channel, type === 11 ? 'CREATE_PUBLIC_THREADS' : 'CREATE_PRIVATE_THREADS');
  return shapeOf(ask, openThread(world, channel, { ...wanted, type, invitable: body.invitable ?? true }));
}

export const getChannel = (ask: Ask): object => shapeOf(ask, channelFor(ask.world, ask.at('channel_id')));

export function editChannel(ask: Ask): object {
  const { world, at } = ask;
  const channel = channelFor(world, at('channel_id'));
  const body = ask.body as ThreadChange;
  if (!channel.thread) {
    need(world, channel, 'MANAGE_CHANNELS');
    channel.name = body.name ?? channel.name;
    return shapeOf(ask, channel);
  }
  const own = channel.thread.owner === world.bot.id;
  const keeper = may(channel, world.bot.id, 'MANAGE_THREADS');
  const reopens = body.archived === false;
  if (!keeper && (body.locked !== undefined || !(own || reopens))) throw no('missingPermissions');
  if (channel.thread.archived && !reopens) throw no('archived');
  if (channel.thread.locked && !keeper) throw no('missingPermissions');
  const { name, archived, locked, auto_archive_duration: autoArchive } = body;
  setThread(world, channel, { name, archived, locked, autoArchive });
  return shapeOf(ask, channel);
}

export function dropChannel(ask: Ask): object {
  const channel = channelFor(ask.world, ask.at('channel_id'));
  if (channel.guild) need(ask.world, channel, channel.thread ? 'MANAGE_THREADS' : 'MANAGE_CHANNELS');
  const shape = shapeOf(ask, channel);
  if (channel.guild) deleteChannel(ask.world, channel);
  return shape;
}

export function threadMembers({ world, at }: Ask): object {
  const channel = channelFor(world, at('channel_id'));
  if (!channel.thread) throw no('channelType');
  return [...channel.thread.members].map(([user, since]) => threadMember(channel, user, since));
}

const userOf = ({ world }: Ask, named: string): string => (named === '@me' ? world.bot.id : named);

export function addThreadMember(ask: Ask, named = ask.at('user_id')): void {
  const channel = channelFor(ask.world, ask.at('channel_id'));
  if (named !== '@me') need(ask.world, channel, 'SEND_MESSAGES_IN_THREADS');
  joinThread(ask.world, channel, userOf(ask, named));
}

export function dropThreadMember(ask: Ask, named = ask.at('user_id')): void {
  const channel = channelFor(ask.world, ask.at('channel_id'));
  if (named !== '@me') need(ask.world, channel, 'MANAGE_THREADS');
  leaveThread(ask.world, channel, userOf(ask, named));
}

export function activeThreads(ask: Ask): object {
  const guild = ask.world.guilds.get(ask.at('guild_id'));
  if (!guild?.members.has(ask.world.bot.id)) throw no('unknownGuild');
  const open = [...guild.channels.values()].filter((each) => each.thread && !each.thread.archived);
  return { threads: open.map((each) => shapeOf(ask, each)), members: [] };
}
