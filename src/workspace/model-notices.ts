import { type Catalogue, inPlaceOf, type Model } from '../campaign/model.ts';
import type { Notice } from './notice.ts';

/** Days before its end at which admins are warned of a model's end. */
const thresholds = [1, 7, 30] as const;

const day = 24 * 3_600_000;

/** What admins should know of the models of a day (`YYYY-MM-DD`): which end soon, are gone, or have changed. */
export const modelNotices = (catalogue: Catalogue, today: string): Notice[] =>
  catalogue.flatMap((model) => found(model, catalogue) ?? ending(model, catalogue, today) ?? []);

function found(model: Model, catalogue: Catalogue): Notice | null {
  if (!model.found) return null;
  const { how, since, says } = model.found;
  const next = inPlaceOf(catalogue, model)?.name ?? null;
  return { about: how, model: model.id, name: model.name, since, says, next };
}

/** Whoever looks late warns once, for the nearest threshold. */
function ending(model: Model, catalogue: Catalogue, today: string): Notice | null {
  const { id, name, status, shutdownOn: on } = model;
  if (status === 'retired' || on === undefined) return null;
  const left = Math.round((Date.parse(on) - Date.parse(today)) / day);
  const within = thresholds.find((most) => left <= most);
  if (left < 1 || within === undefined) return null;
  const next = inPlaceOf(catalogue, model, on)?.name ?? null;
  return { about: 'ends', model: id, name, on, left, within, next };
}
