import { expect, test } from 'vitest';
import { unopened } from '../../src/campaign/campaign.ts';
import { usualPolicy } from '../../src/campaign/policy.ts';
import type { Review } from '../../src/campaign/review.ts';
import type { Spending } from '../../src/campaign/spending.ts';
import type { Chat } from '../../src/chat/chat.ts';
import { checkApprover } from '../../src/jobs/check-approver.ts';
import type { JobContext } from '../../src/jobs/job.ts';

test('the platform is asked about the groups each question was asked under, and no others', async () => {
  const under = (...groups: string[]) => ({
    policy: { approvers: { people: [], groups }, quorum: 1, selfApproval: false },
  });
  const campaign = {
    ...unopened('c1'),
    place: 'memory:a',
    review: { ...under('legal'), votes: [] } as unknown as Review,
    spendings: [
      { ...under('money', 'legal'), allowances: [{ id: 'v', person: 'lee', state: 'checking' }] },
    ] as unknown as Spending[],
  };
  const asked: unknown[] = [];
  const who: Chat['who'] = async (...about) => {
    asked.push(about);
    return { name: 'Lee', groups: [], manager: false };
  };
  // By now somebody else decides in the workspace.
  const policy = { ...usualPolicy, approvers: { people: [], groups: ['other'] } };
  const context = { campaign, policy, sent: async () => {} } as unknown as JobContext;
  const job = checkApprover({ memory: { who } as unknown as Chat });
  expect(await job.do({ type: 'check-approver', vote: 'v' }, context)).toMatchObject({
    outcome: { type: 'approver.checked', vote: 'v' },
  });
  expect(asked).toEqual([['lee', 'memory:a', ['legal', 'money']]]);
});
