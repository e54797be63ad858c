import { may } from './permissions.ts';
import { invalid, no } from './refused.ts';
import { emojiShape } from './shape-message.ts';
import { memberShape } from './shapes.ts';
import { intent } from './wire.ts';
import type { Message, World } from './world.ts';

/** Those of Unicode, and a server's own as `name:id`. */
const emoji = /^(\p{RGI_Emoji}|\p{Extended_Pictographic}|\w{2,32}:\d+)$/v;

const knownEmoji = (given: string): string => {
  if (!emoji.test(given)) throw no('unknownEmoji');
  return given;
};

function tell(world: World, t: string, message: Message, user: string, given: string): void {
  const { channel } = message;
  const { guild } = channel;
  const member = guild?.members.get(user);
  const added = t === 'MESSAGE_REACTION_ADD';
  world.emit({
    t,
    guild: guild?.id ?? null,
    channel,
    intents: intent.reactions,
    data: () => ({
      user_id: user,
      channel_id: channel.id,
      message_id: message.id,
      ...(guild ? { guild_id: guild.id } : {}),
      emoji: emojiShape(given),
      burst: false,
      type: 0,
      ...(added ? { message_author_id: message.author.id } : {}),
      ...(added && member ? { member: memberShape(member) } : {}),
    }),
  });
}

export function react(world: World, message: Message, user: string, given: string): void {
  const { channel, reactions } = message;
  knownEmoji(given);
  if (channel.thread?.archived) throw no('archived');
  if (!may(channel, user, 'READ_MESSAGE_HISTORY')) throw no('missingPermissions');
  const by = reactions.get(given) ?? new Set();
  if (by.size === 0 && !may(channel, user, 'ADD_REACTIONS')) throw no('missingPermissions');
  if (by.size === 0 && reactions.size >= 20) throw no('tooManyReactions');
  if (by.has(user)) return;
  reactions.set(given, by.add(user));
  tell(world, 'MESSAGE_REACTION_ADD', message, user, given);
}

export function unreact(world: World, message: Message, user: string, given: string): void {
  if (message.channel.thread?.archived) throw no('archived');
  const by = message.reactions.get(knownEmoji(given));
  if (!by?.delete(user)) return;
  if (by.size === 0) message.reactions.delete(given);
  tell(world, 'MESSAGE_REACTION_REMOVE', message, user, given);
}

/** Who put it there, in the order of their ids. */
export function reactors(message: Message, given: string, after: string | null, limit: number): string[] {
  if (limit < 1 || limit > 100) throw invalid('limit', 'NUMBER_TYPE_MAX', '1 to 100');
  return [...(message.reactions.get(knownEmoji(given)) ?? [])]
    .filter((id) => !after || BigInt(id) > BigInt(after))
    .sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))
    .slice(0, limit);
}
