import { describe, expect, test } from 'vitest';
import { usualPolicy } from '../../src/campaign/policy.ts';
import { composeHome } from '../../src/chat/compose-home.ts';
import { catalogue, story } from '../campaign/specification.ts';

/** A video in review that needs two approvals, by whoever is named. */
function inReview(people: string[], groups: string[] = []) {
  const it = story({ policy: { ...usualPolicy, quorum: 2 } });
  it.open('Tea', { approvers: { people, groups } });
  it.refine();
  it.told({ type: 'generate' });
  it.finish();
  return it;
}
const who = { name: 'Lee', groups: ['legal'], manager: false };
const waiting = ({ campaign }: ReturnType<typeof inReview>, person: string) => {
  const row = { title: 'Aurora', status: 'needsReview', updatedAt: 0, place: 'slack:T1/C1/1.2', campaign };
  const view = { person, who, policy: usualPolicy, inReview: [row], mine: [], month: null };
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
    it.told({ type: 'approver.checked', vote: it.campaign.review?.votes[0]?.id ?? '', who });
    expect([waiting(it, 'lee'), waiting(it, 'kim')]).toEqual([[], ['Aurora']]);
  });
});
