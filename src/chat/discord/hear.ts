import { type GatewayMessageCreateDispatchData, MessageType } from '@discordjs/core';
import { video } from '../../../commands/video.ts';
import { card } from '../card.ts';
import { offersOf } from './attachment.ts';
import type { Desk } from './desk.ts';
import { placeOf, timeOf } from './places.ts';
import { answerTo } from './told.ts';

type Said = GatewayMessageCreateDispatchData;

/** What people say; joins, pins, thread openings and the like are no words. */
const words: readonly number[] = [MessageType.Default, MessageType.Reply];

/**
 * A message in a conversation of ours is said to its campaign; a mention elsewhere begins one. Discord empties what we
 * may not read: then the person hears once how to be understood.
 */
export async function hear(said: Said, desk: Desk): Promise<void> {
  const { guild_id: guild, author, webhook_id, type } = said;
  if (!guild || author.bot || webhook_id || !words.includes(type)) return;
  const place = placeOf({ guild, channel: said.channel_id });
  const mentioned = said.mentions.some(({ id }) => id === desk.self);
  const text = spoken(said.content, desk.self);
  const isEmpty = !text && said.attachments.length === 0;
  if (await desk.doors.campaignAt(guild, place)) {
    if (isEmpty) await nudge(said, guild, desk);
    else await say(said, text, { guild, place }, desk);
  } else if (mentioned && !isEmpty) await begin(said, text, { guild, place }, desk);
}

/** Without the mention of ourselves. */
const spoken = (content: string, self: string): string =>
  content.replaceAll(new RegExp(`<@!?${self}>`, 'g'), '').trim();

const idOf = ({ id }: Said): string => `message/${id}`;

const sourceOf = ({ channel_id: channel, id }: Said, guild: string) => ({ guild, message: { channel, id } });

const addressOf = ({ id, channel_id: channel, author }: Said, guild: string) => ({
  spot: { guild, channel },
  person: author.id,
  since: timeOf(id),
});

async function say(
  said: Said,
  text: string,
  { guild, place }: { guild: string; place: string },
  desk: Desk,
): Promise<void> {
  const references = await offersOf(said.attachments, desk.keep, sourceOf(said, guild));
  const { answer, campaign } = await desk.doors.tell({
    id: idOf(said),
    workspace: guild,
    person: said.author.id,
    at: { place },
    intent: { type: 'say', words: text, references },
  });
  if (answer) await desk.tell({ ...addressOf(said, guild), card: answer, campaign, id: idOf(said) });
}

/** Talking to us is like typing `/video`. */
async function begin(
  said: Said,
  text: string,
  { guild, place }: { guild: string; place: string },
  desk: Desk,
): Promise<void> {
  const files = await offersOf(said.attachments, desk.keep, sourceOf(said, guild));
  const meant = video.read({ text, options: {}, files, place });
  const { cards, campaign, opened } = await answerTo(
    meant,
    { id: idOf(said), workspace: guild, person: said.author.id, place },
    desk,
  );
  if (opened) return;
  for (const [n, one] of cards.entries())
    await desk.tell({ ...addressOf(said, guild), card: one, campaign, id: `${idOf(said)}/${n}` });
}

const howToBeHeard = card({
  title: 'Discord does not let me read that.',
  text: [
    'Mention me, reply to one of my cards, or press “Say or add something” on the first card; then I hear you.',
  ],
});

async function nudge(said: Said, guild: string, desk: Desk): Promise<void> {
  const key = `nudged/${said.channel_id}`;
  if (await desk.keep.get(key)) return;
  await desk.tell({ ...addressOf(said, guild), card: howToBeHeard, campaign: null, id: key });
  await desk.keep.put(key, true, guild);
}
