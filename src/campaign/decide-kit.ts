import { refineAnew } from './ask-to-refine.ts';
import { type BrandKit, isNone, kitCalled, kitUnknown, noBrands } from './brand-kit.ts';
import { inUse, isApproved, runningTake } from './campaign.ts';
import type { Context, Draft } from './context.ts';
import type { IntentOf } from './intent.ts';
import type { Reference } from './reference.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { reply } from './reply.ts';

/** The kit that was named, or the usual one where none was; null where there is to be none. */
export function kitFor(name: string | undefined, { brands = noBrands }: Context): BrandKit | Refusal | null {
  const { kits, usual } = brands;
  if (name === undefined) return kits.find(({ id }) => id === usual) ?? null;
  if (isNone(name)) return null;
  return kitCalled(kits, name) ?? kitUnknown(name, kits, true);
}

/** From now on the campaign is made with this kit, as it is now. Its logo goes with it, unless somebody took it out. */
function takeKit(draft: Draft, kit: BrandKit | null, context: Context): void {
  const { kit: before } = draft.campaign;
  const own = inUse(draft.campaign).filter(({ source }) => source.kind === 'kit');
  draft.add({ type: 'kit.taken', at: context.now, kit });
  if (own.some((reference) => isLogoOf(kit, reference))) return;
  for (const { id: reference } of own) draft.add({ type: 'reference.removed', reference });
  if (before?.id === kit?.id) lendLogoOnce(draft, context);
  else lendLogo(draft, context);
}

const isLogoOf = (kit: BrandKit | null, { source, picture }: Reference): boolean =>
  source.kind === 'kit' && kit !== null && picture?.sha256 === kit.logo?.picture.sha256;

/** The kit's logo is the campaign's, where nobody gave another. */
function lendLogo(draft: Draft, context: Context): void {
  const { kit } = draft.campaign;
  if (!kit?.logo || inUse(draft.campaign).some(({ purpose }) => purpose === 'logo')) return;
  const { name, picture, notes, palette } = kit.logo;
  const reference = context.id();
  const source = { kind: 'kit', kit: kit.id } as const;
  const { now: at, person } = context;
  draft.add({ type: 'reference.offered', at, reference, name, purpose: 'logo', source, person });
  draft.add({ type: 'reference.taken', reference, picture, notes, palette });
}

/** The same, but for a logo that was there before and was taken out. */
export function lendLogoOnce(draft: Draft, context: Context): void {
  const { kit, references } = draft.campaign;
  if (!references.some((reference) => isLogoOf(kit, reference))) lendLogo(draft, context);
}

/** A kit from a list, which may be older than what became of the kit. */
export function chooseKit(draft: Draft, intent: IntentOf<'use-kit'>, context: Context): Refusal | undefined {
  const { kit } = intent;
  const { kits } = context.brands ?? noBrands;
  if (kit === '' || isNone(kit) || kitCalled(kits, kit)) return useKit(draft, intent, context);
  return kit === draft.campaign.kit?.id ? undefined : refuse('kit-gone');
}

/** Another kit, or none: what runs keeps the one it has. */
export function useKit(draft: Draft, { kit }: IntentOf<'use-kit'>, context: Context): Refusal | undefined {
  const running = runningTake(draft.campaign);
  if (running) return refuse('take-running', { take: running.n });
  const wanted = kitFor(kit || 'none', context);
  if (wanted && isRefusal(wanted)) return wanted;
  if (wanted?.id === draft.campaign.kit?.id && wanted?.revision === draft.campaign.kit?.revision)
    return undefined;
  takeKit(draft, wanted, context);
  if (!isApproved(draft.campaign)) refineAnew(draft);
  return undefined;
}

/**
 * The kit as it is now, taken and worded with, where it has moved since the campaign took it; else null. A kit that is
 * gone stays as the campaign knew it, and so does that of a take that runs.
 */
export function takeNewest(draft: Draft, context: Context): BrandKit | null {
  const { kit } = draft.campaign;
  if (!kit || runningTake(draft.campaign)) return null;
  const now = context.brands?.kits.find(({ id }) => id === kit.id);
  if (!now || now.revision === kit.revision) return null;
  takeKit(draft, now, context);
  refineAnew(draft);
  return now;
}

/** What is bought next is made with the kit as it is now. True where that is worded first, and so nothing is bought yet. */
export function followKit(draft: Draft, context: Context): boolean {
  const taken = takeNewest(draft, context);
  if (!taken || !draft.campaign.refining) return false;
  reply(draft, { about: 'kit-changed', name: taken.name });
  return true;
}
