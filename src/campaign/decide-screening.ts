import { boardOf, takeOf } from './campaign.ts';
import type { Context, Draft } from './context.ts';
import { stillFailed } from './decide-stills.ts';
import { cancelTake, failTake } from './decide-takes.ts';
import { findModel } from './model.ts';
import type { OutcomeOf } from './outcome.ts';
import { reply } from './reply.ts';
import type { Clearance, Purchase } from './screening.ts';
import type { FailureReason } from './take.ts';

/** Harmless as far as anybody could see: what was asked for is bought now. */
export function cleared(draft: Draft, outcome: OutcomeOf<'moderation.passed'>, context: Context): undefined {
  const { pictures, unchecked } = outcome;
  const model = waiting(draft, outcome);
  if (model === null) return;
  if (draft.campaign.phase === 'cancelled') return callOff(draft, outcome, context);
  const unguarded = unchecked !== null && findModel(context.catalogue, model)?.unmoderated === true;
  if (unguarded) return fail(draft, outcome, 'unchecked', context);
  clear(draft, outcome, { pictures, unchecked });
}

/** Declined for good: nothing is bought, and the thread says which thing it was. */
export function declined(
  draft: Draft,
  outcome: OutcomeOf<'moderation.declined'>,
  context: Context,
): undefined {
  if (waiting(draft, outcome) === null) return;
  if (draft.campaign.phase === 'cancelled') return callOff(draft, outcome, context);
  const { what, reference, harms } = outcome;
  const picture = draft.campaign.references.find((r) => r.id === reference);
  // Set aside, so that the next purchase does not stumble over it again.
  if (picture?.state === 'ready')
    draft.add({ type: 'reference.refused', reference: picture.id, code: 'image-declined' });
  reply(draft, { about: 'declined', what, name: picture?.name ?? null, harms });
  fail(draft, outcome, 'moderation-input', context);
}

/** The model of a purchase that still waits to be looked through; null where none does. */
function waiting(draft: Draft, { of, n }: Purchase): string | null {
  if (of === 'stills') {
    const board = boardOf(draft.campaign, n);
    const open = board?.stills.some((s) => s.state === 'requested');
    return board && open && !board.clearance ? board.model : null;
  }
  const take = takeOf(draft.campaign, n);
  return take?.state === 'requested' && !take.clearance ? take.model : null;
}

function clear(draft: Draft, { of, n }: Purchase, { pictures, unchecked }: Clearance): void {
  const clearance = { pictures: [...pictures], unchecked };
  if (of === 'take') draft.add({ type: 'take.cleared', take: n, clearance });
  else draft.add({ type: 'stills.cleared', board: n, clearance });
}

function callOff(draft: Draft, purchase: Purchase, context: Context): undefined {
  const take = purchase.of === 'take' ? takeOf(draft.campaign, purchase.n) : undefined;
  if (take) cancelTake(draft, take, 0, context);
  else fail(draft, purchase, 'called-off', context);
}

function fail(draft: Draft, { of, n }: Purchase, reason: FailureReason, context: Context): undefined {
  const take = of === 'take' ? takeOf(draft.campaign, n) : undefined;
  if (take) return failTake(draft, take, reason, context);
  for (const still of boardOf(draft.campaign, n)?.stills ?? [])
    stillFailed(draft, { type: 'still.failed', board: n, still: still.n, reason, cost: 0 });
}
