import type { Draft } from './context.ts';
import type { OutcomeOf } from './outcome.ts';
import { type Found, knows, type Take } from './take.ts';

/**
 * What its providers list of a take. Of several purchases the oldest that lives is followed, and all others are called
 * back and booked; a take that nobody could confirm follows what was found.
 */
export function swept(draft: Draft, take: Take, { found }: OutcomeOf<'take.found'>): undefined {
  const news = found.filter(({ prediction }) => !knows(take, prediction));
  if (news.length === 0) return;
  const kept = keeperOf(take, found);
  for (const { prediction, model } of news)
    if (prediction !== kept) draft.add({ type: 'take.strayed', take: take.n, prediction, model });
  if (kept !== take.prediction && kept !== null) follow(draft, take, kept);
  draft.add({ type: 'take.swept', take: take.n });
}

/** The prediction to follow from now on; null where none has to be any more. */
function keeperOf(take: Take, found: readonly Found[]): string | null {
  const isFollowed = found.some(({ prediction }) => prediction === take.prediction);
  // What the list does not show yet cannot be told older or younger.
  const mayChange = take.state === 'created' ? isFollowed : isUnanswered(take);
  const oldest = found.find(
    ({ prediction, model, isDead }) =>
      !isDead && model === take.model && !take.strays.includes(prediction) && !take.past.includes(prediction),
  );
  return mayChange && oldest ? oldest.prediction : take.prediction;
}

const isUnanswered = ({ state }: Take): boolean => state === 'requested' || state === 'unconfirmed';

function follow(draft: Draft, { n, model, prediction: before }: Take, prediction: string): void {
  if (before !== null) draft.add({ type: 'take.strayed', take: n, prediction: before, model });
  draft.add({ type: 'take.created', take: n, prediction });
}
