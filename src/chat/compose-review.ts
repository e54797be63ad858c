import { type Campaign, takeOfCut } from '../campaign/campaign.ts';
import { stepsOf } from '../campaign/creative.ts';
import type { IntentOf } from '../campaign/intent.ts';
import { type Catalogue, findModel } from '../campaign/model.ts';
import { inDollars } from '../campaign/money.ts';
import { type Review, type Rule, told, type Vote, type VoteRefusal, waitedFor } from '../campaign/review.ts';
import { type Cut, secondsTaken, type Take } from '../campaign/take.ts';
import { shorten } from '../campaign/words.ts';
import { type Button, type Card, type CardFile, card, type Field } from './card.ts';
import { groupField } from './group-field.ts';
import { sampleNote } from './samples.ts';
import { finishing } from './wording.ts';

/** The film of a cut. */
export function filmOf(campaign: Campaign, id: string): CardFile | null {
  const found = cutOf(campaign, id);
  if (!found) return null;
  const { key, sha256, bytes, mime } = found.cut.film;
  return { key, sha256, bytes, mime, title: `take-${id}` };
}

/** The file itself, in the conversation: shown once and never changed. */
export function composeCut(campaign: Campaign, id: string, catalogue: Catalogue): Card | null {
  const found = cutOf(campaign, id);
  if (!found) return null;
  return card({
    title: `Take ${found.take.n}, cut ${id}`,
    text: found.cut.notes.flatMap((note) => finishing[note] ?? []),
    film: filmOf(campaign, id),
    footer: `Added to creatives: ${findModel(catalogue, found.take.model)?.name ?? found.take.model}, ${found.cut.film.seconds.toFixed(1)} s.`,
  });
}

/** What is decided on: one cut, named by its hash, and where the decision stands. */
export function composeReview(campaign: Campaign, id: string, catalogue: Catalogue): Card | null {
  const found = cutOf(campaign, id);
  const review = [...campaign.reviewed, campaign.review].findLast((r) => r?.cut === id);
  if (!found || !review) return null;
  const { take, cut } = found;
  const model = findModel(catalogue, take.model);
  const { key, sha256, bytes, mime } = cut.poster;
  const current = campaign.review?.cut === id;
  const isOver = campaign.phase === 'cancelled';
  return card({
    title: titleOf(review, id, { current, isOver }),
    text: voices(review, isOver),
    fields: [
      ...(current && !review.verdict && !isOver
        ? [deciders(review.policy, campaign.requester, review.votes)]
        : []),
      ...decided(review),
      ...fieldsOf(take, cut, model?.name ?? take.model),
      ...(current ? spent(campaign) : []),
    ],
    images: [{ key, sha256, bytes, mime, title: `poster ${id}` }],
    buttons: current && !review.verdict && !isOver ? [...voteButtons(id), anotherTake] : [],
    footer: model ? sampleNote(model) : '',
  });
}

function cutOf(campaign: Campaign, id: string): { take: Take; cut: Cut } | null {
  const take = takeOfCut(campaign, id);
  return take?.cut ? { take, cut: take.cut } : null;
}

const verdicts = { approve: 'approved', 'request-changes': 'changes requested', reject: 'rejected' } as const;

interface Standing {
  /** No newer take has replaced it. */
  current: boolean;
  /** The video was cancelled. */
  isOver: boolean;
}

function titleOf(review: Review, id: string, { current, isOver }: Standing): string {
  const state = review.verdict ? verdicts[review.verdict] : 'waiting for a decision';
  if (current && isOver)
    return `Cut ${id}: ${review.verdict ? `${state}, then ` : ''}the video was cancelled`;
  if (current) return `Review of cut ${id}: ${state}`;
  return `Review of cut ${id}: ${review.verdict ? `${state}; a newer take has replaced it` : 'replaced by a newer take'}`;
}

const said = { approve: 'approves', 'request-changes': 'asks for a change', reject: 'rejects' } as const;

const voices = (review: Review, isOver: boolean): string[] =>
  lastOfEach(review.votes.filter((vote) => vote.state !== 'late')).map(
    (vote) => `${voter(vote)} ${said[vote.verdict]}${why(vote)}${stateOf(vote, isOver)}`,
  );

