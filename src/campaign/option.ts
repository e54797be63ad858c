import type { VideoOptions } from './intent.ts';
import { Aspect } from './model.ts';
import { PlatformName } from './platform.ts';
import { type Offer, type Purpose, purposeOf } from './reference.ts';
import { type Refusal, refuse } from './refusal.ts';
import { TemplateName } from './template.ts';
import { shorten } from './words.ts';

/** Every option with its other spellings. Case, `-` and `_` do not matter. */
export const optionNames = {
  prompt: ['brief'],
  model: ['engine'],
  duration: ['length', 'seconds', 'secs', 'sec'],
  aspect: ['ratio', 'aspect-ratio', 'format', 'size', 'shape', 'orientation'],
  template: ['type', 'kind'],
  platform: ['network', 'channel'],
  product: ['product-name', 'name', 'brand'],
  tagline: ['slogan', 'claim'],
  description: ['desc', 'details'],
  note: ['refine', 'refinement', 'refinement-note', 'refinement-prompt', 'style', 'look', 'mood', 'tone'],
  'as-is': ['verbatim', 'exact'],
  logo: [],
  reference: ['ref', 'references', 'image', 'picture', 'photo'],
  link: ['url', 'links'],
} as const satisfies Record<string, readonly string[]>;
export type OptionName = keyof typeof optionNames;

/** What was found in typed text. `words` is what remains, in order; `references` are the `links` with their purposes. */
export interface ReadOptions {
  words: string;
  options: VideoOptions;
  links: string[];
  references: Offer[];
  faults: Refusal[];
}

type Given = { set: VideoOptions } | { offers: Offer[] } | { fault: Refusal };

/** One place in the text that says something about an option. */
interface Mark {
  from: number;
  to: number;
  name: string;
  value: string | null;
  /** 0: named with `--` or `:`. 1: looks like an option, as `6s`. 2: said in passing, as `6 seconds`. */
  rank: 0 | 1 | 2;
  /** It remains in the words. */
  stays?: true;
}

