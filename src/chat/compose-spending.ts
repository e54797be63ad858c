import type { Campaign } from '../campaign/campaign.ts';
import { type Catalogue, findModel } from '../campaign/model.ts';
import { inDollars } from '../campaign/money.ts';
import { told } from '../campaign/review.ts';
import { byOne, type Spending } from '../campaign/spending.ts';
import { type Card, card } from './card.ts';
import { deciders } from './compose-review.ts';
import { groupField } from './group-field.ts';

/** A take that costs more than is spent without asking: what it is, and who may allow it. */
export function composeSpending(campaign: Campaign, n: number, catalogue: Catalogue): Card | null {
  const spending = campaign.spendings.find((one) => one.n === n);
  if (!spending) return null;
  const { offer } = spending;
  const price = inDollars(offer.micros);
  const isOpen = spending.state === 'asked' && campaign.phase !== 'cancelled';
  return card({
    title: titleOf(spending, price, isOpen),
    text: isOpen ? [explained(spending)] : [],
    fields: [
      ...(isOpen ? [deciders(byOne(spending.policy), spending.person)] : []),
      ...groupField(spending.by ? [spending.by.role] : []),
      { name: 'Model', value: findModel(catalogue, offer.model)?.name ?? offer.model },
      { name: 'Clip', value: `${offer.seconds} s, ${offer.aspect}` },
      { name: 'Price', value: `${price}${offer.first ? ', with the still it begins with' : ''}` },
      { name: 'Prompt', value: `revision ${offer.revision}` },
    ],
    buttons: isOpen
      ? [
          {
            label: `Approve spending (${price})`,
            style: 'primary',
            does: { type: 'allow-spending', spending: n },
          },
        ]
      : [],
  });
}

function titleOf({ state, by }: Spending, price: string, isOpen: boolean): string {
  if (isOpen) return `May ${price} be spent on the next take?`;
  if (by && (state === 'spent' || state === 'allowed'))
    return `${by.name} allowed ${price} (${told(by.role).role})`;
  return `${price} for a take: no longer asked`;
}

function explained({ allowances, policy }: Spending): string {
  if (allowances.some(({ state }) => state === 'checking')) return 'Checking who may allow it …';
  return policy.selfApproval
    ? 'That is more than is spent here without asking. An approver decides, and the take is bought at once.'
    : 'That is more than is spent here without asking. An approver other than who asked for it decides, and the take is bought at once.';
}
