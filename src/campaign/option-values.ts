import { mostStills, type VideoOptions } from './intent.ts';
import { Aspect, StillQuality, StillStyle } from './model.ts';
import { nearestName, type OptionName, optionNames, plain, spellings } from './option-names.ts';
import { PlatformName } from './platform.ts';
import { type Offer, type Purpose, purposeOf } from './reference.ts';
import { type Refusal, refuse } from './refusal.ts';
import { TemplateName } from './template.ts';
import { shorten } from './words.ts';

/** What one option says once its value is read. */
export type Given = { set: VideoOptions } | { offers: Offer[] } | { fault: Refusal };

const brief = (value: string): string => shorten(value.replace(/[\s`]+/g, ' ').trim(), 60);

const shapes: Record<string, Aspect> = {
  vertical: '9:16',
  portrait: '9:16',
  tall: '9:16',
  upright: '9:16',
  square: '1:1',
  horizontal: '16:9',
  landscape: '16:9',
  wide: '16:9',
  widescreen: '16:9',
};
const platformWords: Record<string, PlatformName> = {
  ...(Object.fromEntries(PlatformName.options.map((name) => [name, name])) as Record<string, PlatformName>),
  ig: 'instagram',
  insta: 'instagram',
  reel: 'instagram',
  reels: 'instagram',
  instagramreel: 'instagram',
  instagramreels: 'instagram',
  instagramstory: 'instagram',
  yt: 'youtube',
  shorts: 'youtube',
  youtubeshorts: 'youtube',
  fb: 'facebook',
};
const templateWords: Record<string, TemplateName> = {
  ...(Object.fromEntries(TemplateName.options.map((name) => [plain(name), name])) as Record<
    string,
    TemplateName
  >),
  brand: 'brand-animation',
  logoanimation: 'brand-animation',
  product: 'product-showcase',
  showcase: 'product-showcase',
  social: 'social-media',
};
const stillQualities: Record<string, StillQuality> = {
  standard: 'standard',
  sd: 'standard',
  hd: 'hd',
  high: 'hd',
};
const lookUp = <V>(table: Record<string, V>, key: string): V | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

function secondsFrom(value: string): number | null {
  const [, number, unit = ''] =
    /^(\d{1,6})\s*(s|secs?|seconds?|mins?|minutes?)?$/i.exec(value.normalize('NFKC').trim()) ?? [];
  const seconds = Number(number) * (/^m/i.test(unit) ? 60 : 1);
  return seconds > 0 ? seconds : null;
}

export function aspectFrom(value: string): Aspect | null {
  const [, w, h] = /^(\d{1,4})\s*[:x×/]\s*(\d{1,4})$/i.exec(value.normalize('NFKC').trim()) ?? [];
  if (!w || !h) return lookUp(shapes, plain(value)) ?? null;
  return Aspect.options.find((aspect) => sameShape(aspect, Number(w), Number(h))) ?? null;
}

function sameShape(aspect: Aspect, width: number, height: number): boolean {
  const [w = 0, h = 0] = aspect.split(':').map(Number);
  return width > 0 && width * h === height * w;
}

const orFault = <V>(
  found: V | null | undefined,
  set: (found: V) => VideoOptions,
  fault: () => Refusal,
): Given => (found === null || found === undefined ? { fault: fault() } : { set: set(found) });

const listed = (values: readonly string[]): string => values.join(', ');

/** The name of an offer is the last part of its address. */
function offerOf(url: string, purpose: Purpose | null): Offer {
  const last = new URL(url).pathname.split('/').filter(Boolean).at(-1) ?? 'picture';
  return { name: decoded(last), purpose, source: { kind: 'link', url } };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const isLink = (value: string): boolean => /^https?:\/\/[^\s/]/i.test(value) && URL.canParse(value);

function linksFrom(value: string, purpose: (offer: Offer) => Purpose | null): Given {
  const urls = value.split(/[\s,]+(?=\S)/).map((url) => url.replace(/^<|[>,]+$/g, ''));
  const wrong = urls.find((url) => !isLink(url));
  if (wrong !== undefined) return { fault: refuse('reference-link-unreadable', { given: brief(wrong) }) };
  return {
    offers: urls.map((url) => offerOf(url, null)).map((offer) => ({ ...offer, purpose: purpose(offer) })),
  };
}

const yes = /^(|true|yes|y|on|1)$/i;
const no = /^(false|no|n|off|0)$/i;

function flagFrom(value: string): Given {
  if (yes.test(value)) return { set: { verbatim: true } };
  if (no.test(value)) return { set: { verbatim: false } };
  return { fault: refuse('option-unknown', { name: `as-is=${brief(value)}`, known: '--as-is, --as-is=no' }) };
}

const readers: Record<Exclude<OptionName, 'prompt'>, (value: string) => Given> = {
  model: (value) => ({ set: { model: value } }),
  duration: (value) =>
    orFault(
      secondsFrom(value),
      (seconds) => ({ seconds }),
      () => refuse('seconds-unreadable', { given: brief(value) }),
    ),
  aspect: (value) =>
    orFault(
      aspectFrom(value),
      (aspect) => ({ aspect }),
      () => refuse('aspect-unknown', { given: brief(value), known: listed(Aspect.options) }),
    ),
  template: (value) =>
    orFault(
      lookUp(templateWords, plain(value)),
      (template) => ({ template }),
      () => refuse('template-unknown', { given: brief(value), known: listed(TemplateName.options) }),
    ),
  platform: (value) =>
    orFault(
      lookUp(platformWords, plain(value)),
      (platform) => ({ platform }),
      () => refuse('platform-unknown', { given: brief(value), known: listed(PlatformName.options) }),
    ),
  brand: (value) => ({ set: { brand: value } }),
  product: (value) => ({ set: { product: value } }),
  tagline: (value) => ({ set: { tagline: value } }),
  description: (value) => ({ set: { description: value } }),
  note: (value) => ({ set: { note: value } }),
  'as-is': flagFrom,
  logo: (value) => linksFrom(value, () => 'logo'),
  // Who says "reference" does not mean the logo, even if it is the first picture of all.
  reference: (value) => linksFrom(value, (offer) => purposeOf(offer, false)),
  'product-image': (value) => linksFrom(value, () => 'product'),
  'first-frame': (value) => linksFrom(value, () => 'first-frame'),
  'last-frame': (value) => linksFrom(value, () => 'last-frame'),
  link: (value) => linksFrom(value, () => null),
  'still-model': (value) => ({ set: { stillModel: value } }),
  'still-quality': (value) =>
    orFault(
      lookUp(stillQualities, plain(value)),
      (stillQuality) => ({ stillQuality }),
      () => refuse('still-wish-unknown', { given: brief(value), known: listed(StillQuality.options) }),
    ),
  'still-style': (value) =>
    orFault(
      StillStyle.safeParse(plain(value)).data,
      (stillStyle) => ({ stillStyle }),
      () => refuse('still-wish-unknown', { given: brief(value), known: listed(StillStyle.options) }),
    ),
  stills: (value) =>
    orFault(
      new RegExp(`^[1-${mostStills}]$`).test(value) ? Number(value) : null,
      (stillCount) => ({ stillCount }),
      () => refuse('still-count-impossible', { given: brief(value), most: mostStills }),
    ),
};

/** The reader of a spelling. `--style brand-animation` is a template, any other style a note on the prompt. */
export function optionOf(spelling: string, value: string): OptionName | null {
  if (plain(spelling) === 'style' && lookUp(templateWords, plain(value))) return 'template';
  return spellings.get(plain(spelling)) ?? null;
}

/** Reads the value given to a spelling; `null` where there is none. */
export function readOne(spelling: string, value: string | null): Given {
  const name = optionOf(spelling, value ?? '');
  if (name === null || name === 'prompt') return { fault: unknown(spelling) };
  if (name === 'as-is') return flagFrom(value ?? '');
  if (!value?.trim())
    return { fault: refuse('option-empty', { name: brief(spelling), isPicture: takesPicture(name) }) };
  return readers[name](value.trim());
}

const takesPicture = (name: keyof typeof readers): boolean =>
  'offers' in readers[name]('https://example.com/a.png');

/** Whether the value can be one of this option. */
export const reads = (name: OptionName, value: string): boolean => !('fault' in readOne(name, value));

function unknown(spelling: string): Refusal {
  const nearest = nearestName(spelling);
  const names = Object.keys(optionNames).filter((name) => name !== 'prompt');
  return refuse('option-unknown', {
    name: brief(spelling),
    ...(nearest && { meant: `--${nearest}` }),
    known: listed(names.map((name) => `--${name}`)),
  });
}
