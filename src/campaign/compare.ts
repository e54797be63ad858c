import { type Campaign, unopened } from './campaign.ts';
import {
  type Aspect,
  type Catalogue,
  fittingModels,
  type Model,
  makesVideo,
  offersSeconds,
} from './model.ts';
import type { Micros } from './money.ts';
import { offerFor, type TakeOffer } from './offer.ts';
import type { Reference } from './reference.ts';
import { isRefusal } from './refusal.ts';

/** What is compared: a clip of so many seconds in a shape, that follows so many pictures. */
export interface Wanted {
  seconds: number;
  aspect: Aspect;
  references: number;
}

/** One model against a wish: what its take would be, or why it cannot make one. */
export type Compared = { model: Model } & ({ offer: TakeOffer } | { why: 'seconds' | 'aspect' | 'other' });

/** Every living film model, those that can first: as they would be offered to this campaign if they were asked for. */
export function compareModels(campaign: Campaign, catalogue: Catalogue): Compared[] {
  const living = catalogue.filter((m) => makesVideo(m) && m.status !== 'retired');
  const compared = living.map((model) => compare(campaign, model, catalogue));
  const able = compared.filter((row) => 'offer' in row);
  return [...able.toSorted(worth(catalogue, campaign)), ...compared.filter((row) => 'why' in row)];
}

function compare(campaign: Campaign, model: Model, catalogue: Catalogue): Compared {
  const settings = { ...campaign.settings, model: model.id, named: true };
  const offer = offerFor({ ...campaign, settings }, catalogue);
  if (!isRefusal(offer) && offer.model.id === model.id) return { model, offer };
  if (!offersSeconds(model, settings.seconds)) return { model, why: 'seconds' };
  return { model, why: model.aspects.includes(settings.aspect) ? 'other' : 'aspect' };
}

type Able = Extract<Compared, { offer: TakeOffer }>;

/** Those that follow the pictures themselves, then in the order in which they are chosen; opt-in last. */
const worth = (catalogue: Catalogue, { settings }: Campaign) => {
  const order = fittingModels(catalogue, { ...settings, hasStill: true }).map((m) => m.id);
  const place = ({ model }: Able) => (order.includes(model.id) ? order.indexOf(model.id) : order.length);
  return (a: Able, b: Able) => missed(a) - missed(b) || place(a) - place(b);
};

const missed = ({ offer }: Able): number => (offer.left?.references ?? 0) + (offer.first ? 0.5 : 0);

/** A campaign that has only this wish, for whoever compares before there is a brief. */
export function campaignOf({ seconds, aspect, references }: Wanted): Campaign {
  const nothing = unopened('');
  const pictures = Array.from({ length: references }, (_, i): Reference => ({ ...blank, id: `${i}` }));
  return { ...nothing, settings: { ...nothing.settings, seconds, aspect }, references: pictures };
}

const blank: Omit<Reference, 'id'> = {
  name: '',
  purpose: 'style',
  guessed: false,
  source: { kind: 'link', url: '' },
  state: 'ready',
  picture: null,
  notes: [],
  palette: [],
  code: null,
  at: 0,
};

/** What a clip costs at least and at most, of those that can. */
export const span = (rows: readonly Compared[]): { least: Micros; most: Micros } | null => {
  const prices = rows.flatMap((row) => ('offer' in row ? [row.offer.price] : []));
  return prices.length > 0 ? { least: Math.min(...prices), most: Math.max(...prices) } : null;
};
