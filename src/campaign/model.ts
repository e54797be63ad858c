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

const Value = z.union([z.string(), z.number(), z.boolean()]);

/** Which parameter of the provider takes what; what is not named cannot be said to the model. */
export const Inputs = z.strictObject({
  /** `most` characters of the prompt, where the model takes fewer than we write. */
  prompt: z.strictObject({ name: z.string(), most: z.int().positive().optional() }),
  /** The first frame. */
  still: z.strictObject({ name: z.string() }).optional(),
  lastFrame: z.strictObject({ name: z.string() }).optional(),
  /** One picture where `list` is false. `mention` is how a prompt names the picture `{n}`, counted from 1. */
  references: z
    .strictObject({ name: z.string(), list: z.boolean().default(true), mention: z.string().optional() })
    .optional(),
  /** As a number or a string; of models that count frames, `perSecond` of them and `plus` more. */
  seconds: z
    .strictObject({
      name: z.string(),
      as: z.enum(['number', 'string']).default('number'),
      perSecond: z.int().positive().optional(),
      plus: z.int().nonnegative().optional(),
    })
    .optional(),
  /** `values` where the provider has another word, or only a neighbour that is cropped afterwards. */
  aspect: z
    .strictObject({ name: z.string(), values: z.partialRecord(Aspect, z.string()).optional() })
    .optional(),
  resolution: z.strictObject({ name: z.string() }).optional(),
  audio: z.strictObject({ name: z.string() }).optional(),
  seed: z.strictObject({ name: z.string() }).optional(),
  /** Always sent as they stand: defaults of providers change silently. */
  fixed: z.record(z.string(), Value).default({}),
});
export type Inputs = z.infer<typeof Inputs>;

/** What is ordered where nobody says otherwise. */
const Ordered = z.strictObject({ resolution: z.string().optional(), audio: z.boolean().optional() });
type Ordered = z.infer<typeof Ordered>;

const micros = z.int().nonnegative();

/** Keys: a resolution (`1080p`), it with sound (`1080p+audio`), or `audio` and `silent` for any. */
const Prices = z.record(z.string(), micros);

const Price = z.strictObject({
  perSecond: z.union([micros, Prices]).optional(),
  perItem: micros.optional(),
  /** On top of an item, for each reference it carries. */
  perReference: micros.optional(),
  /** The least that one order is charged. */
  minimum: micros.optional(),
  /** Of a language model: for a million tokens. */
  tokens: z.strictObject({ in: micros, cached: micros, out: micros }).optional(),
});

/** What people can ask of a still beside its words; each only of a model whose entry says how. */
export const StillQuality = z.enum(['standard', 'hd']);
export type StillQuality = z.infer<typeof StillQuality>;
export const StillStyle = z.enum(['natural', 'vivid', 'photorealistic']);
export type StillStyle = z.infer<typeof StillStyle>;

const Rules = z.strictObject({
  /** References are taken at these shapes and lengths alone. */
  referencesAt: z
    .strictObject({ aspects: z.array(Aspect).optional(), seconds: z.array(z.int().positive()).optional() })
    .optional(),
  /** A still and references exclude each other; the still wins. */
  stillExcludesReferences: z.boolean().optional(),
  /** The shape to ask for when the still decides it. */
  stillAspect: z.string().optional(),
});

/**
 * `inputs`: its parameters; a probe that reads them proves them. `price`, and its `life` where a page is no proof of it:
 * an operator says so, by an entry without the word in the own file.
 */
export const Unproven = z.enum(['inputs', 'price', 'life']);
export type Unproven = z.infer<typeof Unproven>;

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
  inputs: Inputs.optional(),
  orders: Ordered.optional(),
  rules: Rules.optional(),
  /** Of a still: what is sent for each quality instead of what is usual, and its own price per item. */
  qualities: z
    .partialRecord(
      StillQuality,
      z.strictObject({ input: z.record(z.string(), Value), perItem: micros.optional() }),
    )
    .optional(),
  /** Of a still: the words that give it each look. */
  styles: z.partialRecord(StillStyle, z.string()).optional(),
  /** Micro-dollars: per second of film, or per still. */
  price: Price,
  /** Seconds a person usually waits for one item. */
  typicalWait: z.number().positive(),
  quality: z.enum(['highest', 'high', 'good']),
  aliases: z.array(z.string()).default([]),
  verifiedOn: Day,
  status: z.enum(['live', 'deprecated', 'retired']),
  shutdownOn: Day.optional(),
  successor: z.string().optional(),
  /** Runs when it is asked for by name, never by itself, whatever is found out about it. */
  optIn: z.boolean().optional(),
  /** What nobody has proved yet: until then it runs only when it is asked for by name. */
  unproven: z.array(Unproven).optional(),
  /** Its provider looks at nothing itself: where our own check cannot be had, it does not run. */
  unmoderated: z.boolean().optional(),
  /** For operators. */
  note: z.string().optional(),
});
/** Why today's catalogue does without a model that its entry calls living; `since` a day, `says` for operators. */
interface Found {
  how: 'gone' | 'changed';
  since: string;
  says: string;
}

