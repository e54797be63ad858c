import {
  type Catalogue,
  fittingModels,
  inPlaceOf,
  isRetired,
  type Model,
  makesVideo,
  stillModel,
} from '../campaign/model.ts';
import { available } from './catalogue.ts';

/** A name that can be typed, and what it gets. */
export interface Named {
  name: string;
  /** The id of the entry that bears it. */
  model: string;
  /** The id of what would run today; null where nothing would. */
  runs: string | null;
  /** The provider whose key is missing for it. */
  needsKey: string | null;
}

/** Every name of every model with what would run in its place, for a clip of the usual length and shape. */
export function namesOf(catalogue: Catalogue, providers: ReadonlySet<string>, today: string): Named[] {
  const living = available(catalogue, providers);
  return catalogue.flatMap((model) => {
    const runs = runsFor(model, { catalogue, living, providers }, today);
    const keyless = model.provider === 'sample' || providers.has(model.provider);
    const missing = runs === null && !keyless ? model.provider : null;
    return [model.id, model.name, ...model.aliases].map((name) => ({
      name,
      model: model.id,
      runs: runs?.id ?? null,
      needsKey: missing,
    }));
  });
}

function runsFor(
  model: Model,
  {
    catalogue,
    living,
    providers,
  }: { catalogue: Catalogue; living: Catalogue; providers: ReadonlySet<string> },
  today: string,
): Model | null {
  const heir = inPlaceOf(catalogue, model, today);
  if (heir && providers.has(heir.provider)) return heir;
  return isRetired(model, today) ? (bestFor(model, living, today) ?? null) : null;
}

const usual = { seconds: 6, aspect: '16:9', hasStill: false } as const;

function bestFor(model: Model, living: Catalogue, today: string): Model | undefined {
  if (makesVideo(model)) return fittingModels(living, { ...usual, today })[0];
  if (model.kinds.includes('still')) return stillModel(living, today);
  return living.find((m) => m.kinds.includes('language') && !m.optIn && !isRetired(m, today));
}
