import type { types } from '@slack/bolt';
import type { Button, Card, CardFile, Choice, Item } from '../card.ts';
import type { Block, Source } from './blocks.ts';
import * as blocks from './blocks.ts';
import { encodeButton, encodeMenu } from './button.ts';
import * as limits from './limits.ts';
import { linesOf, planOf } from './progress.ts';
import { escaped, plainly } from './text.ts';

/** What a card needs to be shown in Slack. */
export interface Rendering {
  /** Whom the buttons speak to; null leaves them out. */
  campaign: string | null;
  /** Where Slack's clients get a picture from; null while there is no such place. */
  picture(file: CardFile): Source | null;
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
  const isSentence = !card.columns.length && !card.text.length && !card.fields.length && !card.items.length;
  const plan = rendering.rich && card.progress.length > 0;
  const title = isSentence && !card.film ? blocks.paragraphs(card.title) : blocks.heading(card.title);
  const all = [
    ...(plan ? planOf(card) : title),
    ...columnsOf(card),
    ...card.text.flatMap(blocks.paragraphs),
    ...factsOf(card, rendering),
    ...card.items.flatMap((item) => itemOf(item, rendering, number)),
    ...(plan ? [] : linesOf(card)),
    ...choicesOf(card, rendering, number),
    ...blocks.actions(card.buttons.flatMap((button) => buttonOf(button, rendering, number))),
    ...blocks.context(card.footer),
  ];
  return all.length > 0 ? all : [blocks.section('…')];
}

type Counter = () => number;
const counter = (from: number): Counter => {
  let n = from;
  return () => n++;
};

/** Slack refuses a message that has too many; the last ones are its buttons and its small print. */
function fitting(all: readonly Block[], most: number): Block[] {
  if (all.length <= most) return [...all];
  const end = all.slice(-3);
  return [...all.slice(0, most - end.length - 1), ...blocks.context('… and more than fits here.'), ...end];
}

/** The first letters are what a phone shows on its locked screen. */
function inWords({ title, columns, text, fields, items, progress, choices }: Card): string {
  const said = [
    title,
    ...columns.map(({ name, text: words }) => `${name}: ${words}`),
    ...text,
    ...fields.map(({ name, value }) => `${name}: ${value}`),
    ...items.map((item) => `${item.title}: ${item.text}`),
    ...progress.map(({ label }) => label),
    ...choices.map(({ label, chosen }) => (chosen ? `${label} (chosen)` : label)),
  ];
  return escaped(said.filter(Boolean).join('\n'), limits.longestText) || '…';
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

function menuOf(menu: NonNullable<Item['menu']>, { campaign }: Rendering): types.StaticSelect[] {
  const packed = campaign && encodeMenu(menu, campaign);
  if (!packed) return [];
  const options = menu.options.slice(0, limits.optionsInSelect).map(({ value, label }) => ({
    text: blocks.plain(label, limits.longestOption),
    value,
  }));
  const initial = options.find(({ value }) => value === menu.chosen);
  return [
    {
      type: 'static_select',
      ...packed,
      placeholder: blocks.plain(menu.label, limits.longestPlaceholder),
      options,
      ...(initial && { initial_option: initial }),
    },
  ];
}

function buttonOf(
  button: Pick<Button, 'label' | 'style' | 'does' | 'asks'>,
  { campaign }: Rendering,
  number: Counter,
): types.Button[] {
  const packed = campaign && encodeButton(button, campaign, number());
  if (!packed) return [];
  const { label, style, asks } = button;
  const isFinal = style === 'danger' && !asks;
  return [
    {
      type: 'button',
      text: blocks.plain(asks ? `${label} …` : label, limits.longestButton),
      ...packed,
      ...(style !== 'plain' && { style }),
      ...(isFinal && { confirm: confirmed(label) }),
    },
  ];
}

/** A thumb slips. */
const confirmed = (label: string): types.ConfirmationDialog => ({
  title: blocks.plain(`${label}?`, limits.confirmTitle),
  text: blocks.plain('This cannot be taken back.', limits.confirmText),
  confirm: blocks.plain('Yes', limits.confirmButton),
  deny: blocks.plain('No, go back', limits.confirmButton),
});

interface Picked extends Choice {
  source: Source;
}

function choicesOf({ choices }: Card, rendering: Rendering, number: Counter): Block[] {
  const shown = choices.flatMap((choice): Picked[] => {
    const source = rendering.picture(choice.image);
    return source ? [{ ...choice, source }] : [];
  });
  const unseen = choices.filter((choice) => rendering.picture(choice.image) === null);
  const waiting = unseen.length > 0 ? blocks.lines(unseen.map(({ label }) => escaped(label, 200))) : [];
  const seen = rendering.rich ? carousel(shown, rendering, number) : grid(shown, rendering, number);
  return [...seen, ...waiting];
}

const choose = ({ label, does, chosen }: Choice, rendering: Rendering, number: Counter, short: boolean) =>
  buttonOf(
    {
      label: short ? (chosen ? 'Chosen ✓' : 'Choose') : `${chosen ? '✓' : 'Choose'} ${label}`,
      style: chosen ? 'primary' : 'plain',
      does,
    },
    rendering,
    number,
  );

/** Sideways, each with its own button. */
const carousel = (choices: readonly Picked[], rendering: Rendering, number: Counter): Block[] =>
  blocks.chunks(choices, limits.cardsInCarousel).map((some) => ({
    type: 'carousel',
    elements: some.map((choice) => {
      const pressable = choose(choice, rendering, number, true);
      return {
        type: 'card' as const,
        hero_image: blocks.imageElement(choice.source, choice.image.title),
        title: blocks.mrkdwn(escaped(choice.label, limits.longestCardTitle) || '…'),
        ...(pressable.length > 0 && { actions: pressable }),
      };
    }),
  }));

/** Below each other, with all buttons in one row. */
const grid = (choices: readonly Picked[], rendering: Rendering, number: Counter): Block[] => [
  ...choices.map(({ source, image, label, chosen }) => ({
    ...blocks.imageBlock(source, image.title),
    title: blocks.plain(chosen ? `${label} ✓` : label, limits.longestAlt),
  })),
  ...blocks.actions(choices.flatMap((choice) => choose(choice, rendering, number, false))),
];
