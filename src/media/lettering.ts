import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readTypeface, type Typeface } from './typeface.ts';

const fonts = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/inter/package.json'));

/** The two cuts of Inter that we set text in: the file, the name by which libass finds it, and its measures. */
export const BOLD = face('700Bold/Inter_700Bold.ttf', 'Inter Bold');
export const MEDIUM = face('500Medium/Inter_500Medium.ttf', 'Inter Medium');

export interface Face {
  file: string;
  name: string;
  type: () => Typeface;
}

function face(path: string, name: string): Face {
  const file = join(fonts, path);
  let type: Typeface | undefined;
  return {
    file,
    name,
    type: () => {
      type ??= readTypeface(file);
      return type;
    },
  };
}

/** libass counts ascent and descent as the size; Inter's em is this much smaller. */
export const ASS_SIZE_PER_EM = 1.21;

const UNSEEN = /\p{C}|\p{Zl}|\p{Zp}|\p{Variation_Selector}/gu;
const SCRIPTS = [
  ...[
    'Han',
    'Hiragana',
    'Katakana',
    'Hangul',
    'Arabic',
    'Hebrew',
    'Devanagari',
    'Bengali',
    'Tamil',
    'Telugu',
  ],
  ...[
    'Thai',
    'Lao',
    'Khmer',
    'Myanmar',
    'Georgian',
    'Armenian',
    'Ethiopic',
    'Sinhala',
    'Gujarati',
    'Gurmukhi',
  ],
].map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const);

export interface Lettering {
  text: string;
  /** A script whose letters the typeface lacks; the text is then empty, since boxes are worse than nothing. */
  missing: string | null;
  /** Emoji or signs were left out. */
  thinned: boolean;
}

/** What of `text` can be set in `face`. */
export function settable(text: string, face: Face): Lettering {
  const clean = text.normalize('NFC').replace(/\s+/gu, ' ').replace(UNSEEN, '');
  const lacking = [...clean].filter((c) => !face.type().has(c.codePointAt(0) ?? 0));
  const letters = lacking.filter((c) => /[\p{L}\p{M}\p{Nd}]/u.test(c)).join('');
  if (letters !== '') {
    const script = SCRIPTS.find(([, pattern]) => pattern.test(letters))?.[0] ?? 'other';
    return { text: '', missing: script, thinned: false };
  }
  const kept = [...clean].filter((c) => !lacking.includes(c)).join('');
  return { text: kept.replace(/ +/g, ' ').trim(), missing: null, thinned: lacking.length > 0 };
}

export interface Block {
  lines: string[];
  /** Pixels per em. */
  size: number;
}

/** Longer texts are cut, not balanced. */
const MOST_LETTERS = 120;
const MOST_LINES = 3;

/** Breaks `text` into few, equal lines that fit `width` pixels, smaller down to `least`; what does not fit then is cut. */
export function setLines(
  text: string,
  face: Face,
  room: { width: number; most: number; least: number },
): Block {
  const measure = face.type().width;
  const ways: [lines: number, least: number][] = [
    [1, room.most * 0.72],
    [2, room.least],
    [MOST_LINES, room.least],
  ];
  for (const [lines, least] of text.length > MOST_LETTERS ? [] : ways) {
    const broken = balance(text.split(' '), lines, measure);
    const size = Math.min(room.most, room.width / Math.max(...broken.map(measure)));
    if (size >= least) return { lines: broken, size };
  }
  return { lines: fill(text, measure, room.width / room.least), size: room.least };
}

/** The narrowest block of at most `count` lines. */
function balance(words: string[], count: number, measure: (text: string) => number): string[] {
  const whole = [words.join(' ')];
  if (count === 1) return whole;
  const ways = words
    .slice(1)
    .map((_, i) => [words.slice(0, i + 1).join(' '), ...balance(words.slice(i + 1), count - 1, measure)]);
  const widest = (lines: string[]) => Math.max(...lines.map(measure));
  return ways.reduce((best, way) => (widest(way) < widest(best) ? way : best), whole);
}

/** As many words as go into the lines, then an ellipsis; a word longer than a line is broken. */
function fill(text: string, measure: (text: string) => number, ems: number): string[] {
  const lines = [''];
  for (const word of text.split(' ').flatMap((long) => long.match(/.{1,14}/gu) ?? [])) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (measure(`${longer}…`) <= ems) lines[lines.length - 1] = longer;
    else if (lines.length < MOST_LINES) lines.push(word);
    else return [...lines.slice(0, -1), `${lines.at(-1)}…`];
  }
  return lines;
}
