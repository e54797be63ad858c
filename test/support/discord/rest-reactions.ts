import { channelFor, messageIn } from './messages.ts';
import { react, reactors, unreact } from './reactions.ts';
import { need } from './rest-messages.ts';
import type { Ask } from './routes.ts';
import { userShape } from './shapes.ts';
import type { Message } from './world.ts';

const messageOf = ({ world, at }: Ask): Message =>
  messageIn(channelFor(world, at('channel_id')), at('message_id'));

export const addReaction = (ask: Ask): void =>
  react(ask.world, messageOf(ask), ask.world.bot.id, ask.at('emoji_name'));

export const dropOwnReaction = (ask: Ask): void =>
  unreact(ask.world, messageOf(ask), ask.world.bot.id, ask.at('emoji_name'));

export function dropReaction(ask: Ask): void {
  const message = messageOf(ask);
  need(ask.world, message.channel, 'MANAGE_MESSAGES');
  unreact(ask.world, message, ask.at('user_id'), ask.at('emoji_name'));
}

export function dropReactions(ask: Ask): void {
  const message = messageOf(ask);
  need(ask.world, message.channel, 'MANAGE_MESSAGES');
  for (const [emoji, by] of message.reactions)
    for (const user of by) unreact(ask.world, message, user, emoji);
}

export function listReactions(ask: Ask): object {
  const { world, query } = ask;
  const limit = Number(query.get('limit') ?? 25);
  const ids = reactors(messageOf(ask), ask.at('emoji_name'), query.get('after'), limit);
  return ids.flatMap((id) => world.users.get(id) ?? []).map(userShape);
}
