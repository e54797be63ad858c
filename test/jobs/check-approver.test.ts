import { expect, test } from 'vitest';
import { type Campaign, unopened } from '../../src/campaign/campaign.ts';
import { usualPolicy } from '../../src/campaign/policy.ts';
import type { Review } from '../../src/campaign/review.ts';
import type { Spending } from '../../src/campaign/spending.ts';
import type { Chat } from '../../src/chat/chat.ts';
import { checkApprover } from '../../src/jobs/check-approver.ts';
import type { JobContext } from '../../src/jobs/job.ts';

test('the platform is asked about whoever was named when it was asked, and whoever is by now, and about nobody else', async () => {
  const under = (person: string, ...groups: string[]) => ({
    policy: { approvers: { people: [person], groups }, quorum: 1, selfApproval: false },
  });
  const campaign = {
    ...unopened('c1'),
    place: 'memory:a',
    review: { ...under('lee', 'legal'), votes: [{ id: 'w', person: 'sam' }] } as unknown as Review,
    spendings: [
      { ...under('lee', 'money', 'legal'), allowances: [{ id: 'v', person: 'lee', state: 'checking' }] },
    ] as unknown as Spending[],
  };
  const asked: unknown[] = [];
  const who: Chat['who'] = async (...about) => {
    asked.push(about);
    return { name: 'Lee', groups: [], manager: false };
  };
  // By now somebody else decides in the workspace.
  const policy = { ...usualPolicy, approvers: { people: ['kim'], groups: ['other', 'legal'] } };
  const contextFor = (campaign: Campaign) =>
    ({ campaign, policy, sent: async () => {} }) as unknown as JobContext;
  const job = checkApprover({ memory: { who } as unknown as Chat });
  expect(await job.do({ type: 'check-approver', vote: 'v' }, contextFor(campaign))).toMatchObject({
    outcome: { type: 'approver.checked', vote: 'v' },
  });
  await job.do({ type: 'check-approver', vote: 'w' }, contextFor(campaign));
  const own = { ...campaign, approvers: { people: ['ada'], groups: [] } };
  await job.do({ type: 'check-approver', vote: 'w' }, contextFor(own));
  expect(asked).toEqual([
    ['lee', 'memory:a', { people: [], groups: ['money', 'legal', 'other'] }],
    ['sam', 'memory:a', { people: ['lee', 'kim'], groups: ['legal', 'other'] }],
    ['sam', 'memory:a', { people: ['lee', 'ada'], groups: ['legal'] }],
  ]);
});
