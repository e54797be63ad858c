import { askWhereNeeded } from './ask-to-spend.ts';
import type { BrandKit } from './brand-kit.ts';
import type { Context, Draft } from './context.ts';
import { takeNewest } from './decide-kit.ts';
import { generate } from './decide-takes-asked.ts';
import type { IntentOf } from './intent.ts';
import { offerFor, type TakeOffer } from './offer.ts';
import type { OutcomeOf } from './outcome.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { reply, replyRefusal } from './reply.ts';
import { roleByNow, ruleFor, type VoteRefusal } from './review.ts';
import { type Allowance, byOne, covers, pricedAs, type Spending } from './spending.ts';

/** Somebody allows it. Whether they may is checked next, on the server. */
export function allowSpending(
  draft: Draft,
  intent: IntentOf<'allow-spending'>,
  context: Context,
): Refusal | undefined {
  const spending = draft.campaign.spendings.find(({ n }) => n === intent.spending);
  if (spending?.state !== 'asked') return refuse('spending-settled');
  const { person } = context;
  if (spending.allowances.some((a) => a.person === person && a.state === 'checking')) return undefined;
  draft.add({ type: 'spending.voted', at: context.now, n: spending.n, vote: context.id(), person });
  return undefined;
}

/** The allowance that waits for this check, if any. */
export function allowanceOf(
  draft: Draft,
  vote: string,
): { spending: Spending; allowance: Allowance } | undefined {
  for (const spending of draft.campaign.spendings)
    for (const allowance of spending.allowances)
      if (allowance.id === vote && allowance.state === 'checking') return { spending, allowance };
  return undefined;
}

/** The first who may decides; what is bought is what was allowed, or else it is asked anew. */
export function allowed(
  draft: Draft,
  { spending, allowance }: { spending: Spending; allowance: Allowance },
  { vote, who }: OutcomeOf<'approver.checked'>,
  context: Context,
): undefined {
  const { n, person, state, policy } = spending;
  const rules = { asked: byOne(policy), now: byOne(ruleFor(null, context.policy)) };
  const role = roleByNow(rules, allowance.person, person, who);
  if ('no' in role) return refuseAllowance(draft, { n, vote, name: who.name }, role.no);
  if (state !== 'asked' || draft.campaign.phase === 'cancelled')
    return refuseAllowance(draft, { n, vote, name: who.name }, 'verdict-final');
  const by = { ...context, person };
  const kit = takeNewest(draft, by);
  const offer = offerFor(draft.campaign, context.catalogue);
  const isStill = !isRefusal(offer) && covers(spending.offer, pricedAs(draft.campaign, offer));
  if (kit || draft.campaign.refining || !isStill) return askAnew(draft, { n, kit, offer }, by);
  draft.add({
    type: 'spending.allowed',
    at: context.now,
    n,
    vote,
    person: allowance.person,
    name: who.name,
    role: role.role,
  });
  const refused = generate(draft, by);
  if (refused) replyRefusal(draft, refused);
}

interface Changed {
  n: number;
  /** The brand kit, where it is that. */
  kit: BrandKit | null;
  offer: TakeOffer | Refusal;
}

/** What was allowed is not what would be bought: nothing is, and it is asked about anew once it is worded. */
function askAnew(draft: Draft, { n, kit, offer }: Changed, context: Context): undefined {
  const again = draft.campaign.refining !== null;
  draft.add({ type: 'spending.voided', n, ...(again && { again }) });
  reply(draft, { about: 'offer-changed', ...(kit && { kit: kit.name }) });
  if (!again) askWhereNeeded(draft, offer, context);
}

/** As of a vote: kept each time, and said once for each reason. */
export function refuseAllowance(
  draft: Draft,
  refused: { n: number; vote: string; name: string },
  code: VoteRefusal,
): undefined {
  const allowances = draft.campaign.spendings.find(({ n }) => n === refused.n)?.allowances ?? [];
  const person = allowances.find(({ id }) => id === refused.vote)?.person;
  const isSaid = allowances.some((one) => one.person === person && one.code === code);
  draft.add({ type: 'spending.refused', ...refused, code });
  if (!isSaid || code === 'vote-unchecked') reply(draft, { about: 'vote-refused', name: refused.name, code });
}
