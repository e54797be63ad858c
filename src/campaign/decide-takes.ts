import { billOf, holdFor } from './accounts.ts';
import { takeOf } from './campaign.ts';
import type { Context, Draft } from './context.ts';
import { swept } from './decide-takes-found.ts';
import type { Micros } from './money.ts';
import { nextModel, priceOf, quietly } from './next-model.ts';
import type { Outcome, OutcomeOf } from './outcome.ts';
import type { Refusal } from './refusal.ts';
import { ruleFor } from './review.ts';
import {
  type Cut,
  cutId,
  type FailureReason,
  isOver,
  isSilent,
  knows,
  modelUnder,
  type Take,
  tagOf,
} from './take.ts';

type TakeOutcome = Extract<Outcome, { type: `take.${string}` }>;
type Told<T extends TakeOutcome['type']> = [Draft, Take, OutcomeOf<T>, Context];

const mostAttempts = 2;
const mostDownloads = 2;

/** What jobs report about takes. Each take ends once; money that is heard of later is still booked. */
export function reported(draft: Draft, outcome: TakeOutcome, context: Context): Refusal | undefined {
  const take = takeOf(draft.campaign, outcome.take);
  if (!take) return undefined;
  if (outcome.type === 'take.found') return swept(draft, take, outcome);
  if (isOver(take) || isStray(take, outcome)) return late(draft, take, outcome);
  switch (outcome.type) {
    case 'take.created':
      return created(draft, take, outcome, context);
    case 'take.absent':
      return absent(draft, take, outcome, context);
    case 'take.ambiguous':
      return ambiguous(draft, take, outcome, context);
    case 'take.refused':
      return refused(draft, take, outcome, context);
    case 'take.succeeded':
      return succeeded(draft, take, outcome, context);
    case 'take.failed':
      return failed(draft, take, outcome, context);
    case 'take.canceled':
      return canceled(draft, take, outcome, context);
    case 'take.downloaded':
      if (take.state === 'succeeded') draft.add({ type: outcome.type, take: take.n, film: outcome.film });
      return undefined;
    case 'take.garbage':
      return garbage(draft, take, outcome, context);
    case 'take.finished':
      return finished(draft, take, outcome, context);
    case 'take.unfinished':
      return failTake(draft, take, 'finishing', context);
  }
}

/** Whether an outcome speaks of the purchase that is open now, not of an earlier attempt. */
const isOpen = (draft: Draft, take: Take, tag: string): boolean =>
  (take.state === 'requested' || take.state === 'unconfirmed') && tag === tagOf(draft.campaign.id, take);

function created(...[draft, take, outcome]: Told<'take.created'>): undefined {
  if (!isOpen(draft, take, outcome.tag)) return stray(draft, take, outcome);
  draft.add({ type: 'take.created', take: take.n, prediction: outcome.prediction });
}

/** Proven not bought: once more where that is cheap, else as a person says. A cancelled campaign buys nothing any more. */
function absent(...[draft, take, outcome, context]: Told<'take.absent'>): undefined {
  if (!isOpen(draft, take, outcome.tag)) return;
  if (draft.campaign.phase === 'cancelled') return cancelTake(draft, take, 0, context);
  if (take.attempt >= mostAttempts) return reroute(draft, take, { reason: 'outage', cost: 0 }, context);
  if ((take.held?.micros ?? 0) > context.policy.autoLimit)
    draft.add({ type: 'take.unconfirmed', at: context.now, take: take.n, unlisted: false, absent: true });
  else draft.add({ type: 'take.attempted', take: take.n, attempt: take.attempt + 1 });
}

function ambiguous(...[draft, take, outcome, context]: Told<'take.ambiguous'>): undefined {
  const open = take.state === 'requested' && isOpen(draft, take, outcome.tag);
  if (open)
    draft.add({ type: 'take.unconfirmed', at: context.now, take: take.n, unlisted: true, absent: false });
}

function refused(...[draft, take, outcome, context]: Told<'take.refused'>): undefined {
  if (!isOpen(draft, take, outcome.tag)) return;
  reroute(draft, take, { reason: outcome.reason, cost: 0 }, context);
}

const isOurs = (take: Take, outcome: { prediction: string }): boolean =>
  take.state === 'created' && take.prediction === outcome.prediction;

function succeeded(...[draft, take, outcome]: Told<'take.succeeded'>): undefined {
  if (!isOurs(take, outcome) || !take.held) return;
  draft.add({
    type: 'take.succeeded',
    take: take.n,
    output: outcome.output,
    bill: billOf(take.held, outcome.cost),
  });
}

function failed(...[draft, take, outcome, context]: Told<'take.failed'>): undefined {
  if (!isOurs(take, outcome)) return;
  reroute(draft, take, { reason: outcome.reason, cost: outcome.cost }, context);
}

/** Where nobody cancelled, its provider ended what took too long: that is no person's wish, and another model may do. */
function canceled(...[draft, take, outcome, context]: Told<'take.canceled'>): undefined {
  if (!isOurs(take, outcome)) return;
  const { cost } = outcome;
  if (draft.campaign.phase === 'cancelled') cancelTake(draft, take, cost, context);
  else reroute(draft, take, { reason: 'timeout', cost }, context);
}

/** The provider's file is no film: fetched once more, never bought once more. */
function garbage(...[draft, take, , context]: Told<'take.garbage'>): undefined {
  if (take.state !== 'succeeded') return;
  if (take.downloads >= mostDownloads) return failTake(draft, take, 'garbage', context);
  draft.add({ type: 'take.redownloaded', take: take.n });
}

