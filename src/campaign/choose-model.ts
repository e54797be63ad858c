import type { Settings } from './brief.ts';
import {
  type Catalogue,
  findModel,
  fits,
  fittingModels,
  inPlaceOf,
  type Model,
  offersSeconds,
  secondsInWords,
} from './model.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The model asked for if it lives and can; its successor if it was retired; the best that fits if none was named. */
export function modelFor(
  wish: { name: string | null; seconds: number; aspect: Settings['aspect'] },
  catalogue: Catalogue,
): Model | Refusal {
  const need = { seconds: wish.seconds, aspect: wish.aspect, hasStill: false };
  const best = fittingModels(catalogue, need)[0];
  if (!wish.name) return best ?? nothingFits(wish, catalogue);
  const named = findModel(catalogue, wish.name);
  if (!named?.seconds) return refuse('model-unknown', { given: wish.name, known: knownModels(catalogue) });
  const heir = inPlaceOf(catalogue, named);
  // Who asked for a model that is gone shall have a film all the same: its successor's, or the best there is.
  const model = heir === named || (heir && fits(heir, need)) ? heir : (best ?? heir ?? named);
  if (!offersSeconds(model, wish.seconds)) {
    const offer = secondsInWords(model);
    return refuse('seconds-impossible', { given: String(wish.seconds), model: model.name, offer });
  }
  if (!model.aspects.includes(wish.aspect)) {
    return refuse('aspect-impossible', {
      aspect: wish.aspect,
      model: model.name,
      known: model.aspects.join(', '),
    });
  }
  return model;
}

function nothingFits(wish: { seconds: number; aspect: Settings['aspect'] }, catalogue: Catalogue): Refusal {
  const model = catalogue.find((m) => m.status !== 'retired' && m.seconds && m.aspects.includes(wish.aspect));
  if (!model) return refuse('model-none-fits', wish);
  return refuse('seconds-impossible', {
    given: String(wish.seconds),
    model: model.name,
    offer: secondsInWords(model),
  });
}

const knownModels = (catalogue: Catalogue): string =>
  catalogue
    .filter((m) => m.status !== 'retired' && m.seconds)
    .map((m) => m.id)
    .join(', ');
