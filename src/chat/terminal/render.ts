import type { Button, Card, CardFile, Choice, Progress } from '../card.ts';
import { barCells, fewestBarCells, narrowest, widest } from './limits.ts';
import { clipped, harmless, inBytes, oneLine, padded, widthOf, wrapped } from './text.ts';

/** How a card is drawn: how wide, whether in colour, and where a file of ours can be opened. */
export interface Drawing {
  columns: number;
  colour: boolean;
  pathOf(file: CardFile): string;
}

type Style = 'bold' | 'dim' | 'cyan' | 'green' | 'red' | 'yellow';
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

export const measure = (columns: number): number => Math.min(widest, Math.max(narrowest, columns));

const indent = (lines: readonly string[]): string[] => lines.map((line) => (line ? `  ${line}` : ''));

/** Blocks with an empty line between them. */
const spaced = (blocks: readonly (readonly string[])[]): string[] =>
  blocks.filter((block) => block.length > 0).flatMap((block, i) => (i > 0 ? ['', ...block] : [...block]));

/** A card as lines, without the line breaks. Choices and buttons are numbered through, as `:1`, `:2` … press them. */
export function renderCard(card: Card, drawing: Drawing): string[] {
  const paint = painter(drawing.colour);
  const width = measure(drawing.columns) - 2;
  const [title = '', ...more] = wrapped(oneLine(card.title), width);
  const film = card.film ? fileLines(card.film, drawing, width) : [];
  const pictures = card.images.flatMap((image) => fileLines(image, drawing, width));
  const body = spaced([
    ...card.text.map((paragraph) => wrapped(paragraph, width)),
    fieldLines(card, paint, width),
    card.progress.flatMap((one) => progressLines(one, paint, width)),
    [...film, ...pictures],
    card.choices.flatMap((choice, i) => choiceLines(choice, i + 1, drawing, width)),
    buttonLines(card, paint, width),
    wrapped(card.footer, width)
      .filter(Boolean)
      .map((line) => paint('dim', line)),
  ]);
  const heads = [
    `${paint('cyan', '◆')} ${paint('bold', title)}`,
    ...indent(more.map((m) => paint('bold', m))),
  ];
  return [...heads, ...indent(body)];
}

function fieldLines({ fields }: Card, paint: Paint, width: number): string[] {
  const names = fields.map(({ name }) => oneLine(name));
  const column = Math.min(Math.max(0, ...names.map(widthOf)), Math.floor(width / 3));
  return fields.flatMap(({ value }, i) => {
    const [first = '', ...rest] = wrapped(value, width - column - 2);
    const name = padded(clipped(names[i] ?? '', column), column);
    return [`${paint('dim', name)}  ${first}`, ...rest.map((line) => ' '.repeat(column + 2) + line)];
  });
}

/** A path is never broken, so that it can be clicked and copied; where it does not fit it gets its own line. */
function fileLines(file: CardFile, drawing: Drawing, width: number, mark = '▸'): string[] {
  const paint = painter(drawing.colour);
  const path = harmless(drawing.pathOf(file));
  const size = inBytes(file.bytes);
  const room = width - widthOf(path) - widthOf(size) - widthOf(mark) - 5;
  const name = oneLine(file.title);
  if (widthOf(name) <= room) return [`${mark} ${name}  ${paint('cyan', path)}  ${paint('dim', size)}`];
  const [first = '', ...rest] = wrapped(`${name}  ${size}`, width - widthOf(mark) - 1);
  const hang = ' '.repeat(widthOf(mark) + 1);
  return [`${mark} ${first}`, ...rest.map((line) => hang + line), hang + paint('cyan', path)];
}

function choiceLines(choice: Choice, n: number, drawing: Drawing, width: number): string[] {
  const paint = painter(drawing.colour);
  const label = oneLine(choice.label) + (choice.chosen ? '  ✓ chosen' : '');
  const [first = '', ...rest] = wrapped(label, width - 4);
  const shown = choice.chosen ? paint('green', first) : first;
  const path = harmless(drawing.pathOf(choice.image));
  const size = paint('dim', inBytes(choice.image.bytes));
  return [
    `${paint('bold', `${n}`.padStart(2))}  ${shown}`,
    ...rest.map((line) => `    ${line}`),
    `    ▸ ${paint('cyan', path)}  ${size}`,
  ];
}

const tint: Record<Button['style'], Style> = { primary: 'green', danger: 'red', plain: 'bold' };

function buttonLines({ buttons, choices }: Card, paint: Paint, width: number): string[] {
  const lines: string[] = [];
  let used = width;
  for (const [i, { label, style, asks }] of buttons.entries()) {
    const text = `[${choices.length + i + 1} ${clipped(oneLine(label), width - 10)}${asks ? ' …' : ''}]`;
    const fits = used + 2 + widthOf(text) <= width;
    lines.push(`${fits ? `${lines.pop()}  ` : ''}${paint(tint[style], text)}`);
    used = widthOf(text) + (fits ? used + 2 : 0);
  }
  return lines;
}

const signs: Record<Progress['state'], [sign: string, style: Style]> = {
  waiting: ['◌', 'dim'],
  running: ['◍', 'cyan'],
  done: ['✓', 'green'],
  failed: ['✗', 'red'],
};

const share = (fraction: number | null): number | null =>
  fraction === null || Number.isNaN(fraction) ? null : Math.min(1, Math.max(0, fraction));
const percent = (part: number): string => `${Math.floor(part * 100)} %`;

function progressLines({ label, fraction, state }: Progress, paint: Paint, width: number): string[] {
  const [sign, style] = signs[state];
  const part = state === 'running' ? share(fraction) : null;
  const text = oneLine(label);
  const cells = Math.max(fewestBarCells, Math.min(barCells, width - widthOf(text) - 11));
  const hang = part === null ? 2 : cells + 11;
  const [first = '', ...rest] = wrapped(text, width - hang);
  const head =
    part === null ? paint(style, sign) : `${paint(style, bar(part, cells))} ${percent(part).padStart(5)} `;
  return [`${head} ${first}`, ...rest.map((line) => ' '.repeat(hang) + line)];
}

function bar(part: number, cells: number): string {
  const full = Math.round(part * cells);
  return `▕${'█'.repeat(full)}${'░'.repeat(cells - full)}▏`;
}

/** `take 1: rendering 43 %`: one row of a progress card in a few words. */
export function progressWords(card: Card, { label, fraction, state }: Progress): string {
  const part = state === 'running' ? share(fraction) : null;
  const far = part === null ? '' : ` ${percent(part)}`;
  const end = state === 'done' || state === 'failed' ? ` ${signs[state][0]}` : '';
  return `${oneLine(card.title)}: ${oneLine(label)}${far}${end}`;
}
