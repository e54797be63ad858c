import {
  type APIButtonComponent,
  type APIContainerComponent,
  type APISectionComponent,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from '@discordjs/core';
import { type Approvers, allNamed } from '../../campaign/policy.ts';
import type { Button, Card, CardFile, Field, Item, Progress } from '../card.ts';
import { plainly } from '../fitted.ts';
import { customId, idOf, type Pressable } from './button.ts';
import * as layout from './layout.ts';
import * as limits from './limits.ts';
import { isId } from './places.ts';
import { escaped, inLine } from './text.ts';

/** What a card needs to be shown in Discord. */
export interface Rendering {
  /** Whom the buttons speak to; null leaves them out. */
  campaign: string | null;
  /** Where Discord gets a picture or film from: an address, or `attachment://name`; null leaves it out. */
  media(file: CardFile): string | null;
  /** Names the message among all others. */
  marker: number;
  /** Where somebody may say something or bring pictures by a form. */
  talk: boolean;
  /** Addresses that are offered below, by their label. */
  links: readonly { label: string; url: string }[];
}

/** A message, and what stands behind its buttons. */
export interface Rendered {
  container: APIContainerComponent;
  pressables: ReadonlyMap<string, Pressable>;
  /** Whoever is to be called by it, when it is new. */
  called: Approvers;
}

/** Kept for what ends a card: its buttons and its small print. */
const reserved = { text: 300, parts: 12 };

const colours = { calm: 0x5b_61_d6, good: 0x3b_a5_5d, wait: 0xf0_b2_32, bad: 0xd8_3c_3e } as const;

/** A card as a message: pure and total, whatever stands in it. */
export function render(card: Card, rendering: Rendering): Rendered {
  const press = presses(rendering.campaign);
  const room = layout.roomOfMessage();
  const buttons = card.buttons.flatMap((one) => press.button(one));
  const ends = { ...reserved, parts: Math.min(reserved.parts, 2 + buttons.length * 2) };
  room.parts -= ends.parts;
  const parts: layout.Part[] = [...body(card, rendering, room, press)];
  room.parts += ends.parts;
  if (rendering.talk) buttons.push(...press.talk());
  const links = rendering.links
    .filter(({ url }) => url.length <= limits.longestLink)
    .map(({ label, url }) => layout.linkButton(label, url));
  layout.rows(parts, [...buttons, ...links], room);
  const footer = inLine(card.footer, reserved.text - 10);
  const small = room.parts > 0 && footer ? layout.words(`-# ${footer}`, room) : [];
  const all = [...parts, ...small];
  return {
    container: {
      type: ComponentType.Container,
      id: rendering.marker,
      accent_color: colours[moodOf(card)],
      components: all.length > 0 ? all : [{ type: ComponentType.TextDisplay, content: '…' }],
    },
    pressables: press.all,
    called: calledBy(card),
  };
}

function moodOf({ progress, buttons }: Card): keyof typeof colours {
  if (progress.some(({ state }) => state === 'failed')) return 'bad';
  if (progress.length > 0 && progress.every(({ state }) => state === 'done')) return 'good';
  return buttons.some(({ does }) => does.type === 'vote') ? 'wait' : 'calm';
}

function body(card: Card, rendering: Rendering, room: layout.Room, press: Presses): layout.Part[] {
  const parts: layout.Part[] = [];
  const add = (part: layout.Part) => layout.place(parts, part, room);
  const say = (text: string) => {
    for (const one of layout.words(text, room, reserved.text)) add(one);
  };
  const isSentence = !card.columns.length && !card.text.length && !card.fields.length && !card.items.length;
  say(titleOf(card, isSentence));
  for (const { name, text } of card.columns)
    say(
      [layout.bold(name, limits.longestTitle), escaped(text, limits.longestColumn)]
        .filter(Boolean)
        .join('\n'),
    );
  say(card.text.map((one) => escaped(one, limits.longestColumn)).join('\n\n'));
  say(card.fields.map(factOf).filter(Boolean).join('\n'));
  say(card.progress.map(progressLine).join('\n'));
  const film = card.film && rendering.media(card.film);
  if (card.film && film) add(layout.gallery([{ url: film, alt: card.film.title }]));
  showPictures(card, rendering, add);
  for (const item of card.items) addItem(item, rendering, { room, press, add });
  choose(card, rendering, { room, press, parts, add });
  return parts;
}

function titleOf({ title }: Card, isSentence: boolean): string {
  if (isSentence && title.length > limits.longestTitle) return escaped(title, limits.longestColumn);
  const words = inLine(title, limits.longestTitle);
  return words && (isSentence && title.length > 80 ? words : `### ${words}`);
}

const ids = (all: readonly string[]) => all.filter(isId).slice(0, 10);

/** Only whoever a field names: what people write calls nobody. */
const calledBy = ({ fields }: Card): Approvers =>
  allNamed(
    fields
      .filter(({ quiet }) => !quiet)
      .map(({ people = [], groups = [] }) => ({ people: ids(people), groups: ids(groups) })),
  );

/** People and roles by their names. */
function factOf({ name, value, people = [], groups = [] }: Field): string {
  const named = [...ids(people).map((id) => `<@${id}>`), ...ids(groups).map((id) => `<@&${id}>`)].join(' ');
  const said = [named, escaped(value, limits.longestValue)].filter(Boolean).join(' · ');
  return said && [layout.bold(name, 80), said].filter(Boolean).join('  ');
}

const cells = 12;
const signs: Record<Progress['state'], string> = { waiting: '◌', running: '◍', done: '✓', failed: '✗' };

function progressLine({ label, fraction, state }: Progress): string {
  const text = inLine(label, limits.longestItem);
  const known = state === 'running' && fraction !== null && !Number.isNaN(fraction);
  if (!known) return `${signs[state]} ${text}`;
  const part = Math.min(1, Math.max(0, fraction));
  const full = Math.round(part * cells);
  return `\`${'█'.repeat(full)}${'░'.repeat(cells - full)}\` ${Math.floor(part * 100)} %  ${text}`;
}

type Add = (part: layout.Part) => boolean;

/** What merely decorates; what is to be chosen from has numbers. */
function showPictures({ images }: Card, { media }: Rendering, add: Add): void {
  const shown = images.flatMap((file) => {
    const url = media(file);
    return url ? [{ url, alt: file.title }] : [];
  });
  if (shown.length > 0) add(layout.gallery(shown));
}

interface Page {
  room: layout.Room;
  press: Presses;
  add: Add;
}

function addItem(item: Item, { media }: Rendering, { room, press, add }: Page): void {
  const link = item.place === null ? null : /^discord:\d+\/(\d+)$/.exec(item.place)?.[1];
  const told = [
    layout.bold(item.title, limits.longestTitle),
    escaped(item.text, limits.longestItem),
    ...(link ? [`<#${link}>`] : []),
  ];
  const [text] = layout.words(told.filter(Boolean).join('\n'), room, reserved.text);
  if (!text) return;
  const url = item.image && media(item.image);
  const section: APISectionComponent | null =
    item.image && url
      ? {
          type: ComponentType.Section,
          components: [text],
          accessory: layout.thumbnail(url, item.image.title),
        }
      : null;
  if (!(section && add(section)) && !add(text)) return;
  if (item.menu)
    for (const menu of press.menu(item.menu)) add({ type: ComponentType.ActionRow, components: [menu] });
  const buttons = item.buttons.flatMap((one) => press.button(one)).slice(0, limits.buttonsInRow);
  if (buttons.length > 0) add({ type: ComponentType.ActionRow, components: buttons });
}

/** All pictures side by side, and a button for each below. */
function choose({ choices }: Card, { media }: Rendering, page: Page & { parts: layout.Part[] }): void {
  if (choices.length === 0) return;
  const shown = choices.flatMap(({ image, label }) => {
    const url = media(image);
    return url ? [{ url, alt: label }] : [];
  });
  if (shown.length > 0) page.add(layout.gallery(shown));
  const buttons = choices.flatMap(({ label, does, chosen }) =>
    does
      ? page.press.button({ label: chosen ? `${label} ✓` : label, style: chosen ? 'primary' : 'plain', does })
      : [],
  );
  layout.rows(page.parts, buttons, page.room);
}

const styles = {
  primary: ButtonStyle.Success,
  danger: ButtonStyle.Danger,
  plain: ButtonStyle.Secondary,
} as const satisfies Record<Button['style'], ButtonStyle>;

interface Presses {
  all: Map<string, Pressable>;
  button(button: Pick<Button, 'label' | 'style' | 'does' | 'asks'>): APIButtonComponent[];
  menu(menu: NonNullable<Item['menu']>): APIStringSelectComponent[];
  talk(): APIButtonComponent[];
}

/** Buttons and menus, each under a name of its own. */
function presses(campaign: string | null): Presses {
  const all = new Map<string, Pressable>();
  let n = 0;
  const named = (pressable: Pressable): string => {
    all.set(idOf(pressable), pressable);
    n += 1;
    return customId(pressable, n);
  };
  const button = (
    label: string,
    style: Button['style'],
    pressable: Omit<Pressable, 'campaign'>,
  ): APIButtonComponent[] =>
    campaign
      ? [
          {
            type: ComponentType.Button,
            style: styles[style],
            label: plainly(label.replace(/\s+/g, ' '), limits.longestButton) || '…',
            custom_id: named({ campaign, ...pressable }),
          },
        ]
      : [];
  return {
    all,
    button: ({ label, style, does, asks }) =>
      button(asks ? `${label} …` : label, style, {
        intent: does,
        ...(asks && { asks }),
        ...(does.type === 'vote' && asks && { files: true }),
      }),
    talk: () =>
      button('Say or add something …', 'plain', {
        intent: { type: 'say', words: '', references: [] },
        asks: { title: 'Say or add something', label: 'What should change?' },
        files: true,
      }),
    menu({ label, does, fills, options, chosen }) {
      if (!campaign || options.length === 0) return [];
      return [
        {
          type: ComponentType.StringSelect,
          custom_id: named({ campaign, intent: does, fills }),
          placeholder: plainly(label, limits.longestPlaceholder) || '…',
          options: options.slice(0, limits.optionsInSelect).map((one) => ({
            label: plainly(one.label, limits.longestOption) || '…',
            value: one.value,
            ...(one.value === chosen && { default: true }),
          })),
        },
      ];
    },
  };
}
