import type { Inputs, Model } from '../campaign/model.ts';
import type { InputSchema, Property } from './replicate/schema.ts';
import { ratioOf, shapesIn, valuesIn } from './replicate/shapes.ts';

/** What is known of a model beside its parameters. */
export interface About {
  /** `owner/name`. */
  slug: string;
  description: string | null;
  /** `YYYY-MM-DD`, when the schema was read. */
  day: string;
}

/** An entry for the catalogue, its price left open; or what the model needs and we have not to give. */
export type Proposal = { model: Model } | { needs: string[] };

/** Reads a schema as a person would: parameters are known by their names, everything else is fixed at its default. */
export function propose({ slug, description, day }: About, schema: InputSchema): Proposal {
  const { properties, required } = schema;
  const inputs = inputsOf(properties);
  const given = new Set(
    Object.values(inputs).flatMap((each) => (each && 'name' in each ? [String(each['name'])] : [])),
  );
  const needs = required.filter((name) => !given.has(name) && !(name in inputs.fixed));
  if (!properties['prompt'] || needs.length > 0) return { needs: needs.length > 0 ? needs : ['prompt'] };
  const name = slug.split('/').at(-1) ?? slug;
  const film = inputs.seconds !== undefined;
  const seconds = inputs.seconds && lengths(properties[inputs.seconds.name], inputs.seconds);
  const resolution = inputs.resolution && usual(properties[inputs.resolution.name]);
  const model: Model = {
    id: name,
    name: titled(name),
    provider: 'replicate',
    slug,
    goodFor: description?.split(/\.\s|\n/)[0]?.slice(0, 120) || 'to be said',
    kinds: film ? filmKinds(inputs, required) : ['still'],
    ...(seconds ? { seconds } : {}),
    aspects: shapesIn(inputs.aspect && properties[inputs.aspect.name]),
    references: inputs.references ? picturesIn(properties[inputs.references.name]) : 0,
    inputs,
    ...(resolution || inputs.audio
      ? { orders: { ...(resolution ? { resolution } : {}), ...(inputs.audio ? { audio: false } : {}) } }
      : {}),
    price: {},
    typicalWait: film ? 120 : 20,
    quality: 'good',
    aliases: [],
    verifiedOn: day,
    status: 'live',
    unproven: ['price'],
    note: 'Proposed from its parameters; price, rules, waiting time and quality are for people to fill in.',
  };
  return { model };
}

type Properties = Record<string, Property>;

const stills = ['image', 'start_image', 'first_frame_image', 'first_frame', 'input_reference', 'input_image'];
const lasts = ['last_frame', 'last_frame_image', 'end_image', 'last_image'];
const lists = [
  'reference_images',
  'references',
  'input_images',
  'image_input',
  'images',
  'style_reference_images',
];
const lengthNames = ['duration', 'seconds', 'num_frames'];
const audios = ['generate_audio', 'generate_audio_switch', 'save_audio', 'audio', 'sound'];
const grades = ['resolution', 'mode', 'quality', 'size'];

function inputsOf(properties: Properties): Inputs {
  const pick = (names: readonly string[], isOne: (property: Property) => boolean) =>
    names.find((name) => properties[name] && isOne(properties[name]));
  const named = (name: string | undefined) => (name === undefined ? undefined : { name });
  const length = pick(lengthNames, () => true);
  const film = length !== undefined;
  const list = pick(lists, ({ type }) => type === 'array');
  const single = pick([...(film ? ['reference_image'] : ['image_prompt', ...stills])], isPicture);
  const shape = pick(['aspect_ratio', 'ratio', 'size'], (p) => (p.enum ?? []).some((each) => ratioOf(each)));
  const grade = pick(
    grades.filter((name) => name !== shape),
    (p) => typeof p.enum?.[0] === 'string',
  );
  const frame = film ? pick(stills, isPicture) : undefined;
  const references = list ? { name: list, list: true } : single ? { name: single, list: false } : undefined;
  const known = {
    still: named(frame),
    lastFrame: named(film ? pick(lasts, isPicture) : undefined),
    references,
    seconds: length === undefined ? undefined : countedBy(length, properties),
    aspect: shape === undefined ? undefined : { name: shape, ...valuesIn(properties[shape]) },
    resolution: named(grade),
    audio: named(pick(audios, ({ type }) => type === 'boolean')),
    seed: named(pick(['seed'], () => true)),
  };
  const most = properties['prompt']?.maxLength;
  const present = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
  const used = ['prompt', ...Object.values(present).map((each) => (each as { name: string }).name)];
  const fixed = Object.entries(properties).flatMap(([name, p]) =>
    used.includes(name) ? [] : fixedAt(name, p, properties),
  );
  return {
    prompt: { name: 'prompt', ...(most === undefined ? {} : { most }) },
    ...present,
    fixed: Object.fromEntries(fixed),
  };
}

