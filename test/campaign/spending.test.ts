import { describe, expect, test } from 'vitest';
import type { BrandKit } from '../../src/campaign/brand-kit.ts';
import { keysOf } from '../../src/campaign/cards.ts';
import type { Context } from '../../src/campaign/context.ts';
import type { Event } from '../../src/campaign/event.ts';
import type { Intent } from '../../src/campaign/intent.ts';
import { usualPolicy, usualTimes } from '../../src/campaign/policy.ts';
import { react } from '../../src/campaign/react.ts';
import { isRefusal } from '../../src/campaign/refusal.ts';
import type { Who } from '../../src/campaign/review.ts';
import { covers, Priced } from '../../src/campaign/spending.ts';
import { composeCard } from '../../src/chat/compose.ts';
import { catalogue, picture, story } from './specification.ts';

const types = (events: readonly Event[]) => events.map(({ type }) => type);
const lee = { person: 'lee' };
const approver: Who = { name: 'Lee', groups: ['brand'], manager: false };
/** A manager, where nobody tells who is in that group. */
const unread = (group: string): Who => ({ name: 'Kim', groups: [], manager: true, unread: [group] });

/** Six seconds cost 600,000, and brand people may allow more than 500,000. */
function worded(more: Partial<typeof usualPolicy> = {}) {
  const approvers = { people: [], groups: ['brand'] };
  const it = story({ policy: { ...usualPolicy, approvers, askAbove: 500_000, ...more } });
  it.open();
  it.refine();
  const spending = () => it.campaign.spendings.at(-1);
  const card = (n: number) =>
    composeCard(`spending:${n}`, { campaign: it.campaign, live: [] }, { catalogue });
  const allow = (n = 1): Intent => ({ type: 'allow-spending', spending: n });
  /** Somebody presses the button, and the platform says who that is. */
  const press = (n = 1, by = 'lee', who = approver) => {
    const [event] = it.told(allow(n), { person: by });
    if (event?.type !== 'spending.voted') throw new Error(`${event?.type} instead of a vote`);
    return it.told({ type: 'approver.checked', vote: event.vote, who }, { person: '' });
  };
  const code = (input: Intent, by: { person: string }) => {
    const answer = it.take(input, by);
    return isRefusal(answer) ? answer.refusal : types(answer);
  };
  return {
    ...it,
    get campaign() {
      return it.campaign;
    },
    spending,
    card,
    allow,
    press,
    code,
  };
}

