import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import satori from 'satori';

const require = createRequire(import.meta.url);

/** Inter's weights that are used on screen, as files. */
export const interFiles = {
  500: require.resolve('@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf'),
  800: require.resolve('@expo-google-fonts/inter/800ExtraBold/Inter_800ExtraBold.ttf'),
} as const;

export interface Line {
  text: string;
  size: number;
  weight: 500 | 800;
  colour: string;
  /** Letter spacing in em. */
  spacing?: number;
  opacity?: number;
  gap?: number;
}

export interface Block {
  lines: readonly Line[];
  width: number;
  height: number;
  across: 'flex-start' | 'center' | 'flex-end';
  down: 'flex-start' | 'center' | 'flex-end';
  padding: number;
  /** Padding at the lower edge, where it differs. */
  below?: number;
}

let fonts: Promise<{ name: string; data: Buffer; weight: 500 | 800 }[]> | undefined;
const loadFonts = () => {
  fonts ??= Promise.all(
    ([500, 800] as const).map(async (weight) => ({
      name: 'Inter',
      data: await readFile(interFiles[weight]),
      weight,
    })),
  );
  return fonts;
};

/** Inter has no glyphs for other scripts; boxes in a title are worse than no title. */
export function drawable(text: string): string {
  const plain = text
    .replace(/\p{Extended_Pictographic}|\u200d|\ufe0f/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  const letters = plain.match(/\p{L}/gu) ?? [];
  return letters.length > 0 &&
    letters.every((each) => /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u.test(each))
    ? plain
    : '';
}

/** Lines of type as an SVG of outlines: the same on every machine, whatever fonts it has. */
export async function lettering(block: Block): Promise<Buffer> {
  const svg = await satori(page(block), {
    width: block.width,
    height: block.height,
    fonts: await loadFonts(),
  });
  return Buffer.from(svg);
}

function page({ lines, width, height, across, down, padding, below = padding }: Block) {
  const align = { 'flex-start': 'left', center: 'center', 'flex-end': 'right' }[across];
  const style = {
    width,
    height,
    padding,
    paddingBottom: below,
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    alignItems: across,
    justifyContent: down,
    textAlign: align,
    fontFamily: 'Inter',
  };
  return { type: 'div', props: { style, children: lines.map(row) }, key: null } as never;
}

const row = ({ text, size, weight, colour, spacing = 0, opacity = 1, gap = 0 }: Line) => ({
  type: 'div',
  props: {
    style: {
      fontSize: size,
      fontWeight: weight,
      color: colour,
      letterSpacing: spacing * size,
      opacity,
      marginTop: gap,
      lineHeight: 1.08,
    },
    children: text,
  },
});

const narrow = /[iIljtfr.,:;'’!|()[\] ]/;
const wide = /[mwMW@%&—]/;

/** Width of a text in Inter ExtraBold, in em; near enough to choose a size by. */
function widthOf(text: string): number {
  return [...text].reduce(
    (sum, each) =>
      sum + (narrow.test(each) ? 0.34 : wide.test(each) ? 0.94 : /\p{Lu}|\d/u.test(each) ? 0.71 : 0.61),
    0,
  );
}

/** A text on the number of lines that lets it be largest within a box. */
export function fitted(
  text: string,
  box: { width: number; height: number; largest: number },
): { lines: string[]; size: number } {
  const options = [1, 2, 3, 4]
    .map((count) => balanced(text.split(' '), count))
    .map((lines) => ({ lines, size: sizeFor(lines, box) }));
  return options.reduce((a, b) => (b.size > a.size * 1.12 ? b : a));
}

function sizeFor(lines: readonly string[], box: { width: number; height: number; largest: number }): number {
  const widest = Math.max(...lines.map(widthOf));
  return Math.floor(Math.min(box.largest, box.width / widest, box.height / (lines.length * 1.1)));
}

/** Words on lines of about the same width. */
function balanced(words: readonly string[], count: number): string[] {
  const goal = widthOf(words.join(' ')) / count;
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const fuller = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && (widthOf(fuller) - widthOf(word) / 2 <= goal || lines.length === count))
      lines[lines.length - 1] = fuller;
    else lines.push(word);
  }
  return lines;
}