const isPicture = ({ type, format }: Property): boolean => type === 'string' && format === 'uri';

function countedBy(name: string, properties: Properties): NonNullable<Inputs['seconds']> {
  const frames = Number(properties['frames_per_second']?.default ?? properties['fps']?.default);
  if (name === 'num_frames') return { name, as: 'number', perSecond: frames || 24, plus: 1 };
  return { name, as: typeof properties[name]?.enum?.[0] === 'string' ? 'string' : 'number' };
}

/** What else can be said is said at its default, but for what would loosen safety, rewrite the prompt or make more. */
function fixedAt(
  name: string,
  property: Property,
  properties: Properties,
): [string, string | number | boolean][] {
  const { type, enum: choices, default: usual } = property;
  if (type === 'boolean') return [[name, switchAt(name, usual)]];
  if (/^(number_of|num|max)_(images|outputs)$/.test(name)) return [[name, 1]];
  if (name === 'output_format') {
    const wanted = ['mp4', 'png'].find((each) => choices?.includes(each));
    if (wanted) return [[name, wanted]];
  }
  const film = lengthNames.some((each) => properties[each]);
  if (film && name === 'frames_per_second' && typeof usual === 'number') return [[name, usual]];
  const plain = typeof usual === 'number' || (typeof usual === 'string' && usual !== '');
  return plain && !isPicture(property) ? [[name, usual]] : [];
}

function switchAt(name: string, usual: unknown): boolean {
  if (/safety|moderat|filter/.test(name)) return !/^(disable|skip|no)_/.test(name);
  if (/watermark|upsampl|optimi[sz]er|expansion|enhance|magic/.test(name)) return false;
  return usual === true;
}

/** Lengths that are surely taken; a lowest of -1 means "you choose" and tells nothing. */
function lengths(property: Property | undefined, how: NonNullable<Inputs['seconds']>): Model['seconds'] {
  const seconds = (value: number) => (value - (how.plus ?? 0)) / (how.perSecond ?? 1);
  const listed = property?.enum
    ?.map(Number)
    .map(seconds)
    .filter((s) => Number.isInteger(s) && s > 0);
  if (listed && listed.length > 0) return listed;
  const usual = Number(property?.default ?? 5);
  const lowest = property?.minimum !== undefined && property.minimum > 0 ? property.minimum : usual;
  const from = Math.max(1, Math.ceil(seconds(lowest)));
  return { from, to: Math.max(from, Math.floor(seconds(property?.maximum ?? usual))) };
}

function filmKinds({ still, references }: Inputs, required: readonly string[]): Model['kinds'] {
  const needsStill = still !== undefined && required.includes(still.name);
  return [
    ...(needsStill ? [] : ['text-to-video' as const]),
    ...(still ? ['image-to-video' as const] : []),
    ...(references ? ['reference-to-video' as const] : []),
  ];
}

const picturesIn = ({ type, maxItems }: Property = { default: null }): number =>
  type === 'array' ? Math.min(maxItems ?? 4, 30) : 1;

/** Not `auto`, which is billed as the dearest. */
function usual(property: Property | undefined): string | undefined {
  const choices = (property?.enum ?? []).map(String);
  const stated = String(property?.default ?? choices[0]);
  const automatic = stated === 'auto' || stated === 'match_input_image';
  return automatic ? (choices.find((each) => each === 'medium') ?? choices[0]) : stated;
}

const titled = (name: string): string =>
  name.replace(/-/g, ' ').replace(/(^|\s)\p{Ll}/gu, (first) => first.toUpperCase());
