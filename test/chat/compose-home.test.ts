import { describe, expect, test } from 'vitest';
import { type Policy, usualPolicy } from '../../src/campaign/policy.ts';
import type { Who } from '../../src/campaign/review.ts';
import { composeHome } from '../../src/chat/compose-home.ts';
import { catalogue, story } from '../campaign/specification.ts';

/** A video in review that needs two approvals, by whoever is named. */
function inReview(people: string[], groups: string[] = [], own = true) {
  const approvers = { people, groups };
  const it = story({ policy: { ...usualPolicy, approvers, quorum: 2 } });
  it.open('Tea', own ? { approvers } : {});
  it.refine();
  it.told({ type: 'generate' });
  it.finish();
  return it;
}
const lee: Who = { name: 'Lee', groups: ['legal'], manager: false };
const manager: Who = { name: 'Owner', groups: [], manager: true };
const waiting = (
  { campaign }: ReturnType<typeof inReview>,
  person: string,
  who: Who = lee,
  policy: Policy = usualPolicy,
) => {
  const row = { title: 'Aurora', status: 'needsReview', updatedAt: 0, place: 'slack:T1/C1/1.2', campaign };
  const view = { person, who, policy, inReview: [row], mine: [], month: null };
  return composeHome(view, catalogue)[0]?.items.map(({ title }) => title);
};

describe('what waits for somebody', () => {
  test('is what they were named for, themselves or by their group', () => {
    expect(waiting(inReview(['lee', 'kim']), 'lee')).toEqual(['Aurora']);
    expect(waiting(inReview([], ['legal']), 'ana')).toEqual(['Aurora']);
    expect(waiting(inReview(['kim', 'ana']), 'lee')).toEqual([]);
    expect(waiting(inReview(['lee', 'kim', 'maya']), 'maya')).toEqual([]);
  });

  test('waits no longer for whoever has approved, but for the others', () => {
    const it = inReview(['lee', 'kim']);
    it.told({ type: 'vote', verdict: 'approve', cut: '1a', words: '' }, { person: 'lee' });
    it.told({ type: 'approver.checked', vote: it.campaign.review?.votes[0]?.id ?? '', who: lee });
    expect([waiting(it, 'lee'), waiting(it, 'kim')]).toEqual([[], ['Aurora']]);
  });

  test('is, for a manager, what those who are named cannot decide without them', () => {
    const stuck = inReview(['maya', 'lee'], [], false);
    expect(waiting(stuck, 'owner', manager)).toEqual(['Aurora']);
    expect(waiting(stuck, 'max', { ...manager, manager: false })).toEqual([]);
    const enough = inReview(['lee', 'kim']);
    expect(waiting(enough, 'owner', manager)).toEqual([]);
    expect(waiting(enough, 'owner', { ...manager, unable: ['kim'] })).toEqual(['Aurora']);
  });

  test('is what the workspace lets them decide by now', () => {
    const now = { ...usualPolicy, approvers: { people: ['max'], groups: [] } };
    const max: Who = { name: 'Max', groups: [], manager: false };
    expect(waiting(inReview(['lee', 'kim'], [], false), 'max', max, now)).toEqual(['Aurora']);
    expect(waiting(inReview(['lee', 'kim']), 'max', max, now)).toEqual([]);
  });
});
