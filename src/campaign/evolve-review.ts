import type { Campaign, Phase } from './campaign.ts';
import type { EventOf } from './event.ts';
import type { Review, Verdict, Vote } from './review.ts';

type ReviewEvent = EventOf<
  'review.opened' | 'review.voided' | 'vote.cast' | 'vote.refused' | 'vote.counted' | 'verdict.given'
>;

const phases: Record<Verdict, Phase> = {
  approve: 'approved',
  reject: 'rejected',
  'request-changes': 'review',
};

export function evolveReview(campaign: Campaign, event: ReviewEvent): Campaign {
  if (event.type === 'review.opened') return opened(campaign, event);
  const review = campaign.review;
  if (!review) return campaign;
  switch (event.type) {
    case 'review.voided':
      return { ...campaign, review: null, reviewed: [...campaign.reviewed, withoutWaiting(review)] };
    case 'vote.cast':
      return { ...campaign, review: { ...review, votes: [...review.votes, cast(event)] } };
    case 'vote.refused':
      return {
        ...campaign,
        review: withVote(review, event.vote, {
          state: refusedState(event),
          name: event.name,
          code: event.code,
        }),
      };
    case 'vote.counted':
      return {
        ...campaign,
        review: withVote(review, event.vote, { state: 'counted', name: event.name, role: event.role }),
      };
    case 'verdict.given': {
      const phase = campaign.phase === 'cancelled' ? campaign.phase : phases[event.verdict];
      const retake = event.verdict === 'request-changes';
      return { ...campaign, phase, retake, review: { ...review, verdict: event.verdict } };
    }
  }
}

function opened(campaign: Campaign, event: EventOf<'review.opened'>): Campaign {
  const { take, cut, sha256, policy, at } = event;
  const review: Review = { take, cut, sha256, policy, votes: [], verdict: null, openedAt: at };
  const reviewed = campaign.review ? [...campaign.reviewed, campaign.review] : campaign.reviewed;
  return { ...campaign, phase: 'review', review, reviewed };
}

const cast = (event: EventOf<'vote.cast'>): Vote => ({
  id: event.vote,
  person: event.person,
  name: event.person,
  verdict: event.verdict,
  words: event.words,
  cut: event.cut,
  state: 'checking',
  role: null,
  at: event.at,
});

const refusedState = (event: EventOf<'vote.refused'>): Vote['state'] =>
  event.code === 'verdict-final' ? 'late' : 'refused';

/** Votes that were still being checked when a newer take replaced the cut came too late. */
const withoutWaiting = (review: Review): Review => ({
  ...review,
  votes: review.votes.map((vote) => (vote.state === 'checking' ? { ...vote, state: 'late' } : vote)),
});

const withVote = (review: Review, id: string, to: Partial<Vote>): Review => ({
  ...review,
  votes: review.votes.map((vote) => (vote.id === id ? { ...vote, ...to } : vote)),
});
