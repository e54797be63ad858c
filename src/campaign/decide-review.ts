import { requestRefinement } from './ask-to-refine.ts';
import type { Context, Draft } from './context.ts';
import { allowanceOf, allowed } from './decide-spending.ts';
import type { IntentOf } from './intent.ts';
import type { OutcomeOf } from './outcome.ts';
import { type Refusal, refuse } from './refusal.ts';
import { reply } from './reply.ts';
import { type Review, roleByNow, ruleFor, type Vote, type VoteRefusal, verdictWith } from './review.ts';
import { clean, hasWords, longestBrief } from './words.ts';

/** A vote on one cut. Whether it counts is checked next, on the server, before it becomes a verdict. */
export function vote(draft: Draft, intent: IntentOf<'vote'>, context: Context): Refusal | undefined {
  const { review } = draft.campaign;
  if (!review) return refuse('review-none');
  if (review.cut !== intent.cut) return refuse('review-other-cut');
  if (review.verdict) return refuse('verdict-final');
  const words = clean(intent.words);
  if (words.length > longestBrief) return refuse('message-too-long', { most: longestBrief });
  if (intent.verdict !== 'approve' && !hasWords(words)) return refuse('verdict-needs-words');
  if (review.votes.some((v) => isSame(v, context.person, intent))) return undefined;
  const { verdict, cut } = intent;
  const id = context.id();
  draft.add({ type: 'vote.cast', at: context.now, vote: id, person: context.person, verdict, words, cut });
  return undefined;
}

const isSame = (vote: Vote, person: string, intent: IntentOf<'vote'>): boolean =>
  vote.person === person &&
  vote.verdict === intent.verdict &&
  (vote.state === 'counted' || vote.state === 'checking');

/** The first vote that may count decides; later ones are kept and answered. */
export function checked(draft: Draft, outcome: OutcomeOf<'approver.checked'>, context: Context): undefined {
  const allowance = allowanceOf(draft, outcome.vote);
  if (allowance) return allowed(draft, allowance, outcome, context);
  const { review, requester, approvers } = draft.campaign;
  const vote = review?.votes.find((v) => v.id === outcome.vote && v.state === 'checking');
  if (!review || !vote || draft.campaign.phase === 'cancelled') return;
  const { name } = outcome.who;
  if (review.verdict) return refuseVote(draft, { ...vote, name }, 'verdict-final');
  const rules = { asked: review.policy, now: ruleFor(approvers, context.policy) };
  const role = roleByNow(rules, vote.person, requester, outcome.who);
  if ('no' in role) return refuseVote(draft, { ...vote, name }, role.no);
  draft.add({ type: 'vote.counted', vote: vote.id, name, role: role.role });
  const verdict = verdictWith(review, vote);
  if (verdict) give(draft, review, { vote, role: role.role, verdict }, context);
}

/** Kept each time, and said once for each cut and reason; whoever could not be looked up is asked for it again. */
export function refuseVote(draft: Draft, vote: Vote, code: VoteRefusal): undefined {
  const { id, name, person, cut } = vote;
  const { review, reviewed } = draft.campaign;
  const votes = [...reviewed, ...(review ? [review] : [])].flatMap((one) => one.votes);
  const isSaid = votes.some((v) => v.person === person && v.cut === cut && v.code === code);
  draft.add({ type: 'vote.refused', vote: id, name, code });
  if (!isSaid || code === 'vote-unchecked') reply(draft, { about: 'vote-refused', name, code });
}

function give(
  draft: Draft,
  { take, cut, sha256 }: Review,
  by: { vote: Vote; role: string; verdict: Vote['verdict'] },
  context: Context,
): void {
  const { person, words } = by.vote;
  const { role, verdict } = by;
  draft.add({ type: 'verdict.given', at: context.now, take, cut, sha256, verdict, person, role, words });
  if (verdict === 'request-changes') requestRefinement(draft, words);
}
