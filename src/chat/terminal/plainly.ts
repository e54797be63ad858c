import type { Button, Card, Field, Item } from '../card.ts';

/** A card as a terminal has room for it: columns below each other, and lists as fields, files and buttons. */
export function plainly(card: Card): Card {
  const { columns, items } = card;
  return {
    ...card,
    columns: [],
    items: [],
    text: [...columns.map(({ name, text }) => `${name}: ${text}`), ...card.text],
    fields: [...card.fields.map(withNames), ...items.map(fieldOf)],
    images: [...card.images, ...items.flatMap(({ image }) => image ?? [])],
    buttons: [...card.buttons, ...items.flatMap(buttonsOf)],
  };
}

const withNames = ({ name, value, people = [], groups = [] }: Field): Field => ({
  name,
  value: [[...people, ...groups].join(', '), value].filter(Boolean).join('; '),
});

const fieldOf = ({ title, text, place }: Item): Field => ({
  name: title,
  value: place === null ? text : `${text} · in ${place.replace(/^[^:]*:/, '')}`,
});

const buttonsOf = ({ title, buttons }: Item): Button[] =>
  buttons.map((button) => ({ ...button, label: `${button.label} ${title}` }));
