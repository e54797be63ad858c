import { isByName, type Model, type Unproven } from '../campaign/model.ts';

const doubts: Record<Unproven, string> = {
  inputs: 'its settings are unproven',
  price: 'its price is an estimate',
  life: 'whether it still runs is unproven',
};

/** Why it is not chosen by itself. */
export function byName(model: Model): string[] {
  if (!isByName(model)) return [];
  const why = (model.unproven ?? []).map((each) => doubts[each]);
  return [`only when asked for by name${why.length > 0 ? ` (${why.join(', ')})` : ''}`];
}
