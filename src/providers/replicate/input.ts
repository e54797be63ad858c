import { mentioning } from '../../campaign/mention.ts';
import {
  type Aspect,
  type Inputs,
  type Model,
  ordersOf,
  referencesTaken,
  StillQuality,
} from '../../campaign/model.ts';
import { type Purpose, steeringOf } from '../../campaign/reference.ts';

/** What an order says beside its pictures; a still has no length. */
export interface Wish {
  prompt: string;
  seconds?: number;
  aspect: Aspect;
  seed: number;
  silent?: boolean;
  quality?: StillQuality | null;
}

/** Pictures of an order, as URLs, each reference with what it is for. */
export interface Pictures {
  still: string | null;
  last?: string | null;
  references: readonly { url: string; purpose: Purpose }[];
}

/** The input that a model of the catalogue takes for an order; everything it can be told is told. */
export function inputOf(model: Model, wish: Wish, pictures: Pictures): Record<string, unknown> {
  const inputs: Inputs = model.inputs ?? { prompt: { name: 'prompt' }, fixed: {} };
  const still = inputs.still ? pictures.still : null;
  const { resolution, audio } = ordersOf(model, wish.silent ?? false);
  const urls = pictures.references.map(({ url }) => url);
  const parts = [
    [inputs.prompt.name, worded(inputs, wish.prompt, pictures.references)],
    [inputs.still?.name, still ?? undefined],
    [inputs.lastFrame?.name, (still && pictures.last) ?? undefined],
    [
      inputs.references?.name,
      inputs.references?.list === false ? urls[0] : urls.length > 0 ? urls : undefined,
    ],
    [inputs.seconds?.name, wish.seconds && lengthFor(inputs, wish.seconds)],
    [inputs.aspect?.name, shapeFor(model, wish.aspect, still !== null)],
    [inputs.resolution?.name, resolution],
    [inputs.audio?.name, audio],
    [inputs.seed?.name, seedFor(wish.seed)],
  ] as const;
  const given = parts.filter(([name, value]) => name !== undefined && value !== undefined);
  const quality = wish.quality ? model.qualities?.[wish.quality]?.input : {};
  return { ...inputs.fixed, ...Object.fromEntries(given), ...quality };
}

/** What several models take at most. */
const mostSeed = 2_147_483_647;
export const seedFor = (seed: number): number => seed % mostSeed;

const lengthFor = ({ seconds: how }: Inputs, seconds: number): number | string => {
  const length = seconds * (how?.perSecond ?? 1) + (how?.plus ?? 0);
  return how?.as === 'string' ? String(length) : length;
};

/** The seconds an input asked for; null where it does not say. */
export function secondsIn(model: Model, input: Record<string, unknown>): number | null {
  const how = model.inputs?.seconds;
  const length = how ? Number(input[how.name]) : Number.NaN;
  const seconds = (length - (how?.plus ?? 0)) / (how?.perSecond ?? 1);
  return seconds > 0 ? seconds : null;
}

/** What was ordered with an input: as usual, but for the sound it speaks of. */
export function ordersIn(model: Model, input: Record<string, unknown>): NonNullable<Model['orders']> {
  const audio = input[model.inputs?.audio?.name ?? ''];
  return typeof audio === 'boolean' ? { ...model.orders, audio } : (model.orders ?? {});
}

/** The quality an input asked for; null where it is the usual one. */
export const qualityIn = (model: Model, input: Record<string, unknown>): StillQuality | null =>
  StillQuality.options.find((name) => {
    const sent = Object.entries(model.qualities?.[name]?.input ?? {});
    return sent.length > 0 && sent.every(([key, value]) => input[key] === value);
  }) ?? null;

/** How many references went with an input. */
export function referencesIn(model: Model, input: Record<string, unknown>): number {
  const sent = input[model.inputs?.references?.name ?? ''];
  return Array.isArray(sent) ? sent.length : Number(sent !== undefined);
}

const shapeFor = (model: Model, aspect: Aspect, hasStill: boolean): string =>
  (hasStill ? model.rules?.stillAspect : undefined) ?? model.inputs?.aspect?.values?.[aspect] ?? aspect;

const opening = '\n\nReference pictures: ';

function worded(inputs: Inputs, prompt: string, references: Pictures['references']): string {
  const mention = inputs.references?.mention;
  const named = references.map(({ purpose }, i) => `${mention?.replace('{n}', String(i + 1))} (${purpose})`);
  const tail = mention && named.length > 0 ? `${opening}${named.join(', ')}` : '';
  const told = toldTo(inputs, prompt, references.length);
  return `${told.slice(0, (inputs.prompt.most ?? Infinity) - tail.length)}${tail}`;
}

function toldTo({ references }: Inputs, prompt: string, count: number): string {
  const mention = references?.mention;
  return mentioning(prompt, count, mention ? (n) => mention.replace('{n}', String(n)) : null);
}

/** Whether an input was made from this prompt, whatever pictures went with it. */
export function speaksOf(model: Model, input: Record<string, unknown>, wording: string): boolean {
  const prompt = model.inputs ? toldTo(model.inputs, wording, referencesIn(model, input)) : wording;
  const sent = input[model.inputs?.prompt.name ?? 'prompt'];
  if (typeof sent !== 'string') return false;
  const words = sent.includes(opening) ? sent.slice(0, sent.lastIndexOf(opening)) : sent;
  return (
    words === prompt ||
    (words !== '' && sent.length === model.inputs?.prompt.most && prompt.startsWith(words))
  );
}

/** The references that go along: no logo, which is set pixel by pixel afterwards, and no more than are taken. */
export function chosen<R extends { purpose: Purpose }>(
  model: Model,
  wish: { seconds?: number; aspect: Aspect; still?: string | null; last?: string | null },
  references: readonly R[],
): R[] {
  if (!model.inputs?.references) return [];
  const { seconds = 0, aspect } = wish;
  const need = { seconds, aspect, hasStill: Boolean(wish.still), hasLast: Boolean(wish.last) };
  return steeringOf(references).slice(0, referencesTaken(model, need));
}
