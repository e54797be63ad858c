import { clean } from '../campaign/words.ts';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Letters as people see them. */
export const lettersOf = (text: string): string[] =>
  [...graphemes.segment(text)].map(({ segment }) => segment);

/** A text as it may be shown: no lone surrogates, nothing that turns the direction of reading. */
export const harmless = (text: string): string => clean(text.toWellFormed());

/** As much as fits of what `write` makes of it, between letters, with an ellipsis where something is missing. */
export function fitted(text: string, most: number, write: (text: string) => string): string {
  const whole = write(text);
  if (whole.length <= most) return whole;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    const next = write(segment);
    if (kept.length + next.length >= most) break;
    kept += next;
  }
  return most < 1 ? '' : `${kept.trimEnd()}…`;
}

/** As much as fits of a text that means nothing but its letters. */
export const plainly = (text: string, most: number): string => fitted(harmless(text), most, (all) => all);
