import { clean } from '../../campaign/words.ts';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const lettersOf = (text: string): string[] => [...graphemes.segment(text)].map(({ segment }) => segment);

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const written = (text: string): string => text.replace(/[&<>]/g, (sign) => entities[sign] ?? sign);

/** A text as it may be shown: no lone surrogates, nothing that turns the direction of reading. */
const harmless = (text: string): string => clean(text.toWellFormed());

/** As much as fits, between letters as people see them, with an ellipsis where something is missing. */
function fitted(text: string, most: number, write: (text: string) => string): string {
  const whole = write(text);
  if (whole.length <= most) return whole;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    const next = write(segment);
    if (kept.length + next.length >= most) break;
    kept += next;
  }
  return `${kept.trimEnd()}…`;
}

/** For Slack's `plain_text`: nothing in it means anything. */
export const plainly = (text: string, most: number): string => fitted(harmless(text), most, (all) => all);

/** For Slack's `mrkdwn`: `&`, `<` and `>` are written out, so nobody is mentioned and nothing is linked. */
export const escaped = (text: string, most: number): string => fitted(harmless(text), most, written);

/** The whole text in pieces that fit, broken between words where there are any. */
export function pieces(text: string, most: number): string[] {
  const found: string[] = [];
  let piece = '';
  for (const word of harmless(text)
    .split(/(?<=\s)(?=\S)/)
    .flatMap((one) => breakable(one, most))) {
    const next = written(word);
    if (piece.length + next.length > most) {
      found.push(piece.trimEnd());
      piece = '';
    }
    piece += next;
  }
  return [...found, piece.trimEnd()].filter(Boolean);
}

const breakable = (word: string, most: number): string[] =>
  written(word).length > most ? lettersOf(word).flatMap((letter) => oversized(letter, most)) : [word];

/** One letter under so many marks that it fits nowhere. */
const oversized = (letter: string, most: number): string[] =>
  written(letter).length > most ? [fitted([...letter][0] ?? '', most, (all) => all)] : [letter];