describe('a take above the threshold', () => {
  test('is not bought: an approver is asked, on a card that says what it is', () => {
    const it = worded();
    const { card } = it;
    expect(types(it.told({ type: 'generate' }))).toEqual(['spending.asked']);
    expect(it.campaign.takes).toEqual([]);
    expect(card(1)).toMatchObject({
      title: 'May $0.60 be spent on the next take?',
      fields: expect.arrayContaining([{ name: 'Clip', value: '6 s, 16:9' }]),
      buttons: [{ label: 'Approve spending ($0.60)', does: { type: 'allow-spending', spending: 1 } }],
    });
  });

  test('at the threshold is bought', () => {
    expect(types(worded({ askAbove: 600_000 }).told({ type: 'generate' }))).toEqual(['take.requested']);
    expect(types(worded({ askAbove: null }).told({ type: 'generate' }))).toEqual(['take.requested']);
  });

  test('is bought once an approver allows it, on the account of who asked, and once only', () => {
    const it = worded();
    it.told({ type: 'generate' });
    expect(types(it.press())).toEqual(['spending.allowed', 'take.requested']);
    const [take] = it.campaign.takes;
    expect(take?.held?.accounts.map(({ id }) => id)).toContain('person:w:maya:1970-01-01');
    expect(it.spending()).toMatchObject({
      state: 'spent',
      by: { name: 'Lee', role: 'approver by group brand' },
    });
    expect(it.code(it.allow(), lee)).toBe('spending-settled');
    expect(it.card(1)).toMatchObject({ title: 'Lee allowed $0.60 (approver by group)', buttons: [] });
    expect(it.card(1)?.fields[0]).toEqual({ name: 'By group', value: '', groups: ['brand'] });
  });

  test('asks again for the next one: an allowance is used up', () => {
    const it = worded();
    it.told({ type: 'generate' });
    it.press();
    it.told({ type: 'take.refused', take: 1, tag: 'c.take1.0.1', reason: 'moderation-input' });
    expect(types(it.told({ type: 'generate' }))).toEqual(['spending.asked']);
  });

  test('is asked about once: pressing again says that somebody was asked', () => {
    const it = worded();
    it.told({ type: 'generate' });
    expect(it.code({ type: 'generate' }, { person: 'maya' })).toBe('spending-waits');
  });

  test.each([
    ['nobody of theirs', 'kim', { name: 'Kim', groups: [], manager: true }, 'vote-not-allowed'],
    [
      'somebody where the group cannot be read',
      'kim',
      { name: 'Kim', groups: ['others'], manager: false, unread: ['brand'] },
      'vote-group-unread',
    ],
    ['a manager where another group cannot be read', 'kim', unread('others'), 'vote-not-allowed'],
    ['who asked for it, as a manager', 'maya', unread('brand'), 'vote-own'],
    ['who asked for it', 'maya', { name: 'Maya', groups: ['brand'], manager: true }, 'vote-own'],
  ])('is not allowed by %s', (_, person, who, why) => {
    const it = worded();
    it.told({ type: 'generate' });
    const events = it.press(1, person, who);
    expect(types(events)).toEqual(['spending.refused', 'reply.given']);
    expect(events[0]).toMatchObject({ code: why });
    expect(it.campaign.takes).toEqual([]);
    expect(it.spending()?.state).toBe('asked');
  });

  test('is allowed by a manager where the group that decides cannot be read', () => {
    const it = worded();
    it.told({ type: 'generate' });
    expect(types(it.press(1, 'kim', unread('brand')))).toEqual(['spending.allowed', 'take.requested']);
    expect(it.spending()).toMatchObject({ by: { name: 'Kim', role: 'manager of the place' } });
  });

  test.each([
    ['a person is named', { people: ['lee'], groups: ['brand'] }],
    ['another group can be read', { people: [], groups: ['brand', 'legal'] }],
  ])('is not allowed by a manager where one group cannot be read and %s', (_, approvers) => {
    const it = worded({ approvers });
    it.told({ type: 'generate' });
    expect(it.press(1, 'kim', unread('brand'))[0]).toMatchObject({ code: 'vote-group-unread' });
    expect(it.campaign.takes).toEqual([]);
    const lee: Who = { name: 'Lee', groups: ['legal'], manager: false, unread: ['brand'] };
    expect(types(it.press(1, 'lee', lee))).toContain('take.requested');
  });

  test('is allowed by a manager where the only one who is named asked for it', () => {
    const it = worded({ approvers: { people: ['maya'], groups: [] } });
    it.told({ type: 'generate' });
    expect(it.card(1)?.fields[0]).toMatchObject({ people: [], value: 'whoever manages this workspace' });
    const kim: Who = { name: 'Kim', groups: [], manager: true };
    expect(types(it.press(1, 'kim', kim))).toEqual(['spending.allowed', 'take.requested']);
    expect(it.card(1)?.title).toBe('Kim allowed $0.60 (manages this workspace)');
  });

  test('takes one approver, however many a cut takes: no manager stands in for the second', () => {
    const it = worded({ approvers: { people: ['lee'], groups: [] }, quorum: 2 });
    it.told({ type: 'generate' });
    const kim: Who = { name: 'Kim', groups: [], manager: true };
    expect(it.press(1, 'kim', kim)[0]).toMatchObject({ code: 'vote-not-allowed' });
    expect(types(it.press(1, 'lee'))).toContain('take.requested');
  });

  test('is allowed by whoever the workspace names by now', () => {
    const it = worded();
    it.told({ type: 'generate' });
    const [event] = it.told(it.allow(), { person: 'maya' });
    const vote = event?.type === 'spending.voted' ? event.vote : '';
    const approvers = { people: ['maya'], groups: [] };
    const policy = { ...usualPolicy, approvers, askAbove: 500_000, selfApproval: true };
    const who: Who = { name: 'Maya', groups: [], manager: false };
    const events = it.told({ type: 'approver.checked', vote, who }, { person: '', policy });
    expect(types(events)).toEqual(['spending.allowed', 'take.requested']);
  });

  test('is refused to one person for one reason aloud only once', () => {
    const it = worded();
    it.told({ type: 'generate' });
    const kim: Who = { name: 'Kim', groups: [], manager: false };
    expect(types(it.press(1, 'kim', kim))).toEqual(['spending.refused', 'reply.given']);
    expect(types(it.press(1, 'kim', kim))).toEqual(['spending.refused']);
    expect(types(it.press(1, 'max', kim))).toEqual(['spending.refused', 'reply.given']);
  });

  test('that nobody has allowed for a while calls whoever may', () => {
    const it = worded();
    it.told({ type: 'generate' });
    it.told({ type: 'time.passed', key: 'spending:1' });
    const reminder = () => composeCard('reply:1', { campaign: it.campaign, live: [] }, { catalogue });
    expect(reminder()?.fields).toEqual([{ name: 'Waiting for', value: '', people: [], groups: ['brand'] }]);
    it.press();
    expect(reminder()?.fields).toEqual([]);
  });

  test('is allowed by who asked for it where that is allowed', () => {
    const it = worded({ selfApproval: true });
    it.told({ type: 'generate' });
    expect(types(it.press(1, 'maya', { ...approver, name: 'Maya' }))).toContain('take.requested');
  });

  test('asked for by an approver is for another one to allow', () => {
    const it = worded();
    it.told({ type: 'generate' }, lee);
    expect(types(it.press(1, 'lee'))).toContain('spending.refused');
    expect(types(it.press(1, 'sam', { ...approver, name: 'Sam' }))).toContain('take.requested');
  });

  test('two approvers at once: bought once, the second hears that it was decided', () => {
    const it = worded();
    it.told({ type: 'generate' });
    const votes = ['lee', 'sam'].map((person) => it.told(it.allow(), { person })[0] as { vote: string });
    const check = ({ vote }: { vote: string }) => it.told({ type: 'approver.checked', vote, who: approver });
    expect(votes.map((vote) => types(check(vote)))).toEqual([
      ['spending.allowed', 'take.requested'],
      ['spending.refused', 'reply.given'],
    ]);
    expect(it.campaign.takes).toHaveLength(1);
  });

  test('pressed twice by one person is checked once, and a check that gave up counts for nothing', () => {
    const it = worded();
    it.told({ type: 'generate' });
    const [event] = it.told(it.allow(), lee);
    const vote = event?.type === 'spending.voted' ? event.vote : '';
    expect(it.told(it.allow(), lee)).toEqual([]);
    expect(react(it.campaign, event as Event, usualTimes)).toContainEqual({ type: 'check-approver', vote });
    const given = it.told({ type: 'gave-up', effect: { type: 'check-approver', vote }, sent: true });
    expect(given).toMatchObject([{ code: 'vote-unchecked' }, { type: 'reply.given' }]);
    expect(it.told({ type: 'approver.checked', vote, who: approver })).toEqual([]);
    expect(types(it.press())).toContain('take.requested');
  });
});

