import type {
  GatewayMessageReactionAddDispatchData,
  GatewayMessageReactionRemoveDispatchData,
} from '@discordjs/core';
import { z } from 'zod';
import type { Desk } from './desk.ts';
import { placeOf } from './places.ts';
import { signs } from './react.ts';

type Changed = GatewayMessageReactionAddDispatchData | GatewayMessageReactionRemoveDispatchData;

/** By message, which is a take: how many people put which sign there. */
const Applause = z.record(z.string(), z.record(z.string(), z.number()));

const keyOf = (place: string): string => `applause/${place}`;
const applauseOf = async (place: string, { keep }: Pick<Desk, 'keep'>) =>
  Applause.safeParse(await keep.get(keyOf(place))).data ?? {};

const mostTakes = 100;

/**
 * What people think of a take, by signs that decide nothing: counted anew at every change, so that hearing of one twice
 * changes nothing.
 */
export function applaud(data: Changed, desk: Desk): Promise<void> {
  const done = last.then(() => count(data, desk));
  last = done.catch(() => {});
  return done;
}

/** One after the other: all takes of a conversation are counted in one place. */
let last: Promise<unknown> = Promise.resolve();

async function count(data: Changed, desk: Desk): Promise<void> {
  const { guild_id: guild, channel_id: channel, message_id: message, user_id, emoji } = data;
  if (!guild || user_id === desk.self || signs.has(emoji.name ?? '')) return;
  // Whose message it is, is told with a sign that is put there, not with one that is taken away.
  if ('message_author_id' in data && data.message_author_id !== desk.self) return;
  const place = placeOf({ guild, channel });
  if (!(await desk.doors.campaignAt(guild, place))) return;
  const { author, reactions = [] } = await desk.call((api) => api.channels.getMessage(channel, message));
  if (author.id !== desk.self) return;
  const counts = reactions
    .filter((one) => one.emoji.name !== null && !signs.has(one.emoji.name))
    .map((one) => [one.emoji.name, one.count] as const);
  const others = Object.entries(await applauseOf(place, desk)).filter(([id]) => id !== message);
  const all = [...others, [message, Object.fromEntries(counts)] as const];
  await desk.keep.put(keyOf(place), Object.fromEntries(all.slice(-mostTakes)), guild);
}

const mostSigns = 5;

/** `👍 5 · 🔥 2`, over all takes of a conversation; empty where nobody said anything. */
export async function applauseIn(place: string, desk: Pick<Desk, 'keep'>): Promise<string> {
  const sums = new Map<string, number>();
  for (const counts of Object.values(await applauseOf(place, desk)))
    for (const [emoji, count] of Object.entries(counts)) sums.set(emoji, (sums.get(emoji) ?? 0) + count);
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostSigns)
    .map(([emoji, count]) => `${emoji} ${count}`)
    .join(' · ');
}
