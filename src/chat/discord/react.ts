import { setTimeout as pause } from 'node:timers/promises';
import type { GatewayMessageReactionAddDispatchData } from '@discordjs/core';
import type { Verdict } from '../../campaign/review.ts';
import { TryLater } from '../../errors.ts';
import type { Card } from '../card.ts';
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

const young = 10 * 60_000;
const betweenLooks = 100;

/** One person's sign on one message is one vote, however often it is put there. */
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

export async function sign({ guild, channel, message, person, emoji }: Signed, desk: Desk): Promise<void> {
  const verdict = signs.get(emoji.replace(/\uFE0F$/, ''));
  if (!verdict) return;
  const told = await patiently(
    () =>
      desk.doors.react({
        id: `reaction/${message}/${person}/${verdict}`,
        workspace: guild,
        person,
        place: placeOf({ guild, channel }),
        message,
        verdict,
      }),
    desk.patience,
  );
  if (told === 'unknown' && desk.clock() - timeOf(message) < young)
    throw new TryLater('the message of a reaction is not known yet', { delay: 0, sent: false });
  if (told === 'unknown' || told === 'nothing' || !told.answer) return;
  const { answer, campaign } = told;
  desk.later('answer', () => desk.tell({ guild, channel }, person, answer, campaign));
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
