import { z } from 'zod';
import type { Approvers, Policy } from './policy.ts';

export const Verdict = z.enum(['approve', 'request-changes', 'reject']);
export type Verdict = z.infer<typeof Verdict>;

/** What the platform says about a person in a place, asked when a vote is checked. */
export const Who = z.object({
  name: z.string(),
  groups: z.array(z.string()),
  manager: z.boolean(),
  /** Groups that were asked about and that the platform cannot tell of: nobody can be known to be in them. */
  unread: z.array(z.string()).optional(),
  /** People that were asked about and that cannot decide: apps, and whoever is not there any more. */
  unable: z.array(z.string()).optional(),
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

/** By which rule something is decided. */
export type Rule = Pick<Policy, 'approvers' | 'quorum' | 'selfApproval'>;

/** One round of looking at one cut, under the policy it was opened with. */
export interface Review {
  take: number;
  cut: string;
  sha256: string;
  policy: Rule;
  votes: readonly Vote[];
  verdict: Verdict | null;
  openedAt: number;
}

/** As the policy says, but for whoever was named for this one video. */
export const ruleFor = (named: Approvers | null, { approvers, quorum, selfApproval }: Policy): Rule => ({
  approvers: named ?? approvers,
  quorum,
  selfApproval,
});

const byGroup = 'approver by group';
const manager = 'manager of the place';

/** A role as it is told to people, and the group it is held by, which only its platform can name. */
export function told(role: string): { role: string; group: string | null } {
  const isByGroup = role.startsWith(`${byGroup} `);
  if (isByGroup) return { role: byGroup, group: role.slice(byGroup.length + 1) };
  return { role: role === manager ? 'manages this workspace' : role, group: null };
}

/**
 * The role under which this person may decide, or why not. Where those who are named cannot be enough, whoever manages
 * the place decides beside them.
 */
export function roleOf(
  rule: Rule,
  person: string,
  requester: string,
  who: Who,
): { role: string } | { no: VoteRefusal } {
  if (!mayDecide(rule, person, requester)) return { no: 'vote-own' };
  const { people, groups } = rule.approvers;
  if (people.includes(person)) return { role: 'approver' };
  const shared = groups.find((group) => who.groups.includes(group));
  if (shared) return { role: `${byGroup} ${shared}` };
  if (who.manager && !areEnough(rule, requester, who)) return { role: manager };
  return {
    no: groups.some((group) => who.unread?.includes(group)) ? 'vote-group-unread' : 'vote-not-allowed',
  };
}

/**
 * As `roleOf`, by the rule it was asked under; what that refuses, the rule that holds `now` may allow. How many it takes
 * stays as it was asked: by that approvals are counted.
 */
export function roleByNow(
  { asked, now }: { asked: Rule; now: Rule },
  person: string,
  requester: string,
  who: Who,
): ReturnType<typeof roleOf> {
  const role = roleOf(asked, person, requester, who);
  return 'role' in role ? role : roleOf({ ...now, quorum: asked.quorum }, person, requester, who);
}

const mayDecide = ({ selfApproval }: Rule, person: string, requester: string): boolean =>
  selfApproval || person !== requester;

/** Whether those who are named can reach the quorum. Nobody knows how many are in a group: one that can be read will do. */
function areEnough(
  rule: Rule,
  requester: string,
  { unread, unable }: Pick<Who, 'unread' | 'unable'>,
): boolean {
  const { people, groups } = rule.approvers;
  const able = people.filter((one) => mayDecide(rule, one, requester) && !unable?.includes(one));
  return able.length >= rule.quorum || groups.some((group) => !unread?.includes(group));
}

/** Whose decision is waited for, as far as that can be told without asking the platform. */
export function waitedFor(
  rule: Rule,
  requester: string,
  votes: readonly Vote[] = [],
): Approvers & { managers: boolean } {
  const { people, groups } = rule.approvers;
  const isHeard = (one: string) => votes.some(({ person, state }) => person === one && state === 'counted');
  return {
    people: people.filter((one) => mayDecide(rule, one, requester) && !isHeard(one)),
    groups,
    managers: !areEnough(rule, requester, {}),
  };
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
