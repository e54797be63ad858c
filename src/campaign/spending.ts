import { z } from 'zod';
import { BrandKit } from './brand-kit.ts';
import { type Campaign, lastRevision, steeringIn } from './campaign.ts';
import type { TakeOffer } from './offer.ts';
import { type Approvers, allNamed, type Policy } from './policy.ts';
import { type Rule, ruleFor, type VoteRefusal } from './review.ts';

const KitRevision = BrandKit.pick({ id: true, revision: true });

/** What exactly somebody is asked to allow. */
export const Priced = z.object({
  model: z.string(),
  seconds: z.int(),
  aspect: z.string(),
  revision: z.int(),
  /** SHA-256 of the first frame; null where there is none yet. */
  still: z.string().nullable(),
  /** The first frame is made first, and is part of the price. */
  first: z.boolean(),
  references: z.array(z.string()),
  /** Null: made without one. Left out where it was asked before kits were told of. */
  kit: KitRevision.nullable().optional(),
  micros: z.int().nonnegative(),
});
export type Priced = z.infer<typeof Priced>;

/** Who wants to allow it; whether they may is checked on the server. */
export interface Allowance {
  id: string;
  person: string;
  state: 'checking' | 'refused' | 'counted';
  /** Why it does not count; left out where it does, and where that was not kept yet. */
  code?: VoteRefusal;
}

/** A take that costs more than is spent without asking. `spent`: it was bought, and nothing more is allowed. */
export interface Spending {
  n: number;
  /** Who asked for it. */
  person: string;
  offer: Priced;
  policy: Rule;
  state: 'asked' | 'allowed' | 'spent' | 'voided';
  allowances: readonly Allowance[];
  /** Who allowed it, and as what. */
  by: { name: string; role: string } | null;
  /** Void, and asked anew as soon as the next wording is there. */
  again?: boolean;
}

export function pricedAs(campaign: Campaign, { model, still, first, price }: TakeOffer): Priced {
  const { seconds, aspect } = campaign.settings;
  return {
    model: model.id,
    seconds,
    aspect,
    revision: lastRevision(campaign)?.n ?? 0,
    still: still?.sha256 ?? null,
    first: first !== null,
    references: steeringIn(campaign).map(({ id }) => id),
    kit: campaign.kit && KitRevision.parse(campaign.kit),
    micros: price,
  };
}

/** Whether an allowed offer still is the one at hand; the first frame it was to begin with may have come meanwhile. */
export function covers(allowed: Priced, wanted: Priced): boolean {
  const { micros, still, first, kit, ...rest } = wanted;
  const { micros: most, still: its, first: made, kit: known, ...same } = allowed;
  const isSameFrame = still === its || (made && !first);
  const isSameKit = known === undefined || (known?.id === kit?.id && known?.revision === kit?.revision);
  return micros <= most && isSameFrame && isSameKit && JSON.stringify(rest) === JSON.stringify(same);
}

export const openSpending = (campaign: Campaign): Spending | undefined =>
  campaign.spendings.findLast(({ state }) => state === 'asked' || state === 'allowed');

/** One approver is enough to allow spending, however many it takes to approve a cut. */
export const byOne = (rule: Rule): Rule => ({ ...rule, quorum: 1 });

/** Who was named to decide on the cut in review, and whoever the `policy` names by now. */
export const namedFor = ({ review, approvers }: Campaign, policy: Policy): Approvers =>
  together(review?.policy, ruleFor(approvers, policy));

/** The same of whatever this vote is about: the cut, or spending. */
export function namedForVote(campaign: Campaign, vote: string, policy: Policy): Approvers {
  const spending = campaign.spendings.find(({ allowances }) => allowances.some(({ id }) => id === vote));
  return spending ? together(spending.policy, policy) : namedFor(campaign, policy);
}

const together = (...rules: readonly (Pick<Rule, 'approvers'> | undefined)[]): Approvers =>
  allNamed(rules.flatMap((rule) => rule?.approvers ?? []));

/** The person behind a vote on a cut, or on spending. */
export const voterOf = ({ review, spendings }: Campaign, vote: string): string | undefined =>
  [...(review?.votes ?? []), ...spendings.flatMap((s) => s.allowances)].find(({ id }) => id === vote)?.person;
