import type { APIContainerComponent } from '@discordjs/core';
import type { Card } from '../card.ts';
import type { Buttons } from './button.ts';
import { type Rendering, render } from './render.ts';

/** Where nothing is attached and nothing is linked. */
export const bare: Omit<Rendering, 'campaign' | 'marker'> = { media: () => null, talk: false, links: [] };

/** Cards as one message for one person; what stands behind their buttons is kept first. */
export async function renderedFor(
  cards: readonly Card[],
  { campaign, workspace }: { campaign: string | null; workspace: string },
  buttons: Buttons,
): Promise<APIContainerComponent[]> {
  const [first, ...others] = cards;
  if (!first) return [];
  const { container, pressables } = render(joined(first, others), { ...bare, campaign, marker: 1 });
  await buttons.keepAll(pressables, workspace);
  return [container];
}

/** Several answers as one card: Discord counts text and components of a whole message. */
const joined = (first: Card, others: readonly Card[]): Card => ({
  ...first,
  text: [...first.text, ...others.flatMap(({ title, text }) => [title, ...text])],
  fields: [...first.fields, ...others.flatMap(({ fields }) => fields)],
  items: [...first.items, ...others.flatMap(({ items }) => items)],
  buttons: [...first.buttons, ...others.flatMap(({ buttons }) => buttons)],
});
