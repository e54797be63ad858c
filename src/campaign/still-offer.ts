import type { StillSettings } from './brief.ts';
import { type Campaign, steeringIn } from './campaign.ts';
import type { VideoOptions } from './intent.ts';
import { type Catalogue, findModel, inPlaceOf, type Model, stillModels, stillPrice } from './model.ts';
import type { Micros } from './money.ts';
import type { Policy } from './policy.ts';
import type { Reference } from './reference.ts';
import { type Refusal, refuse } from './refusal.ts';

/** What one still would be made with, and what it costs. */
export interface StillOffer {
  model: Model;
  references: readonly Reference[];
  price: Micros;
  /** Added to the wording, for the look that was asked for. */
  look: string;
}

/**
 * The still model that was asked for; else the first that can do what was asked and follows all references, or the
 * most of them. Null where none makes stills.
 */
export function stillOfferFor(campaign: Campaign, catalogue: Catalogue): StillOffer | null {
  const { still } = campaign.settings;
  const references = steeringIn(campaign);
  const taken = (m: Model) => Math.min(m.references, references.length);
  const able = [...named(still.model, catalogue), ...stillModels(catalogue).filter((m) => grants(m, still))];
  const [model] = still.model ? able : able.toSorted((a, b) => taken(b) - taken(a));
  if (!model) return null;
  const along = references.slice(0, model.references);
  const price = stillPrice(model, along.length, still.quality);
  return { model, references: along, price, look: (still.style && model.styles?.[still.style]) ?? '' };
}

/** How many are made at a time: as many as were asked for, else as usual here. */
export const stillsWanted = ({ settings }: Campaign, { stills }: Pick<Policy, 'stills'>): number =>
  settings.still.count ?? stills;

function named(name: string | null, catalogue: Catalogue): Model[] {
  const model = name === null ? undefined : findModel(catalogue, name);
  const heir = model && inPlaceOf(catalogue, model);
  return heir ? [heir] : [];
}

type Wish = Pick<StillSettings, 'quality' | 'style'>;

const grants = (model: Model, { quality, style }: Wish): boolean =>
  (quality === null || model.qualities?.[quality] !== undefined) &&
  (style === null || model.styles?.[style] !== undefined);

/** What is asked of the stills from now on, or what of it nobody can do. */
export function stillSettings(
  before: StillSettings,
  { stillModel, stillQuality, stillStyle, stillCount }: VideoOptions,
  catalogue: Catalogue,
): StillSettings | Refusal {
  const wish = {
    quality: stillQuality ?? before.quality,
    style: stillStyle ?? before.style,
    count: stillCount ?? before.count,
  };
  const all = stillModels(catalogue);
  if (stillModel === undefined) return possible({ ...wish, model: before.model }, catalogue);
  const asked = findModel(catalogue, stillModel);
  if (!asked?.kinds.includes('still'))
    return refuse('still-model-unknown', { given: stillModel, known: all.map((m) => m.id).join(', ') });
  const model = inPlaceOf(catalogue, asked) ?? all[0];
  return possible({ ...wish, model: model?.id ?? null }, catalogue);
}

function possible(still: StillSettings, catalogue: Catalogue): StillSettings | Refusal {
  const all = stillModels(catalogue);
  const [model] = still.model === null ? all.filter((m) => grants(m, still)) : named(still.model, catalogue);
  if (model ? grants(model, still) : still.quality === null && still.style === null) return still;
  const wish = [still.quality, still.style].filter(Boolean).join(', ');
  const known = all.filter((m) => grants(m, still)).map((m) => m.name);
  return refuse('still-wish-impossible', { wish, model: model?.name ?? 'This', known: known.join(', ') });
}
