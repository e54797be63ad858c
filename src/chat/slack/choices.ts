import type { Card, Choice } from '../card.ts';
import type { Block, Source } from './blocks.ts';
import * as blocks from './blocks.ts';
import * as limits from './limits.ts';
import { buttonOf, type Counter } from './pressable.ts';
import type { Rendering } from './render.ts';
import { escaped } from './text.ts';

interface Picked extends Choice {
  source: Source;
}

/** Pictures of which one is chosen; what has no picture (any more) is named, and can be chosen all the same. */
export function choicesOf({ choices }: Card, rendering: Rendering, number: Counter): Block[] {
  const shown = choices.flatMap((choice): Picked[] => {
    const source = rendering.picture(choice.image);
    return source ? [{ ...choice, source }] : [];
  });
  const unseen = choices.filter((choice) => rendering.picture(choice.image) === null);
  const named = blocks.lines(unseen.map(({ label }) => escaped(label, 200)));
  const byName = blocks.actions(unseen.flatMap((choice) => choose(choice, rendering, number, false)));
  const seen = rendering.rich ? carousel(shown, rendering, number) : grid(shown, rendering, number);
  return [...seen, ...named, ...byName];
}

const choose = ({ label, does, chosen }: Choice, rendering: Rendering, number: Counter, short: boolean) =>
  does
    ? buttonOf(
        {
          label: short ? (chosen ? 'Chosen ✓' : 'Choose') : `${chosen ? '✓' : 'Choose'} ${label}`,
          style: chosen ? 'primary' : 'plain',
          does,
        },
        rendering,
        number,
      )
    : [];

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
