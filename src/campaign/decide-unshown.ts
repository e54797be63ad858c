import { takeOfCut } from './campaign.ts';
import type { Draft } from './context.ts';
import type { IntentOf } from './intent.ts';
import { type Refusal, refuse } from './refusal.ts';
import { filmUnshown, reply } from './reply.ts';

/** Nobody can decide on a film that they cannot see: that it is not there is said, and why. Once a try is enough. */
export function unshown(draft: Draft, key: string, code: string | null): undefined {
  const [kind, cut = ''] = key.split(':');
  const isSaid = filmUnshown(draft.campaign.replies, cut) !== undefined;
  if (kind !== 'cut' || isSaid || !takeOfCut(draft.campaign, cut)) return;
  reply(draft, { about: 'film-unshown', cut, code });
}

/** What was in its way has been seen to: the film is brought once more. Pressed twice, it is tried once. */
export function showFilm(draft: Draft, { cut }: IntentOf<'show-film'>): Refusal | undefined {
  if (!takeOfCut(draft.campaign, cut)) return refuse('film-unknown');
  const said = filmUnshown(draft.campaign.replies, cut);
  if (said) draft.add({ type: 'film.wanted', cut, reply: said.n });
  return undefined;
}
