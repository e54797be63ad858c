import type { z } from 'zod';
import type { Verdict } from '../../campaign/review.ts';
import { TryLater } from '../../errors.ts';
import { type Card, card } from '../card.ts';
import type { Doors } from '../chat.ts';
import { type Desk, lastTry, patiently, whisper } from './desk.ts';
import type { ReactionEvent } from './incoming.ts';
import { placeOf, type Spot, spotOf } from './places.ts';
import { renderedTogether } from './rendered.ts';
import { placeOfPicture } from './shared-picture.ts';

/** The signs that are put under a review, each a verdict. */
export const signs: Readonly<Record<string, Verdict>> = {
  white_check_mark: 'approve',
  x: 'reject',
  repeat: 'request-changes',
};

const young = 10 * 60_000;

const decides = '✅, 🔁 and ❌ decide on the card of a review, and on the film above it.';
const onPicture = card({
  title: 'A sign on a picture decides nothing.',
  text: [`${decides} A still is chosen by its button, or by the reply “still 2”.`],
});
const nowhere = card({
  title: 'I do not know that message, so your sign decided nothing.',
  text: [decides],
});

/**
 * A sign on a message of ours is the press of its button. A message that was sent a moment ago may not be known yet:
 * then the sign waits, and if that is not enough it is left unacknowledged, so that Slack brings it again; whoever
 * gave it hears at last that it was none.
 */
export async function react({ event, team }: z.infer<typeof ReactionEvent>, desk: Desk): Promise<void> {
  const verdict = signs[event.reaction.replace(/::.*$/, '')];
  const { channel, ts } = event.item;
  if (!verdict || event.item.type !== 'message' || !channel || !ts) return;
  const here = await desk.installed(team);
  if (!here || event.user === here.botUser || event.item_user !== here.botUser) return;
  const spot = { team, channel, thread: null };
  const sign = {
    id: `reaction/${channel}/${ts}/${event.user}/${event.event_ts}`,
    ...{ workspace: team, person: event.user, place: placeOf(spot), message: ts, verdict },
  };
  if (await desk.doors.campaignAt(team, placeOf({ ...spot, thread: ts }))) return;
  const say = (answer: Card, where: Spot, campaign: string | null = null) =>
    desk.answer(sign.id, () => whisper(desk, where, event.user, renderedTogether([answer], campaign)));
  const told = await patiently(desk, () => toldOf(sign, spot, desk));
  if (told === 'nothing') return;
  if (told) return told.answer ? say(told.answer, spotOf(told.place), told.campaign) : undefined;
  if (desk.clock() - Number(ts) * 1_000 > young) return;
  if (desk.clock() - Number(event.event_ts) * 1_000 > lastTry) return say(nowhere, spot);
  throw new TryLater('the message of a reaction is not known yet', { delay: 0, sent: false });
}

async function toldOf(sign: Parameters<Doors['react']>[0], spot: Spot, { doors, keep }: Desk) {
  const told = await doors.react(sign);
  if (told !== 'unknown') return told;
  const place = await placeOfPicture(keep, spot, sign.message);
  return place === null ? null : { answer: onPicture, campaign: null, place };
}
