import { describe, expect, test } from 'vitest';
import { keysOf } from '../../src/campaign/cards.ts';
import type { Event } from '../../src/campaign/event.ts';
import { postingsOf } from '../../src/campaign/head.ts';
import { usualPolicy, usualTimes } from '../../src/campaign/policy.ts';
import { react } from '../../src/campaign/react.ts';
import { isRefusal } from '../../src/campaign/refusal.ts';
import { composeCard } from '../../src/chat/compose.ts';
import { books } from './books.ts';
import { catalogue, picture, story } from './specification.ts';

const price = 10_000;
const first = { board: 1, still: 1 };
const lost = { type: 'still.ambiguous', ...first } as const;
const types = (events: readonly Event[]) => events.map(({ type }) => type);

/** Two stills are being made, under a limit below or above what one costs. */
function asked(autoLimit: number) {
  const it = story({ policy: { ...usualPolicy, autoLimit, stills: 2 } });
  it.open();
  it.refine();
  it.told({ type: 'make-stills' });
  it.told({ type: 'moderation.passed', of: 'stills', n: 1, pictures: [], unchecked: null });
  const still = () => it.campaign.boards[0]?.stills[0];
  const card = () => composeCard('stills:1', { campaign: it.campaign, live: [] }, { catalogue });
  const spent = () => {
    const ledger = books();
    ledger.post(it.events);
    return ledger.rows()[0];
  };
  return { ...it, still, card, spent };
}

describe('a still that its provider never answered', () => {
  test('is bought anew where that is cheap, and the first one booked', () => {
    const { told, still, spent } = asked(price);
    const events = told(lost);
    expect(types(events)).toEqual(['still.attempted']);
    expect(still()).toMatchObject({ state: 'requested', attempt: 2, billed: price });
    expect(spent()).toMatchObject({ reserved: 2 * price, spent: price });
  });

  test('is made again by a job of its own', () => {
    const it = asked(price);
    const [event] = it.told(lost);
    const effects = react(story().campaign, event as Event, usualTimes);
    expect(effects).toContainEqual({ type: 'make-still', ...first });
  });

  test('twice is given up: booked as if both were paid, and never bought a third time', () => {
    const { told, still, spent, card } = asked(price);
    told(lost);
    expect(types(told(lost))).toEqual(['still.failed']);
    expect(still()).toMatchObject({ state: 'failed', reason: 'lost', held: null, billed: 2 * price });
    expect(spent()).toMatchObject({ reserved: price, spent: 2 * price });
    expect(card()?.text.join(' ')).toContain('What it may have cost is booked.');
    expect(told(lost)).toEqual([]);
  });

  test('and then is made: both are in its cost, and the card says so', () => {
    const { told, still, card } = asked(price);
    told(lost);
    told({ type: 'still.made', ...first, picture: picture('s'), cost: price });
    expect(still()).toMatchObject({ state: 'ready', billed: 2 * price });
    expect(card()?.text.join(' ')).toContain('ordered anew');
  });

  test('above the limit waits for a person, its money held', () => {
    const { told, still, spent, card } = asked(price - 1);
    const events = told(lost);
    expect(types(events)).toEqual(['still.unconfirmed']);
    expect(still()).toMatchObject({ state: 'unconfirmed' });
    expect(spent()).toMatchObject({ reserved: 2 * price, spent: 0 });
    const [retry, giveUp] = card()?.buttons ?? [];
    expect(retry).toMatchObject({ label: 'Buy still 1 anew (may be charged twice)' });
    expect(types(told(retry?.does ?? lost))).toEqual(['still.attempted']);
    expect(types(told({ type: 'still.failed', ...first, reason: 'outage', cost: 0 }))).toEqual([
      'still.failed',
    ]);
    expect(still()?.billed).toBe(price);
    expect(giveUp?.label).toBe('Give up still 1');
  });

  test('above the limit, given up by a person: booked as possibly paid', () => {
    const { told, take, still } = asked(0);
    told(lost);
    told({ type: 'resolve-still', ...first, answer: 'give-up' });
    expect(still()).toMatchObject({ state: 'failed', reason: 'lost', billed: price, held: null });
    const again = take({ type: 'resolve-still', ...first, answer: 'retry' });
    expect(isRefusal(again) && again.refusal).toBe('still-settled');
  });

  test('above the limit, asked to be bought anew beyond the budget: refused, and nothing changes', () => {
    const { told, take, still } = asked(0);
    told(lost);
    const short = { account: 'campaign:c', left: 0 };
    const refused = take({ type: 'resolve-still', ...first, answer: 'retry' }, { short });
    expect(isRefusal(refused) && refused.refusal).toBe('cap-account');
    expect(still()?.state).toBe('unconfirmed');
  });

  test('cheap, but beyond the budget: given up, and the first one booked', () => {
    const { told, still } = asked(price);
    expect(types(told(lost, { short: { account: 'campaign:c', left: 0 } }))).toEqual(['still.failed']);
    expect(still()?.billed).toBe(price);
  });

  test('and that nobody decides on is given up in the end', () => {
    const { told, campaign } = asked(0);
    const [event] = told(lost);
    const [wait] = react(campaign, event as Event, usualTimes);
    if (wait?.type !== 'wait-until') throw new Error(`no wait but ${wait?.type}`);
    expect(wait.due).toBe(1_000 + usualTimes.unconfirmed);
    expect(types(told({ type: 'time.passed', key: wait.key }))).toEqual(['still.failed']);
    expect(told({ type: 'time.passed', key: wait.key })).toEqual([]);
  });

  test.each(['cancelled before', 'cancelled after'])(
    'in a campaign that is %s: booked, never bought anew',
    (when) => {
      const it = asked(when === 'cancelled before' ? price : 0);
      const cancel = () => it.told({ type: 'cancel' });
      if (when === 'cancelled before') cancel();
      it.told(lost);
      if (when === 'cancelled after') cancel();
      expect(it.still()).toMatchObject({ state: 'failed', reason: 'lost', billed: price });
      expect(it.events.flatMap(postingsOf).filter((p) => p.kind === 'reserve')).toHaveLength(2 * 3);
      expect(keysOf(it.campaign)).toContain('stills:1');
    },
  );
});
