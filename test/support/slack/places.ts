import type { Call } from './method.ts';
import { Refused } from './refused.ts';
import { type Channel, type ChannelKind, channelOf, directWith, userOf } from './world.ts';

const kinds: Record<ChannelKind, string> = { channel: 'channels', group: 'groups', im: 'im', mpim: 'mpim' };

/** The scopes of a family, as `channels:read`, one for each kind of channel. */
export const forEveryKind = (verb: string) =>
  Object.values(kinds)
    .map((kind) => `${kind}:${verb}`)
    .join(' ');

/** A channel the bot may see. @throws Refused `channel_not_found` for those it may not. */
export function seen({ workspace, install }: Call, id: string): Channel {
  const channel = channelOf(workspace, id);
  const inside = channel?.members.includes(install.botUser);
  if (!channel || (channel.kind !== 'channel' && !inside)) throw new Refused('channel_not_found');
  return channel;
}

export function needKind({ install }: Call, channel: Channel, verb: string): void {
  const needed = `${kinds[channel.kind]}:${verb}`;
  if (!install.scopes.has(needed))
    throw new Refused('missing_scope', { needed, provided: [...install.scopes].join(',') });
}

/** A channel the bot may write in; a person's id means the conversation with them. */
export function writable(call: Call, id: string, publicly = false): Channel {
  const person = userOf(call.workspace, id);
  const channel = person ? directWith(call.world, call.workspace, [id]) : seen(call, id);
  if (channel.archived) throw new Refused('is_archived');
  const open = publicly && channel.kind === 'channel' && call.install.scopes.has('chat:write.public');
  if (!open) inside(call, channel);
  return channel;
}

/** @throws Refused `not_in_channel`. */
export function inside({ install }: Call, channel: Channel): Channel {
  if (!channel.members.includes(install.botUser)) throw new Refused('not_in_channel');
  return channel;
}
