import type { Desk } from './desk.ts';
import { spotOf } from './places.ts';
import { sign, signs } from './react.ts';
import { isForbidden, isGone } from './trouble.ts';

const mostSigns = 100;

/**
 * A session that begins anew was told nothing of what happened before: every review that waits is looked at once. Who
 * was heard already is not heard again.
 */
export async function sweep(desk: Desk): Promise<void> {
  for (const { workspace, place, message } of await desk.doors.reviews()) {
    const { guild, channel } = spotOf(place);
    if (guild !== workspace) continue;
    try {
      for (const emoji of signs.keys())
        for (const person of await signedBy(desk, channel, message, emoji))
          await sign({ guild, channel, message, person, emoji }, desk);
    } catch (error) {
      if (!isGone(error) && !isForbidden(error)) throw error;
    }
  }
}

async function signedBy(desk: Desk, channel: string, message: string, emoji: string): Promise<string[]> {
  const by = await desk.call((api) =>
    api.channels.getMessageReactions(channel, message, emoji, { limit: mostSigns }),
  );
  return by.filter(({ id, bot }) => id !== desk.self && !bot).map(({ id }) => id);
}