/** `found` is never in the file: a probe brings it. */
export type Model = z.infer<typeof Model> & { found?: Found };
export type Catalogue = readonly Model[];

/** What a take asks of a model. */
export interface Need {
  seconds: number;
  aspect: Aspect;
  hasStill: boolean;
  /** Pictures the film has to follow; none where left out. */
  references?: number;
  /** The film has to end on a given picture. */
  hasLast?: boolean;
  /** `YYYY-MM-DD`: models shut down by this day are retired. Where left out, only those marked so. */
  today?: string;
}

const tiers: Model['quality'][] = ['highest', 'high', 'good'];
const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Finds a model by id, name or alias, however it is spelled: "Sample Cinema", "sample-cinema", "samplecinema". */
export function findModel(catalogue: Catalogue, name: string): Model | undefined {
  const known = spellings.get(catalogue) ?? spelled(catalogue);
  spellings.set(catalogue, known);
  return known.get(plain(name));
}

/** A catalogue never changes, and is asked for the same names all day. */
const spellings = new WeakMap<Catalogue, Map<string, Model>>();

/** Where two share a name, the first has it. */
const spelled = (catalogue: Catalogue): Map<string, Model> =>
  new Map(
    catalogue
      .toReversed()
      .flatMap((m) => [m.id, m.name, ...m.aliases].map((known) => [plain(known), m] as const)),
  );

export const makesVideo = (model: Model): boolean => model.kinds.some((kind) => kind.endsWith('-to-video'));

export function offersSeconds(model: Model, seconds: number): boolean {
  const offer = model.seconds;
  if (!offer) return false;
  if (Array.isArray(offer)) return offer.includes(seconds);
  return Number.isInteger(seconds) && seconds >= offer.from && seconds <= offer.to;
}

/** The length it makes that is nearest to one that was asked for; of two, the shorter. */
export function nearestSeconds(model: Model, seconds: number): number {
  const offer = model.seconds;
  if (!offer) return seconds;
  const whole = Math.round(seconds);
  if (!Array.isArray(offer)) return Math.min(offer.to, Math.max(offer.from, whole));
  return offer.toSorted((a, b) => Math.abs(a - seconds) - Math.abs(b - seconds) || a - b)[0] ?? whole;
}

/** "3 to 20 seconds" or "4, 6 or 8 seconds". */
export function secondsInWords(model: Model): string {
  const offer = model.seconds;
  if (!offer) return 'no length';
  if (!Array.isArray(offer)) return `${offer.from} to ${offer.to} seconds`;
  const last = offer.at(-1);
  return offer.length === 1 ? `${last} seconds` : `${offer.slice(0, -1).join(', ')} or ${last} seconds`;
}

/** Whether it is gone: marked so, or past its day. */
export const isRetired = (model: Model, today?: string): boolean =>
  model.status === 'retired' ||
  (today !== undefined && model.shutdownOn !== undefined && model.shutdownOn <= today);

/** The catalogue as it stands on a day (`YYYY-MM-DD`): what is shut down by then is retired. */
export const asOf = (catalogue: Catalogue, today: string): Catalogue =>
  catalogue.map((m) => (isRetired(m, today) ? { ...m, status: 'retired' } : m));

/** How many references an order of this shape can carry. */
export function referencesTaken(model: Model, need: Need): number {
  const { referencesAt: at, stillExcludesReferences } = model.rules ?? {};
  if (need.hasStill && stillExcludesReferences) return 0;
  // No schema says that both go together.
  if (need.hasLast) return 0;
  const shapes = at?.aspects?.includes(need.aspect) ?? true;
  const lengths = at?.seconds?.includes(need.seconds) ?? true;
  return shapes && lengths ? model.references : 0;
}

/** Whether a film can be told to end on a picture; it then has to begin with one. */
const takesLast = (model: Model): boolean => model.inputs?.lastFrame !== undefined;

/** Whether a model can do what is needed; also one that is opt-in, for who asks for it by name. */
export function fits(model: Model, need: Need): boolean {
  if (isRetired(model, need.today) || !makesVideo(model)) return false;
  if (!offersSeconds(model, need.seconds) || !model.aspects.includes(need.aspect)) return false;
  const { references = 0 } = need;
  if (references > referencesTaken(model, need)) return false;
  if (need.hasLast && !(need.hasStill && takesLast(model))) return false;
  if (need.hasStill) return model.kinds.includes('image-to-video');
  return (
    model.kinds.includes('text-to-video') || (references > 0 && model.kinds.includes('reference-to-video'))
  );
}

