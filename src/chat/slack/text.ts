import { fitted, harmless, lettersOf } from '../fitted.ts';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const written = (text: string): string => text.replace(/[&<>]/g, (sign) => entities[sign] ?? sign);

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
