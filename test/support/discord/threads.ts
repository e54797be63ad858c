import { sees } from './permissions.ts';
import { no } from './refused.ts';
import { channelShape, threadMember } from './shapes.ts';
import { flag, intent } from './wire.ts';
import type { Channel, Message, World } from './world.ts';

export interface NewThread {
  name: string;
  owner: string;
  type?: 11 | 12;
  autoArchive?: number;
  invitable?: boolean;
  /** The message it hangs on; its id becomes the thread's. */
  from?: Message;
}

export function openThread(world: World, parent: Channel, wanted: NewThread): Channel {
  const { name, owner, type = 11, autoArchive = 1440, invitable = true, from } = wanted;
  if (parent.thread || !parent.guild) throw no('channelType');
  if (from?.thread) throw no('threadExists');
  const now = world.clock();
  const thread: Channel = {
    id: from?.id ?? world.id(),
    guild: parent.guild,
    type,
    name,
    parent,
    overwrites: [],
    nsfw: parent.nsfw,
    thread: {
      owner,
      archived: false,
      locked: false,
      autoArchive,
      changedAt: now,
      members: new Map([[owner, now]]),
      invitable,
    },
    recipients: new Set(),
    messages: new Map(),
  };
  parent.guild.channels.set(thread.id, thread);
  world.channels.set(thread.id, thread);
  if (from) {
    from.thread = thread;
    from.flags |= flag.hasThread;
  }
  tellThread(world, 'THREAD_CREATE', thread, { newly_created: true });
  return thread;
}

function tellThread(world: World, t: string, thread: Channel, more: object = {}): void {
  world.emit({
    t,
    guild: thread.guild?.id ?? null,
    channel: thread,
    intents: intent.guilds,
    data: () => ({ ...channelShape(thread, world.bot.id, world.users), ...more }),
  });
}

export function setThread(
  world: World,
  channel: Channel,
  change: {
    name?: string | null | undefined;
    archived?: boolean | null | undefined;
    locked?: boolean | null | undefined;
    autoArchive?: number | null | undefined;
  },
): void {
  const { thread } = channel;
  if (!thread) throw no('channelType');
  if (change.name) channel.name = change.name;
  const archived = change.archived ?? thread.archived;
  if (archived !== thread.archived) thread.changedAt = world.clock();
  thread.archived = archived;
  thread.locked = change.locked ?? thread.locked;
  thread.autoArchive = change.autoArchive ?? thread.autoArchive;
  tellThread(world, 'THREAD_UPDATE', channel);
}

export function joinThread(world: World, channel: Channel, user: string): void {
  const { thread, guild } = channel;
  if (!thread || !guild) throw no('channelType');
  if (thread.archived) throw no('archived');
  if (!guild.members.has(user) || !sees(channel.parent ?? channel, user)) throw no('missingAccess');
  if (!thread.members.has(user)) thread.members.set(user, world.clock());
  changed(world, channel, [user], []);
}

export function leaveThread(world: World, channel: Channel, user: string): void {
  if (!channel.thread) throw no('channelType');
  if (channel.thread.archived) throw no('archived');
  if (channel.thread.members.delete(user)) changed(world, channel, [], [user]);
}

function changed(world: World, channel: Channel, added: string[], removed: string[]): void {
  const members = channel.thread?.members ?? new Map<string, number>();
  world.emit({
    t: 'THREAD_MEMBERS_UPDATE',
    guild: channel.guild?.id ?? null,
    channel,
    intents: intent.guilds,
    data: () => ({
      id: channel.id,
      guild_id: channel.guild?.id,
      member_count: members.size,
      added_members: added.map((id) => threadMember(channel, id, members.get(id) ?? world.clock())),
      removed_member_ids: removed,
    }),
  });
}

/** Gone for everybody, with all that was said there. */
export function deleteChannel(world: World, channel: Channel): void {
  world.emit({
    t: channel.thread ? 'THREAD_DELETE' : 'CHANNEL_DELETE',
    guild: channel.guild?.id ?? null,
    channel,
    intents: intent.guilds,
    data: () => ({
      id: channel.id,
      guild_id: channel.guild?.id,
      parent_id: channel.parent?.id ?? null,
      type: channel.type,
    }),
  });
  world.channels.delete(channel.id);
  channel.guild?.channels.delete(channel.id);
}
