import type { z } from 'zod';
import type { Verdict } from '../../campaign/review.ts';
import { TryLater } from '../../errors.ts';
import { type Desk, patiently, whisper } from './desk.ts';
import type { ReactionEvent } from './incoming.ts';
import { placeOf } from './places.ts';
import { renderedTogether } from './rendered.ts';

/** The signs that are put under a review, each a verdict. */
export const signs: Readonly<Record<string, Verdict>> = {
  white_check_mark: 'approve',
  x: 'reject',
  repeat: 'request-changes',
};

const young = 10 * 60_000;

/**
 * A sign on a message of ours is the press of its button. A message that was sent a moment ago may not be known yet:
 * then the sign waits, and if that is not enough it is left unacknowledged, so that Slack brings it again.
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
  const told = await patiently(desk, async () => {
    const told = await desk.doors.react(sign);
    return told === 'unknown' ? null : told;
  });
  if (told === 'nothing') return;
  if (told === null) {
    if (desk.clock() - Number(ts) * 1_000 > young) return;
    throw new TryLater('the message of a reaction is not known yet', { delay: 0, sent: false });
  }
  const { answer, campaign } = told;
  if (answer)
    desk.later('answer', () => whisper(desk, spot, event.user, renderedTogether([answer], campaign)));
}
