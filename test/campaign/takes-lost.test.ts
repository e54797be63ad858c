import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/campaign/event.ts';
import { postingsOf } from '../../src/campaign/head.ts';
import { type Policy, usualPolicy } from '../../src/campaign/policy.ts';
import { isRefusal } from '../../src/campaign/refusal.ts';
import { composeCard } from '../../src/chat/compose.ts';
import { books } from './books.ts';
import { catalogue, film, picture, story } from './specification.ts';

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

test('a take that a list may still show is booked as if it was paid, and corrected once it is found', () => {
  const it = story();
  it.open();
  it.refine();
  it.told({ type: 'generate' });
  const price = it.campaign.takes[0]?.price ?? 0;
  const effect = { type: 'buy-take' as const, take: 1, tag: tag(1), look: false };
  it.told({ type: 'gave-up', effect, sent: true });
  it.told(answer('give-up'));
  const ledger = books();
  const spent = () => {
    ledger.post(it.events.slice(posted));
    posted = it.events.length;
    const { reserved, spent: booked } = ledger.rows()[0] ?? {};
    return { reserved, spent: booked };
  };
  let posted = 0;
  expect(it.campaign.takes[0]).toMatchObject({ state: 'failed', reason: 'lost', billed: price, held: null });
  expect(spent()).toEqual({ reserved: 0, spent: price });
  it.told({ type: 'take.created', take: 1, tag: tag(1), prediction: 'p' });
  it.told({ type: 'take.canceled', take: 1, prediction: 'p', cost: 50_000 });
  expect(it.campaign.takes[0]).toMatchObject({ billed: 50_000, presumed: 0 });
  expect(spent()).toEqual({ reserved: 0, spent: 50_000 });
});

describe('a take that was bought and whose end nobody hears of', () => {
  const watch = (prediction = 'p') => ({ type: 'watch-take' as const, take: 1, prediction });
  function abandoned() {
    const it = bought();
    it.told({ type: 'gave-up', effect: watch(), sent: true });
    return it;
  }

  test('is over, called back and watched once more; its money stays held', () => {
    const it = abandoned();
    expect(it.campaign.takes[0]).toMatchObject({ state: 'failed', reason: 'timeout' });
    expect(it.spent()).toEqual({ reserved: it.price, spent: 0 });
    expect(it.card()).toContain('what is still billed will be');
  });

  test.each([0, 70_000])('is booked at the %i that its provider says in the end', (cost) => {
    const it = abandoned();
    it.told({ type: 'take.canceled', take: 1, prediction: 'p', cost });
    expect(it.spent()).toEqual({ reserved: 0, spent: cost });
  });

  test('and never will: its price is booked, and the card says so', () => {
    const it = abandoned();
    it.told({ type: 'gave-up', effect: watch(), sent: true });
    expect(it.spent()).toEqual({ reserved: 0, spent: it.price });
    expect(it.card()).toContain('What it may have cost is booked');
    expect(it.told({ type: 'gave-up', effect: watch(), sent: true })).toEqual([]);
  });

  test('as is that of a second purchase beside it', () => {
    const it = bought();
    it.told({ type: 'take.created', take: 1, tag: tag(1), prediction: 'stray' });
    it.told({ type: 'take.succeeded', take: 1, prediction: 'p', output: 'o', cost: it.price });
    it.told({ type: 'take.downloaded', take: 1, film: film('raw') });
    it.told({
      type: 'take.finished',
      take: 1,
      cut: '1a',
      film: film('cut'),
      poster: picture('poster'),
      notes: [],
    });
    it.told({ type: 'gave-up', effect: watch('stray'), sent: true });
    expect(it.spent()).toEqual({ reserved: 0, spent: 2 * it.price });
  });
});

describe('a take that its provider ended', () => {
  test('though nobody cancelled goes on with another model', () => {
    const it = bought();
    expect(types(it.told({ type: 'take.canceled', take: 1, prediction: 'p', cost: 0 }))).toEqual([
      'take.rerouted',
    ]);
    expect(it.campaign.takes[0]?.tried).toMatchObject([{ reason: 'timeout' }]);
  });
});

describe('a take that is proven not to be bought', () => {
  const absent = { type: 'take.absent', take: 1, tag: tag(1) } as const;
  function dear(policy: Partial<Policy>) {
    const it = story({ policy: { ...usualPolicy, ...policy } });
    it.open();
    it.refine();
    it.told({ type: 'generate' });
    return it;
  }

  test('is ordered again unasked only where that is cheap', () => {
    const it = dear({ autoLimit: 1 });
    expect(types(it.told(absent))).toEqual(['take.unconfirmed']);
    const card = composeCard('progress:1', { campaign: it.campaign, live: [] }, { catalogue });
    expect(card?.text.join(' ')).toContain('it was not bought');
    expect(card?.buttons.map(({ label }) => label)).toContain('Order again ($0.60)');
    it.told(answer('give-up'));
    expect(it.campaign.takes[0]).toMatchObject({ state: 'failed', reason: 'lost', billed: 0, held: null });
  });

  test('and above what needs allowing not by a button: the approvers are asked for another take', () => {
    const it = dear({});
    const refused = it.take(answer('retry'), {});
    expect(isRefusal(refused) && refused.refusal).toBe('take-settled');
    it.told({ type: 'take.ambiguous', take: 1, tag: tag(1) });
    const policy = { ...usualPolicy, askAbove: 1 };
    const held = it.take(answer('retry'), { policy });
    expect(isRefusal(held) && held.refusal).toBe('retry-unallowed');
  });
});

test('a late bill goes to the books of whoever ordered last, and to no second person or day', () => {
  const it = unconfirmed();
  it.told(answer('retry'), { person: 'ben' });
  it.told({ type: 'take.created', take: 1, tag: tag(2), prediction: 'p' });
  it.told({ type: 'take.created', take: 1, tag: tag(1), prediction: 'stray' });
  it.told({ type: 'take.succeeded', take: 1, prediction: 'p', output: 'o', cost: it.price });
  const bill = it.told({ type: 'take.canceled', take: 1, prediction: 'stray', cost: 70_000 });
  const people = bill.flatMap(postingsOf).filter(({ account }) => account.startsWith('person:'));
  expect(people.map(({ account }) => account.split(':')[2])).toEqual(['ben']);
});

/** A take whose purchase is known. */
function bought() {
  const it = story();
  it.open();
  it.refine();
  it.told({ type: 'generate' });
  it.told({ type: 'take.created', take: 1, tag: tag(1), prediction: 'p' });
  const spent = () => {
    const ledger = books();
    ledger.post(it.events);
    const { reserved, spent: booked } = ledger.rows()[0] ?? {};
    return { reserved, spent: booked };
  };
  const card = () =>
    composeCard('progress:1', { campaign: it.campaign, live: [] }, { catalogue })?.text.join(' ');
  return Object.assign(it, { spent, card, price: it.campaign.takes[0]?.price ?? 0 });
}
