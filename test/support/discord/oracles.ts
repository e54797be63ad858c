import { byId } from './ids.ts';
import { partsIn } from './wire.ts';
import type { Channel, Message, World } from './world.ts';

/** A message as somebody reads it. */
export interface Seen {
  id: string;
  author: string;
  /** Words of all kinds, in order, joined by line breaks. */
  text: string;
  buttons: string[];
  files: string[];
  reactions: Record<string, number>;
  edited: boolean;
  pinned: boolean;
}

export const asSeen = (message: Message): Seen => {
  const parts = partsIn(message.components);
  return {
    id: message.id,
    author: message.author.name,
    text: [message.content, ...parts.flatMap((each) => each.content ?? [])].filter(Boolean).join('\n'),
    buttons: parts.filter((each) => each.type === 2).map((each) => each.label ?? each.emoji?.name ?? ''),
    files: message.attachments.map((each) => each.name),
    reactions: Object.fromEntries([...message.reactions].map(([emoji, by]) => [emoji, by.size])),
    edited: message.editedAt !== null,
    pinned: message.pinned,
  };
};

/** What everybody sees in a channel, in order. */
export const visible = ({ messages }: Channel): Message[] =>
  [...messages.values()].filter((each) => !each.deleted && each.onlyFor === null);

/** Every message that the bot ever made, deleted ones and those for one person too, with all its versions. */
export const posts = (world: World, channels: Iterable<Channel>): Message[] =>
  [...channels]
    .flatMap(({ messages }) => [...messages.values()])
    .filter((each) => each.author === world.bot)
    .sort(byId);
