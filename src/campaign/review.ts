import { z } from 'zod';
import type { Policy } from './policy.ts';

export const Verdict = z.enum(['approve', 'request-changes', 'reject']);
export type Verdict = z.infer<typeof Verdict>;

/** What the platform says about a person in a place, asked when a vote is checked. */
export const Who = z.object({
  name: z.string(),
  groups: z.array(z.string()),
  manager: z.boolean(),
  /** As the platform spells them, e.g. `de-DE` and `Europe/Berlin`. */
  locale: z.string().optional(),
  zone: z.string().optional(),
});
export type Who = z.infer<typeof Who>;

export interface Vote {
  id: string;
  person: string;
  /** What the platform calls them, once it was asked. */
  name: string;
  verdict: Verdict;
  words: string;
  cut: string;
  state: 'checking' | 'counted' | 'refused' | 'late';
  role: string | null;
  at: number;
}

/** One round of looking at one cut, under the policy it was opened with. */
export interface Review {
  take: number;
  cut: string;
  sha256: string;
  policy: Pick<Policy, 'approvers' | 'quorum' | 'selfApproval'>;
  votes: readonly Vote[];
  verdict: Verdict | null;
  openedAt: number;
}

/** The role under which this person may decide, or why not. */
export function roleOf(
  policy: Review['policy'],
  person: string,
  requester: string,
  who: Who,
): { role: string } | { no: 'vote-not-allowed' | 'vote-own' } {
  if (person === requester && !policy.selfApproval) return { no: 'vote-own' };
  const { people, groups } = policy.approvers;
  if (people.includes(person)) return { role: 'approver' };
  const shared = groups.find((group) => who.groups.includes(group));
  if (shared) return { role: `approver by group ${shared}` };
  const nobodyNamed = people.length === 0 && groups.length === 0;
  return nobodyNamed && who.manager ? { role: 'manager of the place' } : { no: 'vote-not-allowed' };
}

/** The review's verdict once this vote counts: a change or a rejection by one, an approval by the quorum. */
export function verdictWith(review: Review, vote: Vote): Verdict | null {
  if (vote.verdict !== 'approve') return vote.verdict;
  const approvals = new Set(
    review.votes.filter((v) => v.state === 'counted' && v.verdict === 'approve').map((v) => v.person),
  );
  approvals.add(vote.person);
  return approvals.size >= review.policy.quorum ? 'approve' : null;
}
