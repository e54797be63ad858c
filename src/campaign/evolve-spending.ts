import type { Campaign } from './campaign.ts';
import type { Event } from './event.ts';
import type { Allowance, Spending } from './spending.ts';

type SpendingEvent = Extract<Event, { type: `spending.${string}` }>;

export function evolveSpending(
  spendings: Campaign['spendings'],
  event: SpendingEvent,
): Campaign['spendings'] {
  if (event.type === 'spending.asked') {
    const { n, person, offer, policy } = event;
    return [...spendings, { n, person, offer, policy, state: 'asked', allowances: [], by: null }];
  }
  return spendings.map((one) => (one.n === event.n ? { ...one, ...change(one, event) } : one));
}

function change(one: Spending, event: Exclude<SpendingEvent, { type: 'spending.asked' }>): Partial<Spending> {
  switch (event.type) {
    case 'spending.voted':
      return {
        allowances: [...one.allowances, { id: event.vote, person: event.person, state: 'checking' }],
      };
    case 'spending.refused':
      return { allowances: withState(one, event.vote, { state: 'refused', code: event.code }) };
    case 'spending.allowed': {
      const { name, role } = event;
      return {
        state: 'allowed',
        allowances: withState(one, event.vote, { state: 'counted' }),
        by: { name, role },
      };
    }
    case 'spending.voided':
      return { state: 'voided', ...(event.again && { again: true }) };
  }
}

const withState = (
  { allowances }: Spending,
  vote: string,
  ended: Pick<Allowance, 'state' | 'code'>,
): Allowance[] => allowances.map((one) => (one.id === vote ? { ...one, ...ended } : one));

/** There is a new wording: what waited for it is asked about now. */
export const afterWording = (spendings: Campaign['spendings']): Campaign['spendings'] =>
  spendings.map(({ again: _, ...one }) => one);

/** A take is bought: what was allowed is used up, and what was still asked is out of date. */
export const afterPurchase = (spendings: Campaign['spendings']): Campaign['spendings'] =>
  spendings.map((one) => {
    if (one.state === 'allowed') return { ...one, state: 'spent' };
    return one.state === 'asked' ? { ...one, state: 'voided' } : one;
  });
