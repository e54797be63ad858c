import { setTimeout as pause } from 'node:timers/promises';
import type {
  GatewayMessageReactionAddDispatchData,
  GatewayMessageReactionRemoveDispatchData,
} from '@discordjs/core';
import { z } from 'zod';
import type { Verdict } from '../../campaign/review.ts';
import { TryLater } from '../../errors.ts';
import type { Card } from '../card.ts';
import { inTurnBy } from '../turns.ts';
import type { Call } from './client.ts';
import type { Desk } from './desk.ts';
import { placeOf, type Spot, timeOf } from './places.ts';

/** The signs that are put under a review, each a verdict. */
export const signs: ReadonlyMap<string, Verdict> = new Map([
  ['✅', 'approve'],
  ['🔁', 'request-changes'],
  ['❌', 'reject'],
]);

export const takesVerdicts = ({ buttons }: Card): boolean => buttons.some(({ does }) => does.type === 'vote');

const seeded = new Set<string>();
const manyKnown = 5_000;

/** The three signs under a review; they are a convenience, so what fails is left to the next edit. */
export async function seed(call: Call, { channel }: Spot, message: string): Promise<void> {
  if (seeded.has(message)) return;
  try {
    for (const sign of signs.keys())
      await call((api) => api.channels.addMessageReaction(channel, message, sign));
  } catch {
    return;
  }
  if (seeded.size > manyKnown) seeded.clear();
  seeded.add(message);
}

type Removed = GatewayMessageReactionRemoveDispatchData;

const young = 10 * 60_000;
const betweenLooks = 100;

/** What a sign says; null for one that decides nothing. */
export const verdictOf = (emoji: string): Verdict | null => signs.get(emoji.replace(/\uFE0F$/, '')) ?? null;

/** One person's sign on one message is one vote until it is taken away, however often it is heard of. */
export interface Signed {
  guild: string;
  channel: string;
  message: string;
  person: string;
  emoji: string;
}

/** A sign on a message of ours is the press of its button. */
export async function react(data: GatewayMessageReactionAddDispatchData, desk: Desk): Promise<void> {
  const { guild_id: guild, channel_id: channel, message_id: message, user_id: person, emoji } = data;
  if (!guild || data.message_author_id !== desk.self || person === desk.self) return;
  if (data.member?.user?.bot) return;
  await sign({ guild, channel, message, person, emoji: emoji.name ?? '' }, desk);
}

/** How often a person took their sign away again: whoever was refused and may decide since puts it there anew. */
const timesKey = ({ guild, message, person }: Signed, verdict: Verdict): string =>
  `sign/${guild}/${message}/${person}/${verdict}`;
const timesIn = async (key: string, { keep }: Desk): Promise<number | null> =>
  z.number().safeParse(await keep.get(key)).data ?? null;

/** Taking a sign away and putting it there again come one after the other. */
const oneByOne = inTurnBy();

export async function sign(signed: Signed, desk: Desk): Promise<void> {
  const verdict = verdictOf(signed.emoji);
  if (!verdict) return;
  const key = timesKey(signed, verdict);
  await oneByOne(key, () => vote(signed, verdict, key, desk));
}

async function vote(signed: Signed, verdict: Verdict, key: string, desk: Desk): Promise<void> {
  const { guild, channel, message, person } = signed;
  const times = await timesIn(key, desk);
  const id = `reaction/${message}/${person}/${verdict}${times ? `/${times}` : ''}`;
  const place = placeOf({ guild, channel });
  const told = await patiently(
    () => desk.doors.react({ id, workspace: guild, person, place, message, verdict }),
    desk.patience,
  );
  if (told === 'unknown' && desk.clock() - timeOf(message) < young)
    throw new TryLater('the message of a reaction is not known yet', { delay: 0, sent: false });
  if (told === 'unknown' || told === 'nothing') return;
  if (times === null) await desk.keep.put(key, 0, guild);
  const { answer: card, campaign } = told;
  if (card) await desk.tell({ spot: { guild, channel }, person, card, campaign, id, since: timeOf(message) });
}

/** A sign that was a vote is taken away. The vote stays; but put there again, it is another one. */
export async function unreact(
  { guild_id: guild, channel_id: channel, message_id: message, user_id, emoji }: Removed,
  desk: Desk,
): Promise<void> {
  const verdict = verdictOf(emoji.name ?? '');
  if (!guild || !verdict || user_id === desk.self) return;
  const key = timesKey({ guild, channel, message, person: user_id, emoji: '' }, verdict);
  await oneByOne(key, async () => {
    const times = await timesIn(key, desk);
    if (times !== null) await desk.keep.put(key, times + 1, guild);
  });
}

/** A message that was sent a moment ago may not be known yet. */
async function patiently<T>(look: () => Promise<T | 'unknown'>, patience: number): Promise<T | 'unknown'> {
  const end = performance.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== 'unknown' || performance.now() >= end) return found;
    await pause(betweenLooks);
  }
}
