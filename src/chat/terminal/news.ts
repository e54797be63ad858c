import { isDeepStrictEqual } from 'node:util';
import type { Card } from '../card.ts';
import { pressables } from './desk.ts';
import { type Drawing, progressWords, renderBody, renderTitle } from './render.ts';

/** Progress that ended is said at once, however short ago the line before was. */
export const isFinal = ({ progress }: Card): boolean =>
  progress.length > 0 && progress.every(({ state }) => state === 'done' || state === 'failed');

export const isMoving = ({ progress }: Card): boolean =>
  progress.some(({ state }) => state === 'running' || state === 'waiting');

/** What is said of a card by now: pictures that arrive one by one are held back until all are there. */
export const sayable = (said: Card, next: Card): Card =>
  isMoving(next) && isDeepStrictEqual(said.buttons, next.buttons) ? { ...next, choices: said.choices } : next;

/** What an edited card says that it did not say before: whole paragraphs, fields and lists, never a part of one. */
export function newsIn(before: Card, after: Card, drawing: Drawing): string[] {
  const steps = newTo(rowsOf(before), rowsOf(after)).map((row) => `◦ ${row}`);
  const known = new Set(before.choices.map(({ image }) => image.key));
  const body = renderBody(changed(before, after), { ...drawing, known }).filter(Boolean);
  if (steps.length > 0) return [...steps, ...body];
  return body.length > 0 || before.title !== after.title
    ? [...renderTitle(after, '◦', drawing), ...body]
    : [];
}

const rowsOf = (card: Card): string[] => card.progress.map((row) => progressWords(card, row));

const newTo = <T>(known: readonly T[], all: readonly T[]): T[] =>
  all.filter((one) => !known.some((other) => isDeepStrictEqual(one, other)));

/** What can be pressed is numbered through, so it is said as a whole. */
function changed(before: Card, after: Card): Card {
  const isSame = isDeepStrictEqual(shownOf(before), shownOf(after));
  const { choices, buttons } = isSame ? { choices: [], buttons: [] } : after;
  return {
    ...{ title: after.title, columns: [], items: [], progress: [], choices, buttons },
    text: newTo(before.text, after.text),
    fields: newTo(before.fields, after.fields),
    images: newTo(before.images, after.images),
    film: isDeepStrictEqual(before.film, after.film) ? null : after.film,
    link: isDeepStrictEqual(before.link, after.link) ? null : after.link,
    footer: before.footer === after.footer ? '' : after.footer,
  };
}

const shownOf = (card: Card): unknown[] =>
  pressables(card).map((one) => ('image' in one ? [one.label, one.chosen, one.image.key] : one.label));
