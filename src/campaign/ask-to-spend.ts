import type { Campaign } from './campaign.ts';
import type { Context, Draft } from './context.ts';
import { offerFor, type TakeOffer } from './offer.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { ruleFor } from './review.ts';
import { covers, openSpending, pricedAs } from './spending.ts';

/** Whether nobody has to be asked: it is cheap enough, or exactly this was allowed. */
export function maySpend(draft: Draft, offer: TakeOffer, context: Context): boolean {
  const { askAbove } = context.policy;
  if (askAbove === null || offer.price <= askAbove) return true;
  const open = openSpending(draft.campaign);
  return open?.state === 'allowed' && covers(open.offer, pricedAs(draft.campaign, offer));
}

/** Asks whoever may approve; what was asked or allowed before, of another offer, is void. */
export function askToSpend(draft: Draft, offer: TakeOffer, context: Context): Refusal | undefined {
  const { campaign } = draft;
  const person = context.person || campaign.requester;
  const priced = pricedAs(campaign, offer);
  const open = openSpending(campaign);
  if (
    open?.state === 'asked' &&
    open.person === person &&
    covers(open.offer, priced) &&
    covers(priced, open.offer)
  )
    return refuse('spending-waits', { price: offer.price });
  const policy = ruleFor(null, context.policy);
  if (open) draft.add({ type: 'spending.voided', n: open.n });
  const n = campaign.spendings.length + 1;
  draft.add({ type: 'spending.asked', at: context.now, n, person, offer: priced, policy });
  return undefined;
}

/** A price that needs it is asked about; a cheaper one is bought when somebody asks for it. */
export function askWhereNeeded(draft: Draft, offer: TakeOffer | Refusal, context: Context): void {
  if (!isRefusal(offer) && !maySpend(draft, offer, context)) askToSpend(draft, offer, context);
}

/** What was to be asked once this wording was there; `before` it was not. */
export function askAgain(draft: Draft, before: Campaign, context: Context): void {
  const waiting = before.spendings.findLast(({ again }) => again);
  if (!waiting) return;
  const { person } = waiting;
  askWhereNeeded(draft, offerFor(draft.campaign, context.catalogue), { ...context, person });
}
