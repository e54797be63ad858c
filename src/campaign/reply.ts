import type { Draft } from './context.ts';
import type { Refusal } from './refusal.ts';
import type { Say } from './say.ts';

/** Something that was said. `retried`: what it tells of is tried once more. */
export interface Reply {
  n: number;
  say: Say;
  retried?: true;
}

/** That the film of this cut could not be shown, unless that is tried once more. */
export const filmUnshown = (replies: readonly Reply[], cut: string): Reply | undefined =>
  replies.find(({ say, retried }) => say.about === 'film-unshown' && say.cut === cut && !retried);

/** Says something in the conversation. */
export function reply(draft: Draft, say: Say): void {
  draft.add({ type: 'reply.given', n: draft.campaign.replies.length + 1, say });
}

/** Says a refusal aloud, where nobody is waiting for the answer. */
export const replyRefusal = (draft: Draft, { sentence }: Refusal): void =>
  reply(draft, { about: 'refusal', sentence });
