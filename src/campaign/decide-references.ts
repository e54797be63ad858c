import { refineAnew } from './ask-to-refine.ts';
import { inUse } from './campaign.ts';
import type { Context, Draft } from './context.ts';
import { lendLogoOnce } from './decide-kit.ts';
import { refineWhenReady } from './decide-prompt.ts';
import type { IntentOf } from './intent.ts';
import type { OutcomeOf } from './outcome.ts';
import { mostReferences, type Offer, purposeOf, type Reference, saidPurpose } from './reference.ts';
import { type Refusal, refuse } from './refusal.ts';
import { clean, shorten } from './words.ts';

/** A file or link somebody brought: fetched next, judged then. */
export function offer(draft: Draft, offered: Offer, context: Context): Refusal | undefined {
  const used = inUse(draft.campaign);
  if (used.length >= mostReferences) return refuse('references-too-many', { most: mostReferences });
  draft.add({
    type: 'reference.offered',
    at: context.now,
    reference: context.id(),
    name: shorten(clean(offered.name), 80) || 'picture',
    purpose: purposeOf(offered, !hasLogo(draft)),
    source: offered.source,
    person: context.person,
    ...(saidPurpose(offered) === null && { guessed: true }),
  });
  return undefined;
}

/** Its own, or one that its brand kit has, also where that was taken out. */
const hasLogo = ({ campaign }: Draft): boolean =>
  inUse(campaign).some(({ purpose }) => purpose === 'logo') || Boolean(campaign.kit?.logo);

const pending = (draft: Draft, id: string) =>
  draft.campaign.references.find((r) => r.id === id && r.state === 'fetching');

export function fetched(draft: Draft, outcome: OutcomeOf<'reference.fetched'>, context: Context): undefined {
  if (!pending(draft, outcome.reference)) return;
  const { reference, picture, notes, palette } = outcome;
  draft.add({ type: 'reference.taken', reference, picture, notes, palette });
  if (draft.campaign.phase === 'cancelled') return;
  nameByLooks(draft, reference, context);
  refineAnew(draft);
  settled(draft);
}

/**
 * Where nobody said what a picture is for, its looks do: nobody wants a photo in the corner of the film in place of a
 * logo. Where there is none then, the brand kit's is it, or a drawing that came along.
 */
function nameByLooks(draft: Draft, came: string, context: Context): void {
  const guessed = inUse(draft.campaign).filter((r) => r.guessed && r.state === 'ready');
  const photos = guessed.filter((r) => isPhoto(r) && r.purpose === 'logo');
  for (const { id: reference } of photos)
    draft.add({ type: 'reference.named', reference, purpose: 'product' });
  if (photos.length > 0) lendLogoOnce(draft, context);
  const drawing = guessed.find((r) => !isPhoto(r) && (photos.length > 0 || r.id === came));
  if (drawing && !hasLogo(draft))
    draft.add({ type: 'reference.named', reference: drawing.id, purpose: 'logo' });
}

const isPhoto = ({ notes }: Reference): boolean => notes.includes('photo');

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
