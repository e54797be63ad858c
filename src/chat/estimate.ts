import { inDollars } from '../campaign/money.ts';
import type { TakeOffer } from '../campaign/offer.ts';

/** "ready in about 90 s": said of every wait, which beside the length of a clip would read as one. */
export const readyIn = (seconds: number): string => `ready in about ${Math.round(seconds)} s`;

/** "about $1.20"; where a still comes first, what each costs. */
export function aboutPrice({ price, first }: Pick<TakeOffer, 'price' | 'first'>): string {
  const both = first ? ` (still ${inDollars(first.price)}, film ${inDollars(price - first.price)})` : '';
  return `about ${inDollars(price)}${both}`;
}
