const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const lettersOf = (text: string): string[] => [...graphemes.segment(text)].map((one) => one.segment);

const ignorable = /^[\p{M}\p{Cf}\u200B]+$/u;
const wide =
  /\p{Emoji_Presentation}|\uFE0F|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{1F300}-\u{1F64F}\u{1F900}-\u{1F9FF}\u{20000}-\u{3FFFD}]/u;

function letterWidth(letter: string): number {
  if (ignorable.test(letter)) return 0;
  return wide.test(letter) ? 2 : 1;
}

/** Columns that a text without escapes takes; roughly right for East Asian scripts and emoji. */
export const widthOf = (text: string): number =>
  /^[\x20-\x7E]*$/.test(text) ? text.length : lettersOf(text).reduce((sum, one) => sum + letterWidth(one), 0);

export const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** As much as fits, with an ellipsis where something is missing. */
export function clipped(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const letter of lettersOf(text)) {
    if (widthOf(kept) + letterWidth(letter) >= width) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}

const deceiving = /[\u202A-\u202E\u2066-\u2069\uFEFF]/g;
const picture = (control: string): string => {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '␡' : '�';
};

/** Somebody's text, unable to move the cursor, to change colours or to turn the reading direction. */
export const harmless = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, '  ')
    .replace(/(?!\n)\p{Cc}/gu, picture)
    .replace(deceiving, '')
    .replace(/[\u2028\u2029]/g, '\n');

/** The same on one line. */
export const oneLine = (text: string): string => harmless(text).replace(/\s+/g, ' ').trim();

/** Paragraphs as lines of at most `width` columns; words that are longer are broken between letters. */
export function wrapped(text: string, width: number): string[] {
  return harmless(text)
    .split('\n')
    .flatMap((paragraph) => wrappedLine(paragraph, Math.max(2, width)));
}

function wrappedLine(paragraph: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(/(?<=\s)(?=\S)/).flatMap((one) => pieces(one, width))) {
    if (line && widthOf(line) + widthOf(word.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += word;
  }
  return [...lines, line.trimEnd()];
}

/** Scripts without spaces may be broken between any two letters. */
function pieces(word: string, width: number): string[] {
  const isUnspaced = /[\u3041-\u30FF\u3400-\u9FFF\u0E00-\u0E7F]/.test(word);
  if (isUnspaced) return lettersOf(word);
  return widthOf(word.trimEnd()) > width ? lettersOf(word) : [word];
}

const units = ['B', 'kB', 'MB', 'GB'];

export function inBytes(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1000 ** step;
  return `${amount >= 10 || step === 0 ? Math.round(amount) : amount.toFixed(1)} ${units[step]}`;
}