describe('an offer that has changed since it was asked about', () => {
  test('is not bought: it is asked about anew, and then bought as it is', () => {
    const it = worded();
    it.told({ type: 'generate' });
    it.told({ type: 'set', options: { seconds: 9 } });
    expect(types(it.press())).toEqual(['spending.voided', 'reply.given', 'spending.asked']);
    expect(it.campaign.takes).toEqual([]);
    expect(it.spending()?.offer).toMatchObject({ seconds: 9, micros: 900_000 });
    expect(types(it.press(2))).toEqual(['spending.allowed', 'take.requested']);
    expect(it.campaign.takes[0]).toMatchObject({ seconds: 9 });
  });

  test('to less than needs asking is not bought behind anybody’s back', () => {
    const it = worded();
    it.told({ type: 'generate' });
    it.told({ type: 'set', options: { seconds: 4 } });
    expect(types(it.press())).toEqual(['spending.voided', 'reply.given']);
    expect(it.campaign.takes).toEqual([]);
  });

  test('in its wording is another offer', () => {
    const it = worded();
    it.told({ type: 'generate' });
    it.told({ type: 'edit-prompt', words: 'quite another film' });
    expect(types(it.press())).toContain('spending.asked');
    expect(it.campaign.takes).toEqual([]);
  });

  test('asked about by pressing Generate again replaces the card before', () => {
    const it = worded();
    it.told({ type: 'generate' });
    it.told({ type: 'set', options: { seconds: 9 } });
    expect(types(it.told({ type: 'generate' }))).toEqual(['spending.voided', 'spending.asked']);
    expect(it.code(it.allow(1), lee)).toBe('spending-settled');
    expect(it.card(1)).toMatchObject({ title: '$0.60 for a take: no longer asked', buttons: [] });
    expect(keysOf(it.campaign)).toEqual(expect.arrayContaining(['spending:1', 'spending:2']));
  });
});

