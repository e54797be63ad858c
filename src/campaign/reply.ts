import type { Draft } from './context.ts';
import type { Refusal } from './refusal.ts';
import type { Say } from './say.ts';

/** Says something in the conversation. */
export function reply(draft: Draft, say: Say): void {
  draft.add({ type: 'reply.given', n: draft.campaign.replies.length + 1, say });
}

/** Says a refusal aloud, where nobody is waiting for the answer. */
export const replyRefusal = (draft: Draft, { sentence }: Refusal): void =>
  reply(draft, { about: 'refusal', sentence });
