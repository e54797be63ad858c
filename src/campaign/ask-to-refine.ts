import { lastRevision } from './campaign.ts';
import type { Draft } from './context.ts';
import { clean } from './words.ts';

/** A wish about the prompt; the one being worked on is overtaken, its note is not lost. */
export function requestRefinement(draft: Draft, note: string): void {
  const words = clean(note);
  if (words) draft.add({ type: 'refinement.requested', n: nextRevision(draft), words });
}

/** The same wishes over a brief that has changed; a person's own words stay as they are. */
export function refineAnew(draft: Draft): void {
  const last = lastRevision(draft.campaign);
  const theirs = draft.campaign.settings.verbatim || last?.by === 'person';
  if ((last && !theirs) || draft.campaign.refining)
    draft.add({ type: 'refinement.requested', n: nextRevision(draft), words: '' });
}

export const nextRevision = (draft: Draft): number =>
  Math.max(draft.campaign.refining?.n ?? 0, lastRevision(draft.campaign)?.n ?? 0) + 1;
