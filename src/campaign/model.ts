import { z } from 'zod';
import type { Micros } from './money.ts';

/** A frame's shape, width to height. */
export const Aspect = z.enum(['16:9', '9:16', '1:1', '4:5']);
export type Aspect = z.infer<typeof Aspect>;

const Kind = z.enum(['text-to-video', 'image-to-video', 'reference-to-video', 'still', 'language']);

/** Clip lengths a model can make, in seconds: a closed range of whole seconds, or a list. */
const Seconds = z.union([
  z.strictObject({ from: z.int().positive(), to: z.int().positive() }),
  z.array(z.int().positive()).min(1),
]);

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** One thing that generates, as the catalogue (`providers/models.yaml`) describes it. */
export const Model = z.strictObject({
  id: z.string(),
  name: z.string(),
  provider: z.string(),
  /** The provider's own name for it, where that is not the id. */
  slug: z.string().optional(),
  goodFor: z.string(),
  kinds: z.array(Kind).min(1),
  seconds: Seconds.optional(),
  aspects: z.array(Aspect).default([]),
  /** How many reference images one order can carry. */
  references: z.int().nonnegative().default(0),
  /** Micro-dollars: per second of film, or per still. */
  price: z.strictObject({
    perSecond: z.int().nonnegative().optional(),
    perItem: z.int().nonnegative().optional(),
  }),
  /** Seconds a person usually waits for one item. */
  typicalWait: z.number().positive(),
  quality: z.enum(['highest', 'high', 'good']),
  aliases: z.array(z.string()).default([]),
  verifiedOn: Day,
  status: z.enum(['live', 'deprecated', 'retired']),
  shutdownOn: Day.optional(),
  successor: z.string().optional(),
});
export type Model = z.infer<typeof Model>;
export type Catalogue = readonly Model[];

/** What a take asks of a model. */
export interface Need {
  seconds: number;
  aspect: Aspect;
  hasStill: boolean;
}

const tiers: Model['quality'][] = ['highest', 'high', 'good'];
const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Finds a model by id, name or alias, however it is spelled: "Sample Cinema", "sample-cinema", "samplecinema". */
export function findModel(catalogue: Catalogue, name: string): Model | undefined {
  const wanted = plain(name);
  return catalogue.find((m) => [m.id, m.name, ...m.aliases].some((known) => plain(known) === wanted));
}

export const makesVideo = (model: Model): boolean => model.kinds.some((kind) => kind.endsWith('-to-video'));

export function offersSeconds(model: Model, seconds: number): boolean {
  const offer = model.seconds;
  if (!offer) return false;
  if (Array.isArray(offer)) return offer.includes(seconds);
  return Number.isInteger(seconds) && seconds >= offer.from && seconds <= offer.to;
}

/** "3 to 20 seconds" or "4, 6 or 8 seconds". */
export function secondsInWords(model: Model): string {
  const offer = model.seconds;
  if (!offer) return 'no length';
  if (!Array.isArray(offer)) return `${offer.from} to ${offer.to} seconds`;
  const last = offer.at(-1);
  return offer.length === 1 ? `${last} seconds` : `${offer.slice(0, -1).join(', ')} or ${last} seconds`;
}

export function fits(model: Model, need: Need): boolean {
  if (model.status === 'retired' || !makesVideo(model)) return false;
  if (!offersSeconds(model, need.seconds) || !model.aspects.includes(need.aspect)) return false;
  return need.hasStill ? model.kinds.includes('image-to-video') : model.kinds.includes('text-to-video');
}

/** Living models that can do what is needed, best quality first, then cheapest. */
export function fittingModels(catalogue: Catalogue, need: Need): Model[] {
  const rank = (m: Model) => tiers.indexOf(m.quality);
  return catalogue
    .filter((m) => fits(m, need))
    .sort((a, b) => rank(a) - rank(b) || takePrice(a, need.seconds) - takePrice(b, need.seconds));
}

export const takePrice = (model: Model, seconds: number): Micros =>
  (model.price.perSecond ?? 0) * seconds + (model.price.perItem ?? 0);

export const stillPrice = (model: Model): Micros => model.price.perItem ?? 0;

export const stillModel = (catalogue: Catalogue): Model | undefined =>
  catalogue.find((m) => m.status !== 'retired' && m.kinds.includes('still'));
