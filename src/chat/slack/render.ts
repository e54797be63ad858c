import type { Card, CardFile, Field, Item } from '../card.ts';
import { plainly } from '../fitted.ts';
import type { Block, Source } from './blocks.ts';
import * as blocks from './blocks.ts';
import { choicesOf } from './choices.ts';
import * as limits from './limits.ts';
import { buttonOf, type Counter, counter, menuOf } from './pressable.ts';
import { linesOf, planOf } from './progress.ts';
import { escaped } from './text.ts';

/** What a card needs to be shown in Slack. */
export interface Rendering {
  /** Whom the buttons speak to; null leaves them out. */
  campaign: string | null;
  /** Where Slack's clients get a picture from; null while there is no such place. */
  picture(file: CardFile): Source | null;
  /** Where everybody can open a file of ours; null without a public address. */
  address(file: CardFile): string | null;
  /** A conversation's address, for a link. */
  link(place: string): string | null;
  /** Whether carousels and plans may be used. They show in messages only, and not in every client. */
  rich: boolean;
}

/** What a message says: blocks, and the words for notifications and screen readers. */
export interface Rendered {
  text: string;
  blocks: Block[];
}

/** A card as a message: pure and total, whatever stands in it. A film is not in it: that is a file of its own. */
export const render = (card: Card, rendering: Rendering): Rendered => ({
  text: inWords(card),
  blocks: fitting(blocksOf(card, rendering), limits.blocksInMessage),
});

/** The blocks of a card. Its buttons are told apart from `first` on, where several cards share a surface. */
export function blocksOf(card: Card, rendering: Rendering, first = 0): Block[] {
  const number = counter(first);
  const plan = rendering.rich && card.progress.length > 0;
  const title = isSentence(card) ? blocks.paragraphs(card.title) : blocks.heading(card.title);
  const all = [
    ...(plan ? planOf(card) : title),
    ...columnsOf(card),
    ...card.text.flatMap(blocks.paragraphs),
    ...linkOf(card, rendering),
    ...card.items.flatMap((item) => itemOf(item, rendering, number)),
    ...factsOf(card, rendering),
    ...(plan ? [] : linesOf(card)),
    ...choicesOf(card, rendering, number),
    ...blocks.actions(card.buttons.flatMap((button) => buttonOf(button, rendering, number))),
    ...blocks.context(card.footer),
  ];
  return all.length > 0 ? all : [blocks.section('…')];
}

/** Said, not shown: a headline would shout it. */
const isSentence = ({ columns, text, fields, items, progress, choices, images, film }: Card): boolean =>
  film === null && [columns, text, fields, items, progress, choices, images].every((all) => all.length === 0);

/** Slack refuses a message that has too many; the last ones are its buttons and its small print. */
function fitting(all: readonly Block[], most: number): Block[] {
  if (all.length <= most) return [...all];
  const end = all.slice(-3);
  return [...all.slice(0, most - end.length - 1), ...blocks.context('… and more than fits here.'), ...end];
}

/** The first letters are what a phone shows on its locked screen. Whoever is named is called here as well. */
function inWords({ title, columns, text, fields, items, progress, choices }: Card): string {
  const said = [
    title,
    ...columns.map(({ name, text: words }) => `${name}: ${words}`),
    ...text,
    ...fields.map(inOneLine),
    ...items.map((item) => `${item.title}: ${item.text}`),
    ...progress.map(({ label }) => label),
    ...choices.map(({ label, chosen }) => (chosen ? `${label} (chosen)` : label)),
  ];
  const lines = said.map((line) => (typeof line === 'string' ? { words: line, called: '' } : line));
  return within(limits.longestText, lines) || '…';
}

function inOneLine(field: Field): { words: string; called: string } {
  const called = blocks.called(field);
  return { words: `${field.name}: ${field.value}${called && field.value && ';'}`, called };
}

/** Line below line as far as there is room; a mention is never cut. */
function within(most: number, lines: readonly { words: string; called: string }[]): string {
  let said = '';
  for (const { words, called } of lines) {
    const start = said ? '\n' : '';
    const end = called && ` ${called}`;
    const line = escaped(words, most - said.length - start.length - end.length);
    if (line) said += start + line + end;
  }
  return said;
}

/** Two of them stand beside each other on a wide screen and below each other on a phone. */
function columnsOf({ columns }: Card): Block[] {
  const named = columns.filter(({ name, text }) => plainly(`${name}${text}`, limits.longestField));
  const isWhole = named.every(({ name, text }) => name.length + text.length < limits.longestColumn);
  if (!isWhole)
    return named.flatMap(({ name, text }) => [
      ...blocks.lines([`*${escaped(name, limits.longestCardTitle)}*`]),
      ...blocks.paragraphs(text),
    ]);
  return blocks.chunks(named, 2).map((pair) => ({
    type: 'section',
    fields: pair.map(({ name, text }) => blocks.mrkdwn(above(name, text))),
  }));
}

const above = (name: string, text: string): string =>
  `*${escaped(name, limits.longestCardTitle)}*\n${escaped(text, limits.longestField - limits.longestCardTitle - 3)}`;

function linkOf({ link }: Card, { address }: Rendering): Block[] {
  const url = link && address(link);
  return url ? [blocks.section(`<${url}|Open the whole film>`)] : [];
}

/** What is known, line by line, with the first picture beside it. */
function factsOf({ fields, images }: Card, { picture }: Rendering): Block[] {
  const facts = blocks.lines(fields.map(blocks.labelled));
  const shown = images.flatMap((file) => {
    const source = picture(file);
    return source ? [{ source, alt: file.title }] : [];
  });
  const [first, ...rest] = shown;
  const [fact, ...more] = facts;
  const beside: Block[] =
    first && fact ? [{ ...fact, accessory: blocks.imageElement(first.source, first.alt) }, ...more] : facts;
  const below = first && fact ? rest : shown;
  return [...beside, ...below.map(({ source, alt }) => blocks.imageBlock(source, alt))];
}

function itemOf(item: Item, rendering: Rendering, number: Counter): Block[] {
  const { title, text, image, place, menu, buttons } = item;
  const source = image && rendering.picture(image);
  const url = place === null ? null : rendering.link(place);
  const link = url ? `\n<${url}|Open the conversation>` : '';
  const words = `*${escaped(title, limits.longestCardTitle) || '…'}*\n${escaped(text, limits.longestField)}`;
  const line = blocks.section(words.trimEnd() + link);
  const pressable = [
    ...(menu ? menuOf(menu, rendering) : []),
    ...buttons.flatMap((button) => buttonOf(button, rendering, number)),
  ];
  return [
    source && image ? { ...line, accessory: blocks.imageElement(source, image.title) } : line,
    ...blocks.actions(pressable),
  ];
}
