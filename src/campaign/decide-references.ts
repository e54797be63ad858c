import { refineAnew } from './ask-to-refine.ts';
import { inUse } from './campaign.ts';
import type { Context, Draft } from './context.ts';
import { lendLogoOnce } from './decide-kit.ts';
import { refineWhenReady } from './decide-prompt.ts';
import type { IntentOf } from './intent.ts';
import type { OutcomeOf } from './outcome.ts';
import { mostReferences, type Offer, purposeOf, saidPurpose } from './reference.ts';
import { type Refusal, refuse } from './refusal.ts';
import { clean, shorten } from './words.ts';

/** A file or link somebody brought: fetched next, judged then. */
export function offer(draft: Draft, offered: Offer, context: Context): Refusal | undefined {
  const used = inUse(draft.campaign);
  if (used.length >= mostReferences) return refuse('references-too-many', { most: mostReferences });
  const hasLogo = used.some((r) => r.purpose === 'logo') || Boolean(draft.campaign.kit?.logo);
  draft.add({
    type: 'reference.offered',
    at: context.now,
    reference: context.id(),
    name: shorten(clean(offered.name), 80) || 'picture',
    purpose: purposeOf(offered, !hasLogo),
    source: offered.source,
    person: context.person,
    ...(saidPurpose(offered) === null && { guessed: true }),
  });
  return undefined;
}

const pending = (draft: Draft, id: string) =>
  draft.campaign.references.find((r) => r.id === id && r.state === 'fetching');

export function fetched(draft: Draft, outcome: OutcomeOf<'reference.fetched'>): undefined {
  const known = pending(draft, outcome.reference);
  if (!known) return;
  const { reference, picture, notes, palette } = outcome;
  draft.add({ type: 'reference.taken', reference, picture, notes, palette });
  if (draft.campaign.phase === 'cancelled') return;
  // Nobody wants a photo in the corner of the film in place of a logo.
  if (known.guessed && known.purpose === 'logo' && notes.includes('photo'))
    draft.add({ type: 'reference.named', reference, purpose: 'product' });
  refineAnew(draft);
  settled(draft);
}

export function refusedReference(
  draft: Draft,
  outcome: OutcomeOf<'reference.refused'>,
  context: Context,
): undefined {
  if (!pending(draft, outcome.reference)) return;
  draft.add({ type: 'reference.refused', reference: outcome.reference, code: outcome.code });
  if (draft.campaign.phase === 'cancelled') return;
  lendLogoOnce(draft, context);
  settled(draft);
}

/** The first wording waits for the pictures that came with the brief; one that comes later makes a new wording. */
const settled = refineWhenReady;

export function removeReference(
  draft: Draft,
  { reference }: IntentOf<'remove-reference'>,
): Refusal | undefined {
  const known = draft.campaign.references.find((r) => r.id === reference && r.state !== 'removed');
  if (!known) return refuse('reference-unknown');
  draft.add({ type: 'reference.removed', reference });
  // The prompt tells the model to follow it.
  if (known.state === 'ready') refineAnew(draft);
  settled(draft);
  return undefined;
}

export function setPurpose(
  draft: Draft,
  { reference, purpose }: IntentOf<'set-purpose'>,
): Refusal | undefined {
  if (!inUse(draft.campaign).some((r) => r.id === reference)) return refuse('reference-unknown');
  draft.add({ type: 'reference.named', reference, purpose });
  refineAnew(draft);
  return undefined;
}