/** What somebody said several times is told once, as it is now. */
const lastOfEach = (votes: readonly Vote[]): Vote[] => [
  ...new Map(votes.map((vote) => [`${vote.verdict} ${vote.person}`, vote])).values(),
];

/** Before the platform told who it is, there is only what it calls people among machines. */
const voter = ({ name, person }: Vote): string => (name === person ? 'Somebody' : name);

const why = (vote: Vote): string => (vote.words ? `: “${shorten(vote.words, 300)}”` : '');

const whyNot: Record<VoteRefusal, string> = {
  'vote-not-allowed': 'not an approver here',
  'vote-group-unread': 'nobody can tell here who is in a group that is named to decide',
  'vote-unchecked': 'it could not be looked up in time who may decide',
  'vote-own': 'asked for this clip, so somebody else decides',
  'verdict-final': 'it was decided already',
};

function stateOf(vote: Vote, isOver: boolean): string {
  if (vote.state === 'checking') return isOver ? ' (not counted: the video was cancelled)' : ' (checking)';
  if (vote.state === 'counted') return ` (${told(vote.role ?? 'approver').role})`;
  return ` (not counted${vote.code ? `: ${whyNot[vote.code]}` : ''})`;
}

/** The groups that those decided for whose votes count. */
const decided = ({ votes }: Review): Field[] =>
  groupField(votes.flatMap(({ state, role }) => (state === 'counted' && role ? role : [])));

/** Whose decision is waited for: those are called. */
export function deciders(rule: Rule, requester: string, votes: readonly Vote[] = []): Field {
  const { managers, ...named } = waitedFor(rule, requester, votes);
  const { quorum } = rule;
  const value = [
    ...(managers ? ['whoever manages this workspace'] : []),
    ...(quorum > 1 ? [`${quorum} approvals are needed`] : []),
  ];
  return { name: 'Waiting for', value: value.join('; '), ...named };
}

function fieldsOf(take: Take, cut: Cut, model: string): Card['fields'] {
  const { film } = cut;
  return [
    { name: 'Model', value: model },
    { name: 'Clip', value: `${film.seconds.toFixed(1)} s, ${film.width} × ${film.height}` },
    { name: 'Cost', value: `${inDollars(take.billed)}, made in ${secondsTaken(take)} s` },
    { name: 'Prompt', value: `revision ${take.revision}` },
    ...(take.kit ? [{ name: 'Brand kit', value: `${take.kit.name}, revision ${take.kit.revision}` }] : []),
    { name: 'File', value: `sha256 ${film.sha256.slice(0, 16)}…` },
  ];
}

/** Step by step, once there was more than one. */
function spent(campaign: Campaign): Card['fields'] {
  const { wording, stills, takes, late, together } = stepsOf(campaign);
  const steps = [
    ...(wording > 0 ? [`wording ${inDollars(wording)}`] : []),
    ...(stills > 0 ? [`stills ${inDollars(stills)}`] : []),
    ...takes.filter((t) => t.billed > 0).map((t) => `take ${t.n} ${inDollars(t.billed)}`),
    ...(late > 0 ? [`billed late ${inDollars(late)}`] : []),
  ];
  return steps.length > 1
    ? [{ name: 'Spent so far', value: `${steps.join(' + ')} = ${inDollars(together)}` }]
    : [];
}

type VoteButton = Button & { does: IntentOf<'vote'> };

/** The three verdicts on one cut; whoever wants something else is asked for one sentence. */
export function voteButtons(cut: string): VoteButton[] {
  const does = (verdict: 'approve' | 'request-changes' | 'reject') => ({
    type: 'vote' as const,
    verdict,
    cut,
    words: '',
  });
  return [
    { label: 'Approve', style: 'primary', does: does('approve') },
    {
      label: 'Request changes',
      style: 'plain',
      does: does('request-changes'),
      asks: { title: 'Request changes', label: 'What should the next take do differently?' },
    },
    {
      label: 'Reject',
      style: 'danger',
      does: does('reject'),
      asks: { title: 'Reject', label: 'Why? One sentence is kept with the decision.' },
    },
  ];
}

const anotherTake: Button = { label: 'Another take', style: 'plain', does: { type: 'generate' } };