/** Whether it runs only when it is asked for by name. */
export const isByName = ({ optIn, unproven = [] }: Model): boolean => optIn === true || unproven.length > 0;

/** Living models that can do what is needed and need not be asked for by name: best first, then cheapest. */
export function fittingModels(catalogue: Catalogue, need: Need): Model[] {
  return catalogue.filter((m) => !isByName(m) && fits(m, need)).sort(better(need));
}

const better = (need: Need) => (a: Model, b: Model) =>
  tiers.indexOf(a.quality) - tiers.indexOf(b.quality) ||
  takePrice(a, need.seconds) - takePrice(b, need.seconds);

/** How far a model can go in following the pictures of a need; null where it cannot make such a film at all. */
export function following(model: Model, need: Need): { references: number; last: boolean } | null {
  const last = Boolean(need.hasLast && need.hasStill && takesLast(model));
  const shape = { ...need, hasLast: last };
  const references = Math.min(need.references ?? 0, referencesTaken(model, shape));
  return fits(model, { ...shape, references }) ? { references, last } : null;
}

/** As `fittingModels`, but a model that follows only some of the pictures is named too, after those that follow more. */
export function followingModels(catalogue: Catalogue, need: Need): Model[] {
  return catalogue
    .flatMap((model) => {
      const follows = isByName(model) ? null : following(model, need);
      return follows ? [{ model, pictures: follows.references + Number(follows.last) }] : [];
    })
    .sort((a, b) => b.pictures - a.pictures || better(need)(a.model, b.model))
    .map(({ model }) => model);
}

/** What runs when this model is asked for: itself while it lives, else the first of its successors that does. */
export function inPlaceOf(catalogue: Catalogue, model: Model, today?: string): Model | undefined {
  const passed = new Set<Model>();
  let next: Model | undefined = model;
  while (next && isRetired(next, today)) {
    passed.add(next);
    const { successor }: Model = next;
    next = catalogue.find((m) => m.id === successor && !passed.has(m));
  }
  return next;
}

/** Whether it makes sound unless it is told not to, and can be told so. */
export const canBeSilent = ({ orders, inputs }: Model): boolean =>
  orders?.audio === true && inputs?.audio !== undefined;

/** What is ordered; `silent` without sound, whatever is usual. */
export const ordersOf = ({ orders = {} }: Model, silent: boolean): Ordered =>
  silent ? { ...orders, audio: false } : orders;

/** A clip as it is ordered, with the resolution and sound of `orders` unless told otherwise. */
export const takePrice = (
  model: Model,
  seconds: number,
  ordered: Ordered = model.orders ?? {},
  references = 0,
): Micros => {
  const { perSecond = 0, perItem = 0, perReference = 0, minimum = 0 } = model.price;
  return Math.max(minimum, secondPrice(perSecond, ordered) * seconds + perItem + perReference * references);
};

/** The dearest where the table knows no such order: too little would let a cap be passed. */
function secondPrice(prices: Micros | Record<string, Micros>, { resolution, audio }: Ordered): Micros {
  if (typeof prices === 'number') return prices;
  const sound = audio ? 'audio' : 'silent';
  const keys = [`${resolution}+${sound}`, `${resolution}`, sound];
  const known = keys.map((key) => prices[key]).find((price) => price !== undefined);
  return known ?? Math.max(0, ...Object.values(prices));
}

export const stillPrice = (model: Model, references = 0, quality: StillQuality | null = null): Micros =>
  ((quality && model.qualities?.[quality]?.perItem) ?? model.price.perItem ?? 0) +
  (model.price.perReference ?? 0) * references;

/** Tokens of one answer of a language model; those it knew from a cache are part of `in`. */
export interface Tokens {
  in: number;
  cached: number;
  out: number;
}

/** Rounded up: a part of a micro-dollar is not given away. */
export const wordsPrice = ({ price }: Model, { in: read, cached, out }: Tokens): Micros => {
  const { tokens } = price;
  if (!tokens) return 0;
  const sum = (read - cached) * tokens.in + cached * tokens.cached + out * tokens.out;
  return Math.ceil(sum / 1_000_000);
};

/** Living still models in the catalogue's own order, which is the order to try them in. */
export const stillModels = (catalogue: Catalogue, today?: string): Model[] =>
  catalogue.filter((m) => !isRetired(m, today) && !isByName(m) && m.kinds.includes('still'));

export const stillModel = (catalogue: Catalogue, today?: string): Model | undefined =>
  stillModels(catalogue, today)[0];
