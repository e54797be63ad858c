import type { Context } from './context.ts';
import {
  canBeSilent,
  findModel,
  following,
  followingModels,
  isRetired,
  type Model,
  ordersOf,
  takePrice,
} from './model.ts';
import type { Micros } from './money.ts';
import { isSilent, needOf, type Take } from './take.ts';

/** The same model once more without sound, where sound may be what its rules held back: no rule is evaded by that. */
export function quietly(take: Take, context: Context): Model | undefined {
  const model = findModel(context.catalogue, take.model);
  if (!model || isSilent(take) || isRetired(model) || !canBeSilent(model)) return undefined;
  return priceOf(model, take, true) <= mostFor(take, context) ? model : undefined;
}

/** Another model that can do what the take needs, within what is allowed and left. */
export function nextModel(take: Take, context: Context): Model | undefined {
  const tried = [take.model, ...take.tried.map((t) => t.model)];
  return followingModels(context.catalogue, needOf(take)).find(
    (m) =>
      !tried.includes(m.id) &&
      priceOf(m, take) <= mostFor(take, context) &&
      !(take.clearance?.unchecked && m.unmoderated),
  );
}

/** What somebody would have to be asked about is no substitute; what was allowed may be spent. */
function mostFor({ held }: Take, { policy, short }: Context): Micros {
  const { caps, askAbove } = policy;
  const unasked = Math.max(askAbove ?? caps.take, held?.micros ?? 0);
  return Math.min(caps.take, unasked, short?.left ?? Number.POSITIVE_INFINITY);
}

/** What a take would cost with a model, with the pictures that it follows. */
export const priceOf = (model: Model, take: Take, silent = isSilent(take)): Micros =>
  takePrice(model, take.seconds, ordersOf(model, silent), following(model, needOf(take))?.references);
