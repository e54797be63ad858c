import type { Button, Card, Item } from '../card.ts';

/** A card as a terminal has room for it: columns below each other, and lists as fields, files and buttons. */
export function plainly(card: Card): Card {
  const { columns, items } = card;
  return {
    ...card,
    columns: [],
    items: [],
    text: [...columns.map(({ name, text }) => `${name}: ${text}`), ...card.text],
    fields: [...card.fields, ...items.map(fieldOf)],
    images: [...card.images, ...items.flatMap(({ image }) => image ?? [])],
    buttons: [...card.buttons, ...items.flatMap(buttonsOf)],
  };
}

const fieldOf = ({ title, text, place }: Item): Card['fields'][number] => ({
  name: title,
  value: place === null ? text : `${text} · in ${place.replace(/^[^:]*:/, '')}`,
});

const buttonsOf = ({ title, buttons }: Item): Button[] =>
  buttons.map((button) => ({ ...button, label: `${button.label} ${title}` }));
