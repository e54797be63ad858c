import { billOf, holdFor, shortOf } from './accounts.ts';
import { boardOf, lastRevision } from './campaign.ts';
import type { Context, Draft } from './context.ts';
import { followKit } from './decide-kit.ts';
import type { OutcomeOf } from './outcome.ts';
import { type Refusal, refuse } from './refusal.ts';
import { type StillOffer, stillOfferFor, stillsWanted } from './still-offer.ts';
import { forgotten, numberFrom } from './words.ts';

/** A new storyboard for the newest wording. */
export function makeStills(draft: Draft, context: Context): Refusal | undefined {
  const { campaign } = draft;
  const revision = lastRevision(campaign);
  if (!revision || campaign.refining) return refuse('prompt-not-ready');
  if (revision.motion.words === forgotten) return refuse('words-forgotten');
  if (campaign.boards.some((b) => b.stills.some((s) => s.state === 'requested')))
    return refuse('stills-running');
  if (followKit(draft, context)) return undefined;
  const offer = stillOfferFor(draft.campaign, context.catalogue);
  if (!offer) return refuse('model-none-fits', campaign.settings);
  const count = stillsWanted(campaign, context.policy);
  const short = shortOf(context, offer.price * count);
  if (short) return short;
  requestStills(draft, context, { offer, count, follow: null });
  return undefined;
}

export function requestStills(
  draft: Draft,
  context: Context,
  { offer, count, follow }: { offer: StillOffer; count: number; follow: string | null },
): void {
  const { campaign } = draft;
  const board = campaign.boards.length + 1;
  const stills = Array.from({ length: count }, (_, i) => ({
    n: i + 1,
    seed: numberFrom(`${campaign.id}.${board}.${i + 1}`),
    held: holdFor(campaign, context, `still:${board}.${i + 1}`, offer.price),
  }));
  draft.add({
    type: 'stills.requested',
    board,
    model: offer.model.id,
    revision: lastRevision(campaign)?.n ?? 1,
    aspect: campaign.settings.aspect,
    references: offer.references.map(({ id }) => id),
    quality: campaign.settings.still.quality,
    look: offer.look,
    follow,
    stills,
  });
}

const waiting = (draft: Draft, at: { board: number; still: number }) =>
  boardOf(draft.campaign, at.board)?.stills.find((s) => s.n === at.still && s.state === 'requested');

export function stillMade(draft: Draft, outcome: OutcomeOf<'still.made'>): undefined {
  const still = waiting(draft, outcome);
  if (!still?.held) return;
  const { type, board, picture, cost } = outcome;
  draft.add({ type, board, still: outcome.still, picture, bill: billOf(still.held, cost) });
}

export function stillFailed(draft: Draft, outcome: OutcomeOf<'still.failed'>): undefined {
  const still = waiting(draft, outcome);
  if (!still?.held) return;
  const { type, board, reason, cost } = outcome;
  draft.add({ type, board, still: outcome.still, reason, bill: billOf(still.held, cost) });
}

/** Picks a still of the board named, or of the newest. */
export function pickStill(
  draft: Draft,
  pick: { board?: number | undefined; still: number },
): Refusal | undefined {
  const board = pick.board ? boardOf(draft.campaign, pick.board) : draft.campaign.boards.at(-1);
  const ready = board?.stills.filter((s) => s.state === 'ready') ?? [];
  if (!board || !ready.some((s) => s.n === pick.still)) {
    const offered =
      ready.length > 0 ? `On offer: ${ready.map((s) => s.n).join(', ')}.` : 'None is on offer yet.';
    return refuse('still-unknown', { given: pick.still, offered });
  }
  const { aspect } = draft.campaign.settings;
  if (board.aspect !== aspect)
    return refuse('still-other-shape', { still: pick.still, is: board.aspect, wanted: aspect });
  draft.add({ type: 'still.picked', board: board.n, still: pick.still });
  return undefined;
}
