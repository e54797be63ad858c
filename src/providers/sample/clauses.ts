/** A part of a message, and what stood between it and the part before. */
export interface Clause {
  text: string;
  joint: string;
}

const quotes = /["“„»][^"“”„«»\n]*["”“«]|«[^«»\n]*»|「[^」\n]*」/gu;
const joints =
  /([.!?…。！？]+(?=\s|$)\s*|[。！？、]\s*|\n+|;\s*|,\s+(?:and then|and|then|but|und dann|und|dann|aber|et|y)\s+|,\s*|\s+(?:and then|and|then|but|und dann|und|dann|aber|et|y)\s+|\s+[–—-]\s+)/iu;

/** "no. 3", "Nr. 2" and "z. B." end no sentence. */
const abbreviation = /(?<!\p{L})(no|nr|nº|num|z|d|e|i)\.\s*(?=\p{N}|\p{L}\.)/giu;

/** Cuts a message where one wish may end and another begin; never inside quotes. */
export function clausesOf(words: string): Clause[] {
  const kept: string[] = [];
  const masked = words
    .replaceAll('’', "'")
    .replace(quotes, (quote) => `\ue001${kept.push(quote) - 1}\ue002`)
    .replace(abbreviation, (_, word: string) => `${word}\ue003`);
  // Marks from the private use area, which nobody types.
  const shown = (text: string) =>
    text.replace(/\ue001(\d+)\ue002/g, (_, n) => kept[n] ?? '').replaceAll('\ue003', '. ');
  const parts = masked.split(joints);
  return parts
    .flatMap((text, i) => (i % 2 === 0 ? [{ text: shown(text).trim(), joint: parts[i - 1] ?? '' }] : []))
    .filter((clause) => clause.text !== '');
}

/** The clauses as they were written, in one string again. */
export function rejoin(clauses: readonly Clause[]): string {
  return clauses.reduce((all, { text, joint }, i) => (i === 0 ? text : all + joint + text), '');
}
