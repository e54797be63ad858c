import type { Campaign } from './campaign.ts';
import { type Context, type Draft, draftOf } from './context.ts';
import { cancel } from './decide-cancel.ts';
import { hear, understood } from './decide-conversation.ts';
import { chooseKit } from './decide-kit.ts';
import { open } from './decide-opening.ts';
import { editPrompt, refined, unrefined, useMyWords } from './decide-prompt.ts';
import { fetched, refusedReference, removeReference, setPurpose } from './decide-references.ts';
import { checked, vote } from './decide-review.ts';
import { cleared, declined } from './decide-screening.ts';
import { changeSettings } from './decide-settings.ts';
import { allowSpending } from './decide-spending.ts';
import { makeStills, pickStill, stillFailed, stillMade } from './decide-stills.ts';
import { resolveStill, stillAmbiguous } from './decide-stills-lost.ts';
import * as takes from './decide-takes.ts';
import { generate, goOn, resolveTake } from './decide-takes-asked.ts';
import { gaveUp } from './decide-time.ts';
import { showFilm } from './decide-unshown.ts';
import type { Event } from './event.ts';
import type { Intent } from './intent.ts';
import type { Outcome } from './outcome.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';

/**
 * What follows from something asked or reported: events, or a refusal that changes nothing. Total: any intent
 * and any outcome in any state gives an answer; an outcome that no longer concerns the campaign gives none.
 */
export function decide(campaign: Campaign, input: Intent | Outcome, context: Context): Event[] | Refusal {
  const draft = draftOf(campaign);
  const answer = isIntent(input) ? asked(draft, input, context) : reported(draft, input, context);
  if (answer && isRefusal(answer)) return answer;
  goOn(draft, campaign, context);
  return [...draft.events];
}

const intents: ReadonlySet<string> = new Set<Intent['type']>([
  'open',
  'say',
  'edit-prompt',
  'use-my-words',
  'set',
  'use-kit',
  'make-stills',
  'pick-still',
  'generate',
  'vote',
  'remove-reference',
  'set-purpose',
  'resolve-take',
  'resolve-still',
  'allow-spending',
  'show-film',
  'cancel',
]);
const isIntent = (input: Intent | Outcome): input is Intent => intents.has(input.type);

function asked(draft: Draft, intent: Intent, context: Context): Refusal | undefined {
  if (context.suspended && intent.type !== 'cancel') return refuse('workspace-suspended');
  if (intent.type === 'open') return open(draft, intent, context);
  if (draft.campaign.phase === 'unopened') return refuse('campaign-unknown');
  // What is finished stays, and can be looked at.
  if (draft.campaign.phase === 'cancelled' && intent.type !== 'show-film')
    return refuse('campaign-over', { phase: 'cancelled' });
  switch (intent.type) {
    case 'say':
      return hear(draft, intent, context);
    case 'edit-prompt':
      return editPrompt(draft, intent, context);
    case 'use-my-words':
      return useMyWords(draft, context);
    case 'set':
      return changeSettings(draft, intent.options, context);
    case 'use-kit':
      return chooseKit(draft, intent, context);
    case 'make-stills':
      return makeStills(draft, context);
    case 'pick-still':
      return pickStill(draft, intent);
    case 'generate':
      return generate(draft, context);
    case 'vote':
      return vote(draft, intent, context);
    case 'remove-reference':
      return removeReference(draft, intent);
    case 'set-purpose':
      return setPurpose(draft, intent);
    case 'resolve-take':
      return resolveTake(draft, intent, context);
    case 'resolve-still':
      return resolveStill(draft, intent, context);
    case 'allow-spending':
      return allowSpending(draft, intent, context);
    case 'show-film':
      return showFilm(draft, intent);
    case 'cancel':
      return cancel(draft, context);
  }
}

function reported(draft: Draft, outcome: Outcome, context: Context): Refusal | undefined {
  if (draft.campaign.phase === 'unopened') return undefined;
  switch (outcome.type) {
    case 'conversation.opened':
      if (!draft.campaign.place) draft.add(outcome);
      return undefined;
    case 'message.understood':
      return understood(draft, outcome, context);
    case 'prompt.refined':
      return refined(draft, outcome, context);
    case 'prompt.unrefined':
      return unrefined(draft, outcome, context);
    case 'reference.fetched':
      return fetched(draft, outcome, context);
    case 'reference.refused':
      return refusedReference(draft, outcome, context);
    case 'moderation.passed':
      return cleared(draft, outcome, context);
    case 'moderation.declined':
      return declined(draft, outcome, context);
    case 'still.made':
      return stillMade(draft, outcome);
    case 'still.ambiguous':
      return stillAmbiguous(draft, outcome, context);
    case 'still.failed':
      return stillFailed(draft, outcome);
    case 'approver.checked':
      return checked(draft, outcome, context);
    case 'time.passed':
    case 'gave-up':
      return gaveUp(draft, outcome, context);
    default:
      return takes.reported(draft, outcome, context);
  }
}
