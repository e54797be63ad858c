import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/campaign/event.ts';
import { type Policy, usualPolicy } from '../../src/campaign/policy.ts';
import { Who } from '../../src/campaign/review.ts';
import { composeCard } from '../../src/chat/compose.ts';
import { catalogue, story } from './specification.ts';

const owner: Who = { name: 'Owner', groups: [], manager: true };
const anybody: Who = { name: 'Anybody', groups: [], manager: false };
const namely = (people: string[], groups: string[] = []) => ({ approvers: { people, groups } });

/** A cut that Maya asked for, in a workspace that has things decided so. */
function reviewed(policy: Partial<Policy> = {}, ...named: { people: string[]; groups: string[] }[]) {
  const before = { ...usualPolicy, ...policy };
  const it = story({ policy: before });
  it.open('Tea', named[0] ? { approvers: named[0] } : {});
  it.refine();
  it.told({ type: 'generate' });
  it.finish();
  const vote = (person: string, who: Who, now: Partial<Policy> = {}, cut = '1a'): Event[] => {
    const [event] = it.told({ type: 'vote', verdict: 'approve', cut, words: '' }, { person });
    if (event?.type !== 'vote.cast') throw new Error(`${event?.type} instead of a vote`);
    const by = { person: '', policy: { ...before, ...now } };
    return it.told({ type: 'approver.checked', vote: event.vote, who }, by);
  };
  const card = (key: string) => composeCard(key, { campaign: it.campaign, live: [] }, { catalogue });
  return {
    ...it,
    get campaign() {
      return it.campaign;
    },
    vote,
    card,
    /** The role under which the vote counts, or why it does not. */
    ends: (...given: Parameters<typeof vote>) => {
      const [first] = vote(...given);
      if (first?.type === 'vote.counted') return first.role;
      return first?.type === 'vote.refused' ? first.code : first?.type;
    },
    waitsFor: () => card('review:1a')?.fields.find(({ name }) => name === 'Waiting for'),
  };
}

const stand = 'manager of the place';

describe('whoever manages the workspace decides', () => {
  test.each<[string, Partial<Policy>, Partial<Who>]>([
    ['nobody is named', {}, {}],
    ['the only one named asked for it', namely(['maya']), {}],
    ['one of the two it takes asked for it', { ...namely(['maya', 'lee']), quorum: 2 }, {}],
    ['the only one named is an app, or has left', namely(['bot']), { unable: ['bot'] }],
    ['one of the two it takes has left', { ...namely(['lee', 'kim']), quorum: 2 }, { unable: ['kim'] }],
    ['nobody can tell who is in the groups', namely([], ['legal']), { unread: ['legal'] }],
    [
      'neither the groups nor the people can',
      namely(['bot'], ['legal']),
      { unread: ['legal'], unable: ['bot'] },
    ],
  ])('where %s', (_, policy, more) => {
    expect(reviewed(policy).ends('owner', { ...owner, ...more })).toBe(stand);
  });

  test.each<[string, Partial<Policy>, Partial<Who>]>([
    ['somebody named can', namely(['lee']), {}],
    ['another one named can', namely(['bot', 'lee']), { unable: ['bot'] }],
    ['who asked may decide as well', { ...namely(['maya']), selfApproval: true }, {}],
    ['who asked is one too many', { ...namely(['maya', 'lee', 'kim']), quorum: 2 }, {}],
    ['one of the groups can be read', namely([], ['legal', 'brand']), { unread: ['legal'] }],
    ['there is a group beside who asked', namely(['maya'], ['legal']), {}],
  ])('but not where %s', (_, policy, more) => {
    const refused = reviewed(policy).ends('owner', { ...owner, ...more });
    expect(refused).toBe(more.unread ? 'vote-group-unread' : 'vote-not-allowed');
  });

  test('and nobody else does in their place, nor on what they asked for themselves', () => {
    const it = reviewed(namely(['bot']));
    expect(it.ends('kim', { ...anybody, unable: ['bot'] })).toBe('vote-not-allowed');
    expect(it.ends('maya', { ...owner, unable: ['bot'] })).toBe('vote-own');
  });

  test('beside the ones who are named: both together reach the quorum', () => {
    const it = reviewed({ ...namely(['maya', 'lee']), quorum: 2 });
    expect(it.waitsFor()).toMatchObject({
      people: ['lee'],
      value: 'whoever manages this workspace; 2 approvals are needed',
    });
    expect(it.ends('lee', anybody)).toBe('approver');
    expect(it.campaign.phase).toBe('review');
    expect(it.waitsFor()).toMatchObject({ people: [] });
    expect(it.ends('owner', owner)).toBe(stand);
    expect(it.campaign.phase).toBe('approved');
    expect(it.card('review:1a')?.text).toContain('Owner approves (manages this workspace)');
  });

  test('as told by a platform before it said who cannot decide', () => {
    expect(Who.parse({ ...owner, unread: ['legal'] })).toEqual({ ...owner, unread: ['legal'] });
  });
});