const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_.-]/g, '');
const brief = (value: string): string => shorten(value.replace(/[\s`]+/g, ' ').trim(), 60);

const spellings = new Map(
  Object.entries(optionNames).flatMap(([name, more]) =>
    [name, ...more].map((spelling) => [plain(spelling), name as OptionName] as const),
  ),
);

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
const lookUp = <V>(table: Record<string, V>, key: string): V | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

function secondsFrom(value: string): number | null {
  const [, number, unit = ''] =
    /^(\d{1,6})\s*(s|secs?|seconds?|mins?|minutes?)?$/i.exec(value.normalize('NFKC').trim()) ?? [];
  const seconds = Number(number) * (/^m/i.test(unit) ? 60 : 1);
  return seconds > 0 ? seconds : null;
}

/** `9:16`, `9x16`, `9/16`, `1080x1920` or a word for it. */
function aspectFrom(value: string): Aspect | null {
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
  product: (value) => ({ set: { product: value } }),
  tagline: (value) => ({ set: { tagline: value } }),
  description: (value) => ({ set: { description: value } }),
  note: (value) => ({ set: { note: value } }),
  'as-is': flagFrom,
  logo: (value) => linksFrom(value, () => 'logo'),
  // Who says "reference" does not mean the logo, even if it is the first picture of all.
  reference: (value) => linksFrom(value, (offer) => purposeOf(offer, false)),
  link: (value) => linksFrom(value, () => null),
};

/** The reader of a spelling. `--style brand-animation` is a template, any other style a note on the prompt. */
function optionOf(spelling: string, value: string): OptionName | null {
  if (plain(spelling) === 'style' && lookUp(templateWords, plain(value))) return 'template';
  return spellings.get(plain(spelling)) ?? null;
}

function readOne(spelling: string, value: string | null): Given {
  const name = optionOf(spelling, value ?? '');
  if (name === null || name === 'prompt') return { fault: unknown(spelling) };
  if (name === 'as-is') return flagFrom(value ?? '');
  if (!value?.trim()) return { fault: refuse('option-empty', { name: brief(spelling) }) };
  return readers[name](value.trim());
}

function unknown(spelling: string): Refusal {
  const wanted = plain(spelling);
  const [nearest] = [...spellings]
    .map(([known, name]) => ({ name, steps: distance(wanted, known) }))
    .filter(({ steps }) => steps <= Math.min(2, wanted.length / 2))
    .sort((a, b) => a.steps - b.steps);
  const rest = Object.keys(optionNames).filter((name) => name !== nearest?.name && name !== 'prompt');
  const known = [
    ...(nearest ? [`--${nearest.name} (did you mean this one?)`] : []),
    ...rest.map((n) => `--${n}`),
  ];
  return refuse('option-unknown', { name: brief(spelling), known: listed(known) });
}

/** Letters to change, add or drop on the way from one word to the other. */
function distance(a: string, b: string): number {
  let row = [...b, ''].map((_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

const closers: Record<string, string> = {
  '"': '"”',
  '“': '”"“',
  '„': '“”"',
  '«': '»',
  '‘': "’'",
  "'": "'’",
  '「': '」',
};

/** Where the quotation that begins here ends; null when none begins or it never ends. */
function quoteEnd(text: string, from: number): number | null {
  const close = lookUp(closers, text[from] ?? '');
  if (!close) return null;
  const last = Math.min(text.length, from + 4000);
  for (let i = from + 1; i < last; i++) {
    if (text[i] === '\\') i++;
    else if (close.includes(text[i] ?? '') && !/[\p{L}\p{N}]/u.test(text[i + 1] ?? '')) return i + 1;
  }
  return null;
}

/** The part of the text that the expression matches exactly here. */
function matchAt(expression: RegExp, text: string, from: number): RegExpExecArray | null {
  expression.lastIndex = from;
  return expression.exec(text);
}

const dashed = /(--|[-–—])(\p{L}[\p{L}\p{N}_-]{0,40})(\s*[:=])?/uy;
const coloned = /(\p{L}[\p{L}_-]{1,30}) ?[:=](?!\/\/)/uy;
const unit = '(?:seconds?|secs?|s)(?![\\p{L}\\p{N}])';
const compactLength = new RegExp(`(?:(?:for|of|in) )?([-−]?\\d{1,9}(?:[.,]\\d+)?)-?(${unit})`, 'uiy');
const spelledLength = new RegExp(
  `(?:(?:for|of|lasting) )?(\\d{1,6})[\\s-](${unit})(?: long(?!\\p{L}))?`,
  'uiy',
);
const ratio =
  /(?:(?:in|as) )?(\d{1,4}[:x×]\d{1,4})(?![\p{L}\p{N}]|[:.]\d)(?: (?:format|ratio|aspect ratio))?(?! ?[ap]\.?m)/iuy;
const ownWords =
  /use my (?:own |exact |very )?words(?: (?:exactly )?as (?:they are|they stand|written)| exactly| verbatim)?[:,.]?/iy;
const link = /<?(https?:\/\/[^\s<>"|]+)(?:\|[^<>]*)?>?/iy;
const picture = /\.(?:png|jpe?g|webp|gif|avif|heic|svg)$/i;
const platformInPassing =
  /(tik ?tok|instagram|youtube|facebook|linkedin)(?: (reels?|stor(?:y|ies)|shorts?))?(?![\p{L}\p{N}])/iuy;
const boundary = /[\s([{,;/|>–—]/;

// "after 3 seconds", "an iPhone 6s", "the 60s" and "90s style" are no lengths; "at 9:16" is a time.
const moment = /\b(?:after|at|first|last|every|within|next|per|by|iphone|around|until)\s+$/i;
const before = (text: string, at: number): string => text.slice(Math.max(0, at - 24), at);
const isDecade = (text: string, from: number, to: number, number: string): boolean =>
  /^(?:[789]0|\d{2}[0-9]0)$/.test(number) ||
  (/^[1-6]0$/.test(number) &&
    (/\b(?:the|early|late|mid)[\s-]+$/i.test(before(text, from)) ||
      /^[\s-]*(?:styled?|vibes?|look|retro|aesthetics?|era|music|fashion|disco|nostalgia|feel)\b/i.test(
        text.slice(to, to + 24),
      )));

/** A length or a shape said without naming the option. */
function bareAt(text: string, from: number): Mark | null {
  if (moment.test(before(text, from))) return null;
  const compact = matchAt(compactLength, text, from);
  if (compact?.[1] && !isDecade(text, from, from + compact[0].length, compact[1]))
    return { from, to: from + compact[0].length, name: 'duration', value: compact[1], rank: 1 };
  const spelled = matchAt(spelledLength, text, from);
  if (spelled?.[1])
    return { from, to: from + spelled[0].length, name: 'duration', value: spelled[1], rank: 2 };
  const shape = matchAt(ratio, text, from);
  if (shape?.[1] && (aspectFrom(shape[1]) || /^(?:21:9|4:3|3:4|16:10)$/.test(shape[1])))
    return { from, to: from + shape[0].length, name: 'aspect', value: shape[1], rank: 1 };
  const phrase = matchAt(ownWords, text, from);
  if (phrase) return { from, to: from + phrase[0].length, name: 'as-is', value: '', rank: 1 };
  return null;
}

const multiWord: readonly (OptionName | null)[] = ['duration', 'aspect', 'template', 'platform'];
const links: readonly OptionName[] = ['logo', 'reference', 'link'];
const freeText: readonly (OptionName | null)[] = ['product', 'tagline', 'description', 'note'];
const reads = (name: OptionName, value: string): boolean => !('fault' in readOne(name, value));

/** The value that begins here: quoted, or one word, or as many as belong together. */
function valueAt(
  text: string,
  from: number,
  name: string,
  isLong: boolean,
): { value: string; to: number } | null {
  const quoted = quoteEnd(text, from);
  if (quoted) return { value: text.slice(from + 1, quoted - 1).replace(/\\(.)/gsu, '$1'), to: quoted };
  const [one] = matchAt(/\S+/y, text, from) ?? [];
  if (one === undefined || /^--\p{L}/u.test(one)) return null;
  const option = optionOf(name, one);
  const [two] = (multiWord.includes(option) && matchAt(/\S+ \S+/y, text, from)) || [];
  const trimmed = two?.replace(/[,;.]+$/, '');
  if (option && trimmed && reads(option, trimmed)) return { value: trimmed, to: from + trimmed.length };
  const to = isLong && freeText.includes(option) ? longEnd(text, from + one.length) : from + one.length;
  const value = text
    .slice(from, to)
    .replace(/(?<=.)[,;.]+$/s, '')
    .trimEnd();
  return { value, to: from + value.length };
}

/** Behind the words of the brief, a text without quotes goes on until the next option or the end of the line. */
function longEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '\n') {
    if (boundary.test(text[at - 1] ?? '') && (matchAt(/--\p{L}/uy, text, at) || bareAt(text, at))) break;
    at++;
  }
  return at;
}

/** `--duration 6`, `—duration 6` (phones make one dash of two), `duration:6`, `tagline: "…"`. */
function namedAt(text: string, from: number, isLong: boolean): Mark | null {
  const dash = matchAt(dashed, text, from);
  const [found = '', name = ''] = dash ? [dash[0], dash[2]] : (matchAt(coloned, text, from) ?? []);
  if (!found || (dash?.[1] !== '--' && !spellings.has(plain(name)))) return null;
  const option = optionOf(name, '');
  const start = from + found.length;
  const mark = { from, to: start, name, value: null, rank: 0 } as const;
  if (option === 'prompt') return mark;
  if (dash && option === null) return { ...mark, ...shorthand(name) };
  const isJoined = /[:=]$/.test(found);
  if (option === 'as-is') return isJoined ? { ...mark, ...valueAt(text, start, name, false) } : dash && mark;
  const gap = /^\s*/.exec(text.slice(start, start + 8))?.[0].length ?? 0;
  const given = valueAt(text, start + gap, name, isLong && dash !== null);
  if (!dash && !isMeant(name, given, gap > 0, quoteEnd(text, start + gap) !== null)) return null;
  return { ...mark, ...given };
}

/** "model: a woman in red" and "photo:realistic" are prose; `duration: 6` and `tagline: "Taste the morning"` are not. */
function isMeant(name: string, given: { value: string } | null, hasGap: boolean, isQuoted: boolean): boolean {
  const option = given && optionOf(name, given.value);
  if (!given || !option) return false;
  if (links.includes(option)) return reads(option, given.value);
  return !hasGap || isQuoted || (multiWord.includes(option) && reads(option, given.value));
}

/** `--9:16` cannot be a name, but `--square` and `--tiktok` say enough. */
function shorthand(name: string): Partial<Mark> {
  const said = (['aspect', 'platform', 'template'] as const).find((option) => reads(option, name));
  return said ? { name: said, value: name } : {};
}

/** "for instagram reels": said for the viewer, and for the model that reads the words. */
function platformAt(text: string, from: number): Mark[] {
  const found = matchAt(platformInPassing, text, from);
  if (!found?.[1] || /\b(?:no|not|not for|not on|without|unlike)\s+$/i.test(before(text, from))) return [];
  const passing = { from, to: from + found[0].length, rank: 2, stays: true } as const;
  const platform: Mark = { ...passing, name: 'platform', value: found[1] };
  return found[2] ? [platform, { ...passing, name: 'aspect', value: '9:16' }] : [platform];
}

/** A picture's address is a reference; any other address stays in the words, untouched. */
function linkAt(text: string, from: number): Mark | null {
  const found = matchAt(link, text, from);
  const url = found?.[1]?.replace(/[.,;:!?)\]'’”]+$/, '');
  if (!found || !url) return null;
  const to = from + (found[0].endsWith('>') ? found[0].length : found[0].indexOf(url) + url.length);
  const isPicture = URL.canParse(url) && picture.test(new URL(url).pathname);
  return { from, to, name: 'link', value: url, rank: 0, ...(!isPicture && { stays: true }) };
}

function marksAt(text: string, from: number, isLong: boolean): Mark[] {
  const mark = linkAt(text, from) ?? namedAt(text, from, isLong) ?? bareAt(text, from);
  return mark ? [mark] : platformAt(text, from);
}

function scan(text: string): Mark[] {
  const marks: Mark[] = [];
  let hasWords = false;
  for (let at = 0; at < text.length; ) {
    const starts = at === 0 || boundary.test(text[at - 1] ?? '');
    const quoted = starts ? quoteEnd(text, at) : null;
    const found: Mark[] = starts && !quoted ? marksAt(text, at, hasWords) : [];
    hasWords ||=
      (quoted ?? 0) > 0 || found.some((m) => m.stays) || (found.length === 0 && /\S/.test(text[at] ?? ''));
    marks.push(...found);
    at = quoted ?? found[0]?.to ?? at + 1;
  }
  return marks.filter((mark) => mark.name !== 'link' || !mark.stays);
}

/** A named option beats what only looks like one, and among those the first is meant; the others are just words. */
function meant(marks: readonly Mark[]): Mark[] {
  const option = (mark: Mark) => optionOf(mark.name, mark.value ?? '');
  const beats = (other: Mark, mark: Mark) =>
    other.rank < mark.rank || (other.rank === mark.rank && other.from < mark.from);
  return marks.filter(
    (mark) => mark.rank === 0 || !marks.some((other) => option(other) === option(mark) && beats(other, mark)),
  );
}

function without(text: string, cuts: readonly Mark[]): string {
  if (cuts.length === 0) return text.trim();
  let words = '';
  let at = 0;
  for (const { from, to } of cuts) {
    words = joined(words, text.slice(at, from));
    at = to;
  }
  const rest = text.slice(at);
  words = joined(words, rest).trim();
  return /[\p{L}\p{N}]/u.test(rest) ? words : words.replace(/[\s,;]+$/, '');
}

/** The two sides of a cut, without doubled commas and empty brackets. */
function joined(left: string, right: string): string {
  const end = right.trimStart();
  const kept = left.trimEnd();
  const start = /^[).!?]/.test(end) ? kept.replace(/[,;]+$/, '') : kept;
  const gap = left.slice(kept.length) + right.slice(0, right.length - end.length);
  if (!end) return start + gap;
  const rest = /(?:^|[,;(.])$/.test(start) ? end.replace(/^(?:[,;]+|\.(?=\s|$))\s*/, '') : end;
  if (start.endsWith('(') && rest.startsWith(')')) return spaced(start.slice(0, -1), rest.slice(1), ' ');
  return spaced(start, rest, gap.includes('\n') ? '\n' : gap && ' ');
}

function spaced(left: string, right: string, gap: string): string {
  const isTight = !left || left.endsWith('(') || /^\s*[,.;!?)]/.test(right);
  return left.trimEnd() + (isTight ? '' : gap) + right.trimStart();
}

function gather(words: string, given: readonly Given[]): ReadOptions {
  const references = given.flatMap((one) => ('offers' in one ? one.offers : []));
  return {
    words,
    options: Object.assign({}, ...given.map((one) => ('set' in one ? one.set : {}))),
    links: references.flatMap(({ source }) => (source.kind === 'link' ? [source.url] : [])),
    references,
    faults: given.flatMap((one) => ('fault' in one ? [one.fault] : [])),
  };
}

/** The core refuses a longer text anyway. */
const longest = 16_000;

/**
 * Reads the options out of typed text, forgivingly: `a calm film for Aurora tea, 6s 9:16 --tagline "Taste the
 * morning"`. What is not an option stays in the words; quoted words are never read. Never throws.
 */
export function readOptions(text: string): ReadOptions {
  if (text.length > longest) return gather(text.trim(), []);
  const marks = meant(scan(text));
  const said = marks.filter((mark) => optionOf(mark.name, '') !== 'prompt');
  return gather(
    without(
      text,
      marks.filter((mark) => !mark.stays),
    ),
    said.map((mark) => readOne(mark.name, mark.value)),
  );
}

/** The same for options by name, as a platform's form gives them; `prompt` is read as typed text. */
export function readNamed(given: Readonly<Record<string, string>>): ReadOptions {
  const { prompt = '', ...named } = given;
  const typed = readOptions(prompt);
  const rest = gather(
    '',
    Object.entries(named).map(([name, value]) => readOne(name, value)),
  );
  return bothOf(typed, rest);
}

/** What two readings say together; where they differ, the second is right. */
export const bothOf = (first: ReadOptions, second: ReadOptions): ReadOptions => ({
  words: [first.words, second.words].filter(Boolean).join('\n'),
  options: { ...first.options, ...second.options },
  links: [...first.links, ...second.links],
  references: [...first.references, ...second.references],
  faults: [...first.faults, ...second.faults],
});
