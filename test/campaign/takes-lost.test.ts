import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/campaign/event.ts';
import { isRefusal } from '../../src/campaign/refusal.ts';
import { composeCard } from '../../src/chat/compose.ts';
import { books } from './books.ts';
import { catalogue, story } from './specification.ts';

const types = (events: readonly Event[]) => events.map(({ type }) => type);
const tag = (attempt: number) => `c.take1.0.${attempt}`;
const ambiguous = (attempt: number) => ({ type: 'take.ambiguous', take: 1, tag: tag(attempt) }) as const;
const answer = (answer: 'retry' | 'give-up') => ({ type: 'resolve-take', take: 1, answer }) as const;

/** A take whose provider lists nothing has lost its answer. */
function unconfirmed() {
  const it = story();
  it.open();
  it.refine();
  it.told({ type: 'generate' });
  const price = it.campaign.takes[0]?.held?.micros ?? 0;
  it.told(ambiguous(1));
  const spent = () => {
    const ledger = books();
    ledger.post(it.events);
    const { reserved, spent } = ledger.rows()[0] ?? {};
    return { reserved, spent };
  };
  const card = () =>
    composeCard('progress:1', { campaign: it.campaign, live: [] }, { catalogue })?.text.join(' ');
  return { ...it, price, spent, card, take1: () => it.campaign.takes[0] };
}

describe('a take of which nobody will ever know whether it was bought', () => {
  test('keeps its money held while it waits for a person', () => {
    const { price, spent, take1 } = unconfirmed();
    expect(take1()?.state).toBe('unconfirmed');
    expect(price).toBeGreaterThan(0);
    expect(spent()).toEqual({ reserved: price, spent: 0 });
  });

  test.each([
    ['a person', answer('give-up')],
    ['time', { type: 'time.passed', key: 'unconfirmed:1' }],
    ['a cancellation', { type: 'cancel' }],
  ] as const)('given up by %s is booked as if it was paid, and the card says so', (_who, given) => {
    const { told, price, spent, take1, card } = unconfirmed();
    told(given);
    expect(take1()).toMatchObject({ state: 'failed', reason: 'lost', billed: price, held: null });
    expect(spent()).toEqual({ reserved: 0, spent: price });
    expect(card()).toContain('What it may have cost is booked');
  });

  test('bought anew by a person is paid for twice in the books, from the same caps', () => {
    const { told, price, spent, take1 } = unconfirmed();
    expect(types(told(answer('retry')))).toEqual(['take.reordered']);
    expect(take1()).toMatchObject({ state: 'requested', attempt: 2, billed: price });
    expect(spent()).toEqual({ reserved: price, spent: price });
    told({ type: 'take.created', take: 1, tag: tag(2), prediction: 'p' });
    told({ type: 'take.succeeded', take: 1, prediction: 'p', output: 'o', cost: price });
    expect(spent()).toEqual({ reserved: 0, spent: 2 * price });
  });

  test('is not bought anew where the budget is short, and still waits', () => {
    const { take, take1 } = unconfirmed();
    const short = { account: 'campaign:c', left: 0 };
    const refused = take(answer('retry'), { short });
    expect(isRefusal(refused) && refused.refusal).toBe('cap-account');
    expect(take1()?.state).toBe('unconfirmed');
  });
});

test('a take that a list may still show is not booked before it is billed', () => {
  const it = story();
  it.open();
  it.refine();
  it.told({ type: 'generate' });
  const effect = { type: 'buy-take' as const, take: 1, tag: tag(1), look: false };
  it.told({ type: 'gave-up', effect, sent: true });
  it.told(answer('give-up'));
  expect(it.campaign.takes[0]).toMatchObject({ state: 'failed', reason: 'lost', billed: 0 });
});
