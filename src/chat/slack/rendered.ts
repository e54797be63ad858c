import type { Card } from '../card.ts';
import { blocksInMessage } from './limits.ts';
import { type Link, linkTo } from './links.ts';
import { noPictures } from './pictures.ts';
import { blocksOf, type Rendering, render } from './render.ts';
import type { Content } from './send.ts';

const nowhere = () => null;

/** A card as a message; `rich` may use what not every client shows. */
export const rendered = (
  card: Card,
  campaign: string | null,
  {
    picture = noPictures,
    address = nowhere,
    rich = true,
  }: Partial<Pick<Rendering, 'picture' | 'address' | 'rich'>> = {},
): Content => render(card, { campaign, picture, address, link: linkTo, rich });

/** Several cards in one message, as an answer to one person. */
export function renderedTogether(
  cards: readonly Card[],
  campaign: string | null,
  link: Link = linkTo,
): Content {
  const rendering: Rendering = {
    ...{ campaign, picture: noPictures, address: nowhere },
    ...{ link, rich: false },
  };
  const blocks = cards.flatMap((card, n) => blocksOf(card, rendering, n * blocksInMessage));
  return {
    text: cards.map((card) => render(card, rendering).text).join('\n'),
    blocks: blocks.slice(0, blocksInMessage),
  };
}
