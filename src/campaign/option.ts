import type { VideoOptions } from './intent.ts';
import { meant, scan } from './option-scan.ts';
import type { Mark } from './option-unnamed.ts';
import { type Given, optionOf, readOne } from './option-values.ts';
import type { Offer } from './reference.ts';
import type { Refusal } from './refusal.ts';

/** What was found in typed text. `words` is what remains, in order; `references` are the `links` with their purposes. */
export interface ReadOptions {
  words: string;
  options: VideoOptions;
  links: string[];
  references: Offer[];
  faults: Refusal[];
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
