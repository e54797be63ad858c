import { type Campaign, steeringIn } from './campaign.ts';
import { type Catalogue, type Model, stillModels, stillPrice } from './model.ts';
import type { Micros } from './money.ts';
import type { Reference } from './reference.ts';

/** What one still would be made with, and what it costs. */
export interface StillOffer {
  model: Model;
  references: readonly Reference[];
  price: Micros;
}

/** The first still model that follows all references, else the one that follows the most; null where none makes stills. */
export function stillOfferFor(campaign: Campaign, catalogue: Catalogue): StillOffer | null {
  const references = steeringIn(campaign);
  const taken = (m: Model) => Math.min(m.references, references.length);
  const [model] = stillModels(catalogue).toSorted((a, b) => taken(b) - taken(a));
  if (!model) return null;
  const along = references.slice(0, model.references);
  return { model, references: along, price: stillPrice(model, along.length) };
}
