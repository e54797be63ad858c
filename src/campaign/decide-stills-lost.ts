import { billOf, holdFor, shortOf } from './accounts.ts';
import { boardOf } from './campaign.ts';
import type { Context, Draft } from './context.ts';
import type { IntentOf } from './intent.ts';
import type { Reservation } from './money.ts';
import type { OutcomeOf } from './outcome.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { Still } from './still.ts';

interface At {
  board: number;
  still: number;
}
type Held = Still & { held: Reservation };

const mostBuys = 2;

/**
 * Nobody will ever know whether it was bought: its provider remembers nothing. It is booked as if it was, and
 * bought once more by itself where that is cheap; above the limit a person decides.
 */
export function stillAmbiguous(
  draft: Draft,
  { board, still: n }: OutcomeOf<'still.ambiguous'>,
  context: Context,
): undefined {
  const at = { board, still: n };
  const still = heldAt(draft, at, 'requested');
  if (!still) return;
  const mayNot = draft.campaign.phase === 'cancelled' || context.suspended || context.short;
  if (still.attempt >= mostBuys || mayNot) return loseStill(draft, at);
  if (still.held.micros > context.policy.autoLimit)
    draft.add({ type: 'still.unconfirmed', at: context.now, ...at });
  else buyAnew(draft, at, still, { ...context, person: draft.campaign.requester });
}

/** A person's answer about a still of which nobody knows whether it was bought. */
export function resolveStill(
  draft: Draft,
  { board, still: n, answer }: IntentOf<'resolve-still'>,
  context: Context,
): Refusal | undefined {
  const at = { board, still: n };
  const still = heldAt(draft, at, 'unconfirmed');
  if (!still) return refuse('still-settled', at);
  if (answer === 'give-up') return loseStill(draft, at);
  const short = shortOf(context, still.held.micros);
  if (short) return short;
  buyAnew(draft, at, still, context);
  return undefined;
}

/** Given up: what it may have cost is booked as spent. */
export function loseStill(draft: Draft, at: At): undefined {
  const still = heldAt(draft, at, 'requested') ?? heldAt(draft, at, 'unconfirmed');
  if (!still) return;
  const bill = billOf(still.held, still.held.micros);
  draft.add({ type: 'still.failed', ...at, reason: 'lost', bill });
}

function buyAnew(draft: Draft, at: At, { attempt, held }: Held, context: Context): void {
  const bill = billOf(held, held.micros);
  const anew = holdFor(draft.campaign, context, held.item, held.micros);
  draft.add({ type: 'still.attempted', ...at, attempt: attempt + 1, held: anew, bill });
}

function heldAt(draft: Draft, { board, still: n }: At, state: Still['state']): Held | null {
  const still = boardOf(draft.campaign, board)?.stills.find((s) => s.n === n && s.state === state);
  return still?.held ? { ...still, held: still.held } : null;
}
