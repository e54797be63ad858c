import { boardOf, type Campaign, takeOf } from './campaign.ts';
import type { EffectOf } from './effect.ts';
import type { Event } from './event.ts';
import type { FailureReason } from './take.ts';

/** A key that is refused, or an account that is empty, is nothing the requester can mend: the admins hear of it. */
export function keyTrouble(campaign: Campaign, event: Event): EffectOf<'tell-admins'>[] {
  switch (event.type) {
    case 'take.failed':
      return about(event.reason, takeOf(campaign, event.take)?.model);
    case 'take.rerouted':
      return about(event.reason, event.from);
    case 'still.failed':
      return about(event.reason, boardOf(campaign, event.board)?.model);
    case 'prompt.revised':
      return about(event.instead, 'language');
    case 'take.cleared':
    case 'stills.cleared':
      return about(event.clearance.unchecked, 'moderation');
    default:
      return [];
  }
}

const about = (reason: FailureReason | null, service: string | undefined): EffectOf<'tell-admins'>[] =>
  service !== undefined && (reason === 'bad-key' || reason === 'no-credit')
    ? [{ type: 'tell-admins', reason, service }]
    : [];