function finished(...[draft, take, outcome, context]: Told<'take.finished'>): undefined {
  if (take.state !== 'downloaded' || outcome.cut !== cutId(take.n)) return;
  const { film, poster, notes } = outcome;
  const cut = { id: outcome.cut, film, poster, notes };
  draft.add({ type: 'take.finished', at: context.now, take: take.n, cut });
  if (draft.campaign.phase === 'cancelled') return;
  openReview(draft, take.n, cut, context);
}

/**
 * A moderation refusal is an answer and never goes on to a laxer provider, and what was made and paid for is not bought
 * again unasked; anything else may have another model.
 */
const final: readonly FailureReason[] = ['moderation-input', 'moderation-output', 'expired'];

/** P7: while another model fits, the take goes on with it; what the first one billed is booked. */
export function reroute(
  draft: Draft,
  take: Take,
  why: { reason: FailureReason; cost: number },
  context: Context,
): undefined {
  const { reason, cost } = why;
  const quiet = reason === 'moderation-output' ? quietly(take, context) : undefined;
  const next = quiet ?? (final.includes(reason) ? undefined : nextModel(take, context));
  if (!next || !take.held || draft.campaign.phase === 'cancelled')
    return failTake(draft, take, reason, context, cost);
  const held = holdFor(
    draft.campaign,
    { ...context, person: draft.campaign.requester },
    `take:${take.n}`,
    priceOf(next, take, quiet !== undefined || isSilent(take)),
  );
  draft.add({
    type: 'take.rerouted',
    take: take.n,
    from: take.model,
    to: next.id,
    reason,
    held,
    bill: billOf(take.held, cost),
  });
}

export function failTake(
  draft: Draft,
  take: Take,
  reason: FailureReason,
  context: Context,
  cost = 0,
): undefined {
  const bill = take.held && billOf(take.held, cost);
  draft.add({ type: 'take.failed', at: context.now, take: take.n, reason, bill });
  reopen(draft, context);
}

/** Given up: unless it is proven that nothing was bought, what it may have cost is booked. */
export const loseTake = (draft: Draft, take: Take, context: Context): undefined =>
  failTake(draft, take, 'lost', context, take.absent ? 0 : take.held?.micros);

/** Ended without a bill: what is held stays so until its provider says what it cost. */
export function abandonTake(draft: Draft, take: Take, reason: FailureReason, context: Context): undefined {
  draft.add({ type: 'take.failed', at: context.now, take: take.n, reason, bill: null });
  reopen(draft, context);
}

export function cancelTake(draft: Draft, take: Take, cost: number, context: Context): undefined {
  const bill = take.held && billOf(take.held, cost);
  draft.add({ type: 'take.canceled', at: context.now, take: take.n, bill });
  reopen(draft, context);
}

/** The newest cut there is stands for review again when the take that was to replace it came to nothing. */
function reopen(draft: Draft, context: Context): void {
  const { review, takes, phase } = draft.campaign;
  const last = takes.findLast((t) => t.cut !== null);
  if (!last?.cut || review || phase === 'cancelled') return;
  openReview(draft, last.n, last.cut, context);
}

function openReview(draft: Draft, take: number, cut: Cut, context: Context): void {
  const { sha256 } = cut.film;
  const policy = ruleFor(draft.campaign.approvers, context.policy);
  draft.add({ type: 'review.opened', at: context.now, take, cut: cut.id, sha256, policy });
}

/** Another prediction than the one we follow: bought twice, which no protocol can wholly rule out. */
function isStray(take: Take, outcome: TakeOutcome): boolean {
  if (!('prediction' in outcome)) return false;
  const known = take.strays.includes(outcome.prediction) || take.past.includes(outcome.prediction);
  return known || (take.prediction !== null && take.prediction !== outcome.prediction);
}

/** Bought beside ours, by an attempt that was given up: followed until its bill is known. */
function stray(draft: Draft, take: Take, { prediction, tag }: OutcomeOf<'take.created'>): undefined {
  if (knows(take, prediction)) return;
  draft.add({ type: 'take.strayed', take: take.n, prediction, model: modelUnder(take, tag) });
}

/** A purchase found beside or after is called back; money facts are booked once per prediction. */
function late(draft: Draft, take: Take, outcome: TakeOutcome): undefined {
  if (!('prediction' in outcome)) return;
  const { prediction } = outcome;
  if (outcome.type === 'take.created') return stray(draft, take, outcome);
  bookLate(draft, take, prediction, outcome.cost);
}

/** Nobody ever said what it cost: booked is what it was to cost. */
export function presume(draft: Draft, take: Take, prediction: string): void {
  if (isOver(take)) bookLate(draft, take, prediction, take.price, true);
}

/** Each prediction once. What was booked on suspicion before is corrected. */
function bookLate(draft: Draft, take: Take, prediction: string, cost: Micros, guessed = false): void {
  if (!knows(take, prediction) || take.booked.includes(prediction)) return;
  const held = prediction === take.prediction ? take.held : null;
  if (cost === 0 && !held && take.presumed === 0) return;
  const billed = Math.max(0, cost - take.presumed);
  const refunded = Math.max(0, take.presumed - cost);
  const bill = held
    ? billOf(held, billed)
    : { held, item: `take:${take.n}`, accounts: [...take.accounts], billed };
  draft.add({ type: 'bill.late', take: take.n, prediction, bill, refunded, guessed });
}
