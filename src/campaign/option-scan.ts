import { type OptionName, plain, spellings } from './option-names.ts';
import { bareAt, inPassing, linkAt, type Mark, matchAt } from './option-unnamed.ts';
import { optionOf, reads } from './option-values.ts';

const closers = new Map([
  ['"', '"”'],
  ['“', '”"“'],
  ['„', '“”"'],
  ['«', '»'],
  ['‘', "’'"],
  ["'", "'’"],
  ['「', '」'],
]);

/** Where the quotation that begins here ends; null when none begins or it never ends. */
export function quoteEnd(text: string, from: number): number | null {
  const close = closers.get(text[from] ?? '');
  if (!close) return null;
  const last = Math.min(text.length, from + 4000);
  for (let i = from + 1; i < last; i++) {
    if (text[i] === '\\') i++;
    else if (close.includes(text[i] ?? '') && !/[\p{L}\p{N}]/u.test(text[i + 1] ?? '')) return i + 1;
  }
  return null;
}

const dashed = /(--|[-–—])(\p{L}[\p{L}\p{N}_-]{0,40})(\s*[:=])?/uy;
const coloned = /(\p{L}[\p{L}_-]{1,30}) ?[:=](?!\/\/)/uy;
const boundary = /[\s([{,;/|>–—]/;

const multiWord: readonly (OptionName | null)[] = ['duration', 'aspect', 'template', 'platform'];
const links: readonly OptionName[] = [
  'logo',
  'reference',
  'product-image',
  'first-frame',
  'last-frame',
  'link',
];
const freeText: readonly (OptionName | null)[] = ['brand', 'product', 'tagline', 'description', 'note'];

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

function marksAt(text: string, from: number, isLong: boolean): Mark[] {
  const mark = linkAt(text, from) ?? namedAt(text, from, isLong) ?? bareAt(text, from);
  return mark ? [mark] : inPassing(text, from);
}

/** Every place that says something, in order, and nothing inside quotation marks. */
export function scan(text: string): Mark[] {
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
export function meant(marks: readonly Mark[]): Mark[] {
  const option = (mark: Mark) => optionOf(mark.name, mark.value ?? '');
  const beats = (other: Mark, mark: Mark) =>
    other.rank < mark.rank || (other.rank === mark.rank && other.from < mark.from);
  return marks.filter(
    (mark) => mark.rank === 0 || !marks.some((other) => option(other) === option(mark) && beats(other, mark)),
  );
}