describe('a brand kit that changes between the allowance and its check', () => {
  const kit: BrandKit = {
    ...{ id: 'k1', name: 'Aurora', revision: 3, colours: [], voice: null, bans: [] },
    logo: { name: 'old.svg', picture: picture('logo3'), notes: [], palette: [] },
  };
  const newer: BrandKit = {
    ...{ ...kit, revision: 4 },
    logo: { name: 'new.svg', picture: picture('logo4'), notes: [], palette: [] },
  };
  const later = { brands: { kits: [newer], usual: null } };
  const changed = { type: 'reply.given', say: { about: 'offer-changed', kit: 'Aurora' } };

  /** Lee allowed a take with revision 3; then revision 4 is kept, and the check arrives. */
  function checkedLate(options: object) {
    const approvers = { people: [], groups: ['brand'] };
    const it = story({
      policy: { ...usualPolicy, approvers, askAbove: 500_000 },
      brands: { kits: [kit], usual: null },
    });
    it.open('A calm film', { options: { brand: 'Aurora', ...options } });
    if (it.campaign.refining) it.refine();
    it.told({ type: 'generate' });
    const press = (spending: number, by: Partial<Context>) => {
      const [event] = it.told({ type: 'allow-spending', spending }, { ...lee, ...by });
      const vote = event?.type === 'spending.voted' ? event.vote : '';
      return it.told({ type: 'approver.checked', vote, who: approver }, { person: '', ...later });
    };
    return { it, press, events: press(1, {}) };
  }

  test('is not bought with: in a person’s own words it is asked about at once, with the new kit', () => {
    const { it, press, events } = checkedLate({ verbatim: true });
    expect(types(events)).not.toContain('spending.allowed');
    expect(events).toContainEqual(expect.objectContaining(changed));
    expect(it.campaign).toMatchObject({ takes: [], spendings: [{ state: 'voided' }, { state: 'asked' }] });
    expect(types(press(2, later))).toEqual(['spending.allowed', 'take.requested']);
    expect(it.campaign.takes[0]?.kit).toMatchObject({ revision: 4 });
  });

  test('is not bought with: else it is asked about once, when the new wording is there', () => {
    const { it, press, events } = checkedLate({});
    expect(types(events)).not.toContain('spending.allowed');
    expect(events).toContainEqual(expect.objectContaining(changed));
    expect(it.campaign).toMatchObject({ takes: [], refining: { n: 2 }, spendings: [{ state: 'voided' }] });
    expect(types(it.refine())).toEqual(['prompt.revised', 'spending.asked']);
    expect(it.campaign.spendings[0]).not.toHaveProperty('again');
    expect(it.campaign.spendings[1]).toMatchObject({
      person: 'maya',
      offer: { kit: { id: 'k1', revision: 4 } },
    });
    expect(types(press(2, later))).toEqual(['spending.allowed', 'take.requested']);
  });

  test('is told of in an offer that still is read without it', () => {
    const { it } = checkedLate({ verbatim: true });
    const offer = it.campaign.spendings[0]?.offer as Priced;
    const { kit: _, ...old } = offer;
    expect(covers(offer, { ...offer, kit: { id: 'k1', revision: 4 } })).toBe(false);
    expect(covers(offer, { ...offer, kit: null })).toBe(false);
    expect(covers(Priced.parse(old), offer)).toBe(true);
  });
});

