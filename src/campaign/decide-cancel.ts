import { isDecided, runningTake } from './campaign.ts';
import type { Context, Draft } from './context.ts';
import { loseStill } from './decide-stills-lost.ts';
import { loseTake } from './decide-takes.ts';
import { type Refusal, refuse } from './refusal.ts';
import { reply } from './reply.ts';
import { isOver } from './take.ts';

/** Ends a campaign on which nobody has decided yet. It is said aloud who did: others may be at work on it. */
export function cancel(draft: Draft, context: Context): Refusal | undefined {
  const { phase } = draft.campaign;
  if (isDecided(draft.campaign)) return refuse('cancel-decided', { phase });
  const running = runningTake(draft.campaign);
  end(draft, context);
  const { person } = context;
  if (person) reply(draft, { about: 'cancelled', person, take: running?.n ?? null });
  return undefined;
}

/** Ends it from anywhere; what runs is called back, and what the provider bills is booked when it says so. */
export function end(draft: Draft, context: Context): undefined {
  for (const take of draft.campaign.takes.filter((t) => !isOver(t) && t.prediction === null)) {
    if (take.state === 'unconfirmed') loseTake(draft, take, context);
  }
  for (const { n, stills } of draft.campaign.boards)
    for (const still of stills)
      if (still.state === 'unconfirmed') loseStill(draft, { board: n, still: still.n });
  draft.add({ type: 'campaign.cancelled', at: context.now, person: context.person });
}
