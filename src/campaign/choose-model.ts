import type { Settings } from './brief.ts';
import {
  type Catalogue,
  findModel,
  fits,
  fittingModels,
  inPlaceOf,
  isByName,
  type Model,
  type Need,
  nearestSeconds,
  secondsInWords,
} from './model.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';

/** A model, and the length it makes of the one that was wished for. */
export interface Choice {
  model: Model;
  seconds: number;
}

interface Wish {
  name: string | null;
  seconds: number;
  aspect: Settings['aspect'];
}

/** Beyond this a wish is taken for a slip of the hand. */
const longestWish = 600;

/**
 * The model asked for if it lives and can; its successor if it was retired; the best that fits if none was named. A
 * length that it does not make becomes the nearest that it does.
 */
export function modelFor(wish: Wish, catalogue: Catalogue): Choice | Refusal {
  const model = wish.name ? namedModel(wish.name, wish, catalogue) : nearestModel(wish, catalogue);
  if (isRefusal(model)) return model;
  if (!model.aspects.includes(wish.aspect)) {
    return refuse('aspect-impossible', {
      aspect: wish.aspect,
      model: model.name,
      known: model.aspects.join(', '),
    });
  }
  if (wish.seconds >= 1 && wish.seconds <= longestWish)
    return { model, seconds: nearestSeconds(model, wish.seconds) };
  const offer = secondsInWords(model);
  return refuse('seconds-impossible', { given: String(wish.seconds), model: model.name, offer });
}

function namedModel(name: string, wish: Wish, catalogue: Catalogue): Model | Refusal {
  const need = needOf(wish);
  const named = findModel(catalogue, name);
  if (!named?.seconds) return refuse('model-unknown', { given: name, known: knownModels(catalogue) });
  const heir = inPlaceOf(catalogue, named);
  // Who asked for a model that is gone shall have a film all the same: its successor's, or the best there is.
  if (heir && (heir === named || fits(heir, need))) return heir;
  return fittingModels(catalogue, need)[0] ?? heir ?? named;
}

const needOf = ({ seconds, aspect }: Wish): Need => ({ seconds, aspect, hasStill: false });

/** The best that makes this length; else, of those that come nearest to it, the best. */
function nearestModel(wish: Wish, catalogue: Catalogue): Model | Refusal {
  const [best] = fittingModels(catalogue, needOf(wish));
  if (best) return best;
  const [nearest] = catalogue
    .flatMap((model) => (model.seconds ? [{ model, seconds: nearestSeconds(model, wish.seconds) }] : []))
    .filter(({ model, seconds }) => !isByName(model) && fits(model, needOf({ ...wish, seconds })))
    .toSorted((a, b) => Math.abs(a.seconds - wish.seconds) - Math.abs(b.seconds - wish.seconds));
  return nearest
    ? (fittingModels(catalogue, needOf({ ...wish, seconds: nearest.seconds }))[0] ?? nearest.model)
    : refuse('model-none-fits', wish);
}

/** Who could make the whole length, where the chosen one cannot. */
export const whoMakes = (seconds: number, aspect: Settings['aspect'], catalogue: Catalogue): Model | null =>
  fittingModels(catalogue, { seconds, aspect, hasStill: false })[0] ?? null;

const knownModels = (catalogue: Catalogue): string =>
  catalogue
    .filter((m) => m.status !== 'retired' && m.seconds)
    .map((m) => m.id)
    .join(', ');
