import type { Button, Card, CardFile, Choice, Progress } from '../card.ts';
import { openIn } from './desk.ts';
import { barCells, fewestBarCells, narrowest, widest } from './limits.ts';
import { type Paint, painter, prose, type Style } from './paint.ts';
import { clipped, harmless, inBytes, oneLine, padded, widthOf, wrapped } from './text.ts';

/** How a card is drawn: how wide, whether in colour, and where a file of ours can be opened. */
export interface Drawing {
  columns: number;
  colour: boolean;
  pathOf(file: CardFile): string;
  /** Keys of choices whose pictures were shown already: their paths are not repeated. */
  known?: ReadonlySet<string>;
}

export const measure = (columns: number): number => Math.min(widest, Math.max(narrowest, columns));

const indent = (lines: readonly string[]): string[] => lines.map((line) => (line ? `  ${line}` : ''));

/** Blocks with an empty line between them. */
const spaced = (blocks: readonly (readonly string[])[]): string[] =>
  blocks.filter((block) => block.length > 0).flatMap((block, i) => (i > 0 ? ['', ...block] : [...block]));

/** A card as lines, without the line breaks. Choices and buttons are numbered through, as `:1`, `:2` … press them. */
export const renderCard = (card: Card, drawing: Drawing): string[] => [
  ...renderTitle(card, '◆', drawing),
  ...renderBody(card, drawing),
];

export function renderTitle({ title }: Card, sign: string, { columns, colour }: Drawing): string[] {
  const paint = painter(colour);
  const [first = '', ...more] = prose(oneLine(title), measure(columns) - 2, colour).map((line) =>
    paint('bold', line),
  );
  return [`${paint('cyan', sign)} ${first}`, ...indent(more)];
}

export function renderBody(card: Card, drawing: Drawing): string[] {
  const paint = painter(drawing.colour);
  const width = measure(drawing.columns) - 2;
  const files = [...[card.film, card.link].filter((file) => file !== null), ...card.images];
  const blocks = [
    ...card.text.map((paragraph) => prose(paragraph, width, drawing.colour)),
    fieldLines(card, drawing, width),
    card.progress.flatMap((one) => progressLines(one, paint, width)),
    files.flatMap((file) => fileLines(file, drawing, width)),
    card.choices.flatMap((choice, i) => choiceLines(choice, i + 1, drawing, width)),
    buttonLines(card, paint, width),
    card.footer ? prose(card.footer, width, drawing.colour).map((line) => paint('dim', line)) : [],
  ];
  return indent(spaced(blocks));
}

function fieldLines({ fields }: Card, { colour }: Drawing, width: number): string[] {
  const paint = painter(colour);
  const names = fields.map(({ name }) => oneLine(name));
  const column = Math.min(Math.max(0, ...names.map(widthOf)), Math.floor(width / 3));
  return fields.flatMap(({ value }, i) => {
    const [first = '', ...rest] = prose(value, width - column - 2, colour);
    const name = padded(clipped(names[i] ?? '', column), column);
    return [`${paint('dim', name)}  ${first}`, ...rest.map((line) => ' '.repeat(column + 2) + line)];
  });
}

/** A path is never broken, so that it can be clicked and copied; where it does not fit it gets its own line. */
function fileLines(file: CardFile, drawing: Drawing, width: number): string[] {
  const paint = painter(drawing.colour);
  const path = harmless(drawing.pathOf(file));
  const size = inBytes(file.bytes);
  const name = oneLine(file.title);
  if (widthOf(`▸ ${name}  ${path}  ${size}`) <= width)
    return [`▸ ${name}  ${paint('cyan', path)}  ${paint('dim', size)}`];
  const [first = '', ...rest] = wrapped(`${name}  ${size}`, width - 2);
  return [`▸ ${first}`, ...indent([...rest, paint('cyan', path)])];
}

function choiceLines(
  { label, image, does, chosen }: Choice,
  n: number,
  drawing: Drawing,
  width: number,
): string[] {
  const paint = painter(drawing.colour);
  const isKnown = drawing.known?.has(image.key) ?? false;
  const size = isKnown ? '' : `  ${inBytes(image.bytes)}`;
  const [first = '', ...rest] = wrapped(`${oneLine(label)}${chosen ? '  ✓ chosen' : ''}${size}`, width - 4);
  const path = isKnown ? [] : [paint('cyan', harmless(drawing.pathOf(image)))];
  return [
    `${paint('bold', (does ? `${n}` : '▸').padStart(2))}  ${chosen ? paint('green', first) : first}`,
    ...[...rest, ...path].map((line) => `    ${line}`),
  ];
}

const tint: Record<Button['style'], Style> = { primary: 'green', danger: 'red', plain: 'bold' };

function buttonLines(card: Card, paint: Paint, width: number): string[] {
  const lines: string[] = [];
  let used = width;
  const before = openIn(card).length;
  for (const [i, { label, style, asks }] of card.buttons.entries()) {
    const text = `[${before + i + 1} ${clipped(oneLine(label), width - 10)}${asks ? ' …' : ''}]`;
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