describe('what the workspace settles meanwhile', () => {
  test.each<[string, Partial<Policy>, string, Who, string]>([
    ['allows people their own', { selfApproval: true }, 'maya', anybody, 'approver'],
    ['names somebody else', namely(['kim']), 'kim', anybody, 'approver'],
    [
      'names a group',
      namely([], ['brand']),
      'kim',
      { ...anybody, groups: ['brand'] },
      'approver by group brand',
    ],
    ['names nobody any more', namely([]), 'owner', owner, stand],
  ])('holds for a review that is open: it %s', (_, now, person, who, role) => {
    const policy = namely(['maya', 'lee']);
    const it = reviewed(policy);
    expect(it.ends(person, who)).toMatch(/^vote-/);
    expect(it.ends(person, who, now)).toBe(role);
    expect(it.campaign.phase).toBe('approved');
  });

  test('takes nobody’s say away who had it when the review began', () => {
    expect(reviewed(namely(['lee'])).ends('lee', anybody, namely(['kim']))).toBe('approver');
  });

  test('does not replace who was named for this video alone', () => {
    const it = reviewed({}, { people: ['lee'], groups: [] });
    expect(it.ends('kim', anybody, namely(['kim']))).toBe('vote-not-allowed');
    expect(it.ends('lee', anybody, namely(['kim']))).toBe('approver');
  });

  test('does not make those who are named too few by asking for more of them', () => {
    const it = reviewed({}, { people: [], groups: ['legal'] });
    expect(it.ends('owner', owner, { quorum: 2 })).toBe('vote-not-allowed');
    expect(reviewed(namely(['lee'])).ends('owner', owner, { ...namely(['maya', 'lee']), quorum: 2 })).toBe(
      'vote-not-allowed',
    );
  });

  test('is what a refusal is about, where both rules refuse', () => {
    expect(reviewed().ends('maya', owner, { ...namely(['lee']), selfApproval: true })).toBe(
      'vote-not-allowed',
    );
  });
});

describe('a vote that is refused', () => {
  const said = (events: readonly Event[]) => events.filter(({ type }) => type === 'reply.given').length;

  test('is kept each time, and said once for each person and reason', () => {
    const it = reviewed(namely(['lee']));
    expect([1, 2, 3].map(() => said(it.vote('max', anybody)))).toEqual([1, 0, 0]);
    expect(it.campaign.review?.votes).toHaveLength(3);
    expect(said(it.vote('kim', anybody))).toBe(1);
    expect(said(it.vote('maya', anybody))).toBe(1);
    expect(said(it.vote('maya', anybody, { selfApproval: true }))).toBe(1);
  });

  test('is said again of the next cut, and not of the same one when that stands for review again', () => {
    const it = reviewed({ ...namely(['lee']), autoLimit: 0 });
    it.vote('max', anybody);
    it.told({ type: 'generate' });
    it.told({ type: 'take.refused', take: 2, tag: 'c.take2.0.1', reason: 'moderation-input' });
    expect(it.campaign.review).toMatchObject({ cut: '1a', votes: [] });
    expect(said(it.vote('max', anybody))).toBe(0);
    it.told({ type: 'generate' });
    it.finish();
    expect(said(it.vote('max', anybody, {}, '3a'))).toBe(1);
  });

  test('because nobody could look it up is said each time: somebody waits for it', () => {
    const it = reviewed();
    const giveUp = () => {
      const [event] = it.told({ type: 'vote', verdict: 'approve', cut: '1a', words: '' }, { person: 'lee' });
      const vote = event?.type === 'vote.cast' ? event.vote : '';
      return said(it.told({ type: 'gave-up', effect: { type: 'check-approver', vote }, sent: true }));
    };
    expect([giveUp(), giveUp()]).toEqual([1, 1]);
  });

  test('has one line on the card, which says how it stands by now', () => {
    const it = reviewed({ ...namely(['lee', 'kim']), quorum: 2 });
    for (const _ of [1, 2, 3]) it.vote('max', { ...anybody, name: 'Max' });
    it.vote('lee', { ...anybody, name: 'Lee' });
    const refused = 'Max approves (not counted: not an approver here)';
    expect(it.card('review:1a')?.text).toEqual([refused, 'Lee approves (approver)']);
    it.told({ type: 'vote', verdict: 'reject', cut: '1a', words: 'no' }, { person: 'max' });
    expect(it.card('review:1a')?.text).toEqual([
      refused,
      'Lee approves (approver)',
      'Somebody rejects: “no” (checking)',
    ]);
    it.vote('max', { ...anybody, name: 'Max' }, namely(['max', 'lee']));
    expect(it.card('review:1a')?.text[0]).toBe('Max approves (approver)');
  });
});

describe('the reminder', () => {
  const remind = (it: ReturnType<typeof reviewed>) => {
    it.told({ type: 'time.passed', key: 'remind:1a' });
    return it.card(`reply:${it.campaign.replies.length}`);
  };

  test('calls whoever is waited for, and not who has decided or may not', () => {
    const it = reviewed({ ...namely(['maya', 'lee', 'kim'], ['legal']), quorum: 2 });
    it.vote('lee', anybody);
    expect(remind(it)).toMatchObject({
      title: 'This cut still waits for a decision.',
      fields: [{ name: 'Waiting for', people: ['kim'], groups: ['legal'], value: '2 approvals are needed' }],
    });
  });

  test('names whoever manages the workspace where nobody is named; once it is decided it calls nobody', () => {
    const it = reviewed();
    const fields = [{ name: 'Waiting for', people: [], groups: [], value: 'whoever manages this workspace' }];
    expect(remind(it)).toMatchObject({ fields });
    it.vote('owner', owner);
    expect(it.card('reply:1')).toMatchObject({ fields: [] });
  });

  test('that was given before cuts were kept with it says what it said', () => {
    const it = reviewed();
    remind(it);
    const old = { ...it.campaign, replies: [{ n: 1, say: { about: 'reminder' as const } }] };
    expect(composeCard('reply:1', { campaign: old, live: [] }, { catalogue })).toMatchObject({ fields: [] });
  });
});
