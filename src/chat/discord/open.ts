import { z } from 'zod';
import { TryLater } from '../../errors.ts';
import { card } from '../card.ts';
import type { Guard } from '../chat.ts';
import { plainly } from '../fitted.ts';
import { openedCard, tellAsker } from './asker.ts';
import type { Desk } from './desk.ts';
import { longestThread } from './limits.ts';
import { closedCard } from './permissions.ts';
import { isThread, placeOf, type Spot } from './places.ts';
import { render } from './render.ts';
import { bare } from './rendered.ts';
import { markerOf, nonceOf, post, readBack } from './send.ts';
import { codeOf, isAmbiguous, isForbidden } from './trouble.ts';

export interface OpenParts extends Pick<Desk, 'keep' | 'clock' | 'api' | 'buttons' | 'call' | 'later'> {
  guard?: Guard | undefined;
}

/** `message`: the one the thread hangs from. `sending`: since when it is on its way, perhaps arrived. */
const Root = z.object({ message: z.string().nullable(), sending: z.number().nullable() });

const week = 10_080;
const threadExists = 160_004;

/**
 * Opens the thread of a campaign, once: it hangs from a message, has that message's id, and Discord makes no second one.
 * A thread that is there already is a conversation.
 */
export async function open(spot: Spot, title: string, root: string, parts: OpenParts): Promise<string> {
  const { keep, call } = parts;
  const before = await keep.get(`opened/${root}`);
  if (typeof before === 'string') return before;
  try {
    const channel = await call((api) => api.channels.get(spot.channel));
    const thread = isThread(channel) ? spot.channel : await hang(spot, title, root, parts);
    const place = placeOf({ guild: spot.guild, channel: thread });
    await keep.put(`opened/${root}`, place, spot.guild);
    parts.later('answer', () => tellAsker(root, openedCard(place), parts));
    return place;
  } catch (error) {
    if (isForbidden(error)) parts.later('answer', () => tellAsker(root, closedCard, parts));
    throw error;
  }
}

async function hang(spot: Spot, title: string, root: string, parts: OpenParts): Promise<string> {
  const { call } = parts;
  const { channel } = spot;
  const message = await messageOf(spot, title, root, parts);
  const name = plainly(title.replace(/\s+/g, ' '), longestThread) || 'Video';
  try {
    const body = { name, auto_archive_duration: week } as const;
    return (await call((api) => api.channels.createThread(channel, body, message))).id;
  } catch (error) {
    if (codeOf(error) === threadExists) return message;
    throw error;
  }
}

/**
 * What is on its way is written down first; after an attempt with an unknown end the channel is read, from then on,
 * before another. What was refused for sure is not looked for.
 */
async function messageOf(
  { guild, channel }: Spot,
  title: string,
  root: string,
  { keep, call, clock, guard }: OpenParts,
): Promise<string> {
  const key = `root/${root}`;
  const sendKey = `root-${root}`;
  const write = (known: z.infer<typeof Root>) => keep.put(key, known, guild);
  const known = Root.safeParse(await keep.get(key)).data;
  if (known?.message) return known.message;
  const since = known?.sending ?? null;
  const found = since === null ? 'absent' : await readBack(call, channel, markerOf(sendKey), since);
  if (found === 'unknown') throw new TryLater('perhaps opened', { delay: 60_000, sent: true });
  if (found !== 'absent') {
    await write({ message: found.message, sending: null });
    return found.message;
  }
  await write({ message: null, sending: clock() });
  const sent = await post(call, channel, rootOf(title, root), nonceOf(sendKey), guard).catch(
    async (error: unknown) => {
      if (isAmbiguous(error)) throw error;
      // It may be somebody else's to send by now, and what they wrote down stays.
      await guard?.();
      await write({ message: null, sending: null });
      throw error;
    },
  );
  await write({ message: sent.id, sending: null });
  return sent.id;
}

function rootOf(title: string, root: string) {
  const shown = card({ title, footer: 'Everything about this video is in its thread.' });
  const { container } = render(shown, { ...bare, campaign: null, marker: markerOf(`root-${root}`) });
  return { container, files: [] };
}