test('an allowance that meets a wording under way is asked about when that is there', () => {
  const it = worded();
  it.told({ type: 'generate' });
  it.told({ type: 'set', options: { note: 'darker' } });
  expect(types(it.press())).toEqual(['spending.voided', 'reply.given']);
  expect(types(it.refine())).toEqual(['prompt.revised', 'spending.asked']);
  expect(types(it.press(2))).toEqual(['spending.allowed', 'take.requested']);
});

describe('around it', () => {
  test('a cheaper take bought meanwhile leaves nothing to allow', () => {
    const it = worded();
    it.told({ type: 'generate' });
    it.told({ type: 'set', options: { seconds: 4 } });
    it.told({ type: 'generate' });
    expect(it.campaign.takes).toHaveLength(1);
    expect(it.code(it.allow(), lee)).toBe('spending-settled');
  });

  test('an allowance that meets an empty budget buys nothing, says so, and stays good', () => {
    const it = worded();
    it.told({ type: 'generate' });
    const [event] = it.told(it.allow(), lee);
    const vote = event?.type === 'spending.voted' ? event.vote : '';
    const short = { account: 'campaign:c', left: 0 };
    const events = it.told({ type: 'approver.checked', vote, who: approver }, { person: '', short });
    expect(types(events)).toEqual(['spending.allowed', 'reply.given']);
    expect(types(it.told({ type: 'generate' }))).toEqual(['take.requested']);
  });

  test('a cancelled campaign asks nobody any more', () => {
    const it = worded();
    it.told({ type: 'generate' });
    const [event] = it.told(it.allow(), lee);
    it.told({ type: 'cancel' });
    expect(it.card(1)?.buttons).toEqual([]);
    const vote = event?.type === 'spending.voted' ? event.vote : '';
    it.told({ type: 'approver.checked', vote, who: approver });
    expect(it.campaign.takes).toEqual([]);
  });

  test('a fallback that would have to be asked about is not taken', () => {
    const it = worded({ askAbove: 100_000 });
    it.told({ type: 'set', options: { model: 'second' } });
    expect(it.told({ type: 'generate' }).at(-1)).toMatchObject({ type: 'spending.asked' });
    it.press();
    const tag = 'c.take1.0.1';
    const events = it.told({ type: 'take.refused', take: 1, tag, reason: 'outage' });
    expect(types(events)).toEqual(['take.failed']);
  });

  test('nobody decides: it is mentioned again', () => {
    const it = worded();
    const [event] = it.told({ type: 'generate' });
    const [wait] = react(it.campaign, event as Event, usualTimes);
    expect(wait).toMatchObject({ type: 'wait-until', key: 'spending:1' });
    expect(types(it.told({ type: 'time.passed', key: 'spending:1' }))).toEqual(['reply.given']);
    it.press();
    expect(it.told({ type: 'time.passed', key: 'spending:1' })).toEqual([]);
  });
});
