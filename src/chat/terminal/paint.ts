import { wrapped } from './text.ts';

export type Style = 'bold' | 'dim' | 'cyan' | 'green' | 'red' | 'yellow';
const codes: Record<Style, [number, number]> = {
  bold: [1, 22],
  dim: [2, 22],
  cyan: [36, 39],
  green: [32, 39],
  red: [31, 39],
  yellow: [33, 39],
};

export type Paint = (style: Style, text: string) => string;
export const painter =
  (colour: boolean): Paint =>
  (style, text) =>
    colour && text ? `\u001B[${codes[style][0]}m${text}\u001B[${codes[style][1]}m` : text;

/** Takes no column, so that lines break as if the colour was not there. */
const mark = '\u2063';

/** Lines of at most `width` columns. What stands between backticks can be typed: cyan, or quoted without colour. */
export function prose(text: string, width: number, colour: boolean): string[] {
  const paint = painter(colour);
  const [open, close] = colour ? [mark, mark] : ['“', '”'];
  const marked = text.replaceAll(mark, '').replace(/`([^`\n]+)`/g, `${open}$1${close}`);
  let isTyped = false;
  const painted = (part: string, i: number): string => {
    if (i > 0) isTyped = !isTyped;
    return isTyped ? paint('cyan', part) : part;
  };
  return wrapped(marked, width).map((line) => line.split(mark).map(painted).join(''));
}
