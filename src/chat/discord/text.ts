import { fitted, harmless } from '../fitted.ts';

/** Signs that mean something to Discord wherever they stand, and those that do at the beginning of a line. */
const anywhere = /[\\*_~`|<[\]]/g;
const atLineStart = /^(\s*)(#|>|[-+](?=\s|#))/gm;

const written = (text: string): string =>
  text.replace(anywhere, (sign) => `\\${sign}`).replace(atLineStart, '$1\\$2');

const code = /(`[^`\n]+`)/;

/** Pairs of backticks are the one thing our own sentences mean; inside them nothing means anything. */
const marked = (text: string): string =>
  text
    .split(code)
    .map((part) => (code.test(part) ? part : written(part)))
    .join('');

/** As it was written: nobody is mentioned, nothing is linked, nothing is bold. */
export const escaped = (text: string, most: number): string => {
  const whole = marked(harmless(text));
  return whole.length <= most ? whole : fitted(harmless(text).replaceAll('`', '´'), most, written);
};

/** On one line. */
export const inLine = (text: string, most: number): string => escaped(text.replace(/\s+/g, ' '), most);
