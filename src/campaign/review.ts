import { z } from 'zod';
import type { Policy } from './policy.ts';

export const Verdict = z.enum(['approve', 'request-changes', 'reject']);
export type Verdict = z.infer<typeof Verdict>;

/** What the platform says about a person in a place, asked when a vote is checked. */
export const Who = z.object({
  name: z.string(),
  groups: z.array(z.string()),
  manager: z.boolean(),
  /** Groups that were asked about and that the platform cannot tell of: nobody can be known to be in them. */
  unread: z.array(z.string()).optional(),
  /** As the platform spells them, e.g. `de-DE` and `Europe/Berlin`. */
  locale: z.string().optional(),
  zone: z.string().optional(),
});
export type Who = z.infer<typeof Who>;

/** Why a vote is not counted. */
export const VoteRefusal = z.enum([
  'vote-not-allowed',
  'vote-group-unread',
  'vote-unchecked',
  'vote-own',
  'verdict-final',
]);
export type VoteRefusal = z.infer<typeof VoteRefusal>;

export interface Vote {
  id: string;
  person: string;
  /** What the platform calls them, once it was asked. */
  name: string;
  verdict: Verdict;
  words: string;
  cut: string;
  state: 'checking' | 'counted' | 'refused' | 'late';
  /** Why it is not counted; left out where it is, and where that was not kept yet. */
  code?: VoteRefusal;
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

const byGroup = 'approver by group';

/** A role as it is told to people, and the group it is held by, which only its platform can name. */
export function told(role: string): { role: string; group: string | null } {
  const isByGroup = role.startsWith(`${byGroup} `);
  return isByGroup ? { role: byGroup, group: role.slice(byGroup.length + 1) } : { role, group: null };
}

/** The role under which this person may decide, or why not. Only where nobody can be known to do managers decide. */
export function roleOf(
  policy: Review['policy'],
  person: string,
  requester: string,
  who: Who,
): { role: string } | { no: VoteRefusal } {
  if (person === requester && !policy.selfApproval) return { no: 'vote-own' };
  const { people, groups } = policy.approvers;
  if (people.includes(person)) return { role: 'approver' };
  const shared = groups.find((group) => who.groups.includes(group));
  if (shared) return { role: `${byGroup} ${shared}` };
  const unread = groups.filter((group) => who.unread?.includes(group));
  const nobodyKnown = people.length === 0 && unread.length === groups.length;
  if (nobodyKnown && who.manager) return { role: 'manager of the place' };
  return { no: unread.length > 0 ? 'vote-group-unread' : 'vote-not-allowed' };
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
