import {
  type Catalogue,
  fittingModels,
  inPlaceOf,
  isByName,
  isRetired,
  type Model,
  makesVideo,
  stillModel,
} from '../campaign/model.ts';
import { offered } from './catalogue.ts';

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
export function namesOf(catalogue: Catalogue, connected: ReadonlySet<string>, today: string): Named[] {
  const choice = offered(catalogue, connected);
  return catalogue.flatMap((model) => {
    const runs = runsFor(model, { catalogue, choice, today });
    const isClosed = model.provider !== 'sample' && !connected.has(model.provider);
    const needsKey = runs === null && isClosed ? model.provider : null;
    return [model.id, model.name, ...model.aliases].map((name) => ({
      name,
      model: model.id,
      runs: runs?.id ?? null,
      needsKey,
    }));
  });
}

interface Market {
  catalogue: Catalogue;
  choice: Catalogue;
  today: string;
}

function runsFor(model: Model, { catalogue, choice, today }: Market): Model | null {
  const heir = inPlaceOf(catalogue, model, today);
  if (heir && choice.includes(heir)) return heir;
  return isRetired(model, today) ? (bestFor(model, choice, today) ?? null) : null;
}

const usual = { seconds: 6, aspect: '16:9', hasStill: false } as const;

function bestFor(model: Model, choice: Catalogue, today: string): Model | undefined {
  if (makesVideo(model)) return fittingModels(choice, { ...usual, today })[0];
  if (model.kinds.includes('still')) return stillModel(choice, today);
  return choice.find((m) => m.kinds.includes('language') && !isByName(m) && !isRetired(m, today));
}
