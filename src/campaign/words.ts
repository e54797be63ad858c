/** Most characters of a brief, and of one later message. */
export const longestBrief = 4000;

// Controls, bidi overrides and invisible characters. The joiners stay: emoji and Persian are written with them.
const unwanted = /(?![\n\t])\p{Cc}|[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/gu;
const piledMarks = /(\p{M}{4})\p{M}+/gu;

/** A person's text as we keep it: NFC, without characters that only deceive, whitespace tidied. */
export function clean(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(unwanted, '')
    .replace(piledMarks, '$1')
    .replace(/[ \t\u00A0]+/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Stands where a person's text was, once it is forgotten. */
export const forgotten = '[forgotten]';

/** Whether there is anything to read: letters or digits of any script. */
export const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

const onePerCharacter = /^[\n\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first `most` characters as people count them, with an ellipsis if some are missing. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  if (onePerCharacter.test(text)) return `${text.slice(0, most - 1).trimEnd()}…`;
  const counted: string[] = [];
  for (const { segment } of graphemes.segment(text)) {
    counted.push(segment);
    if (counted.length > most)
      return `${counted
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
  }
  return text;
}

/** A 31-bit number from a text, the same every time: seeds come from it. */
export function numberFrom(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 1;
}
