/** What a wish means on a set, for the still and for the film. */
interface Staging {
  still: string;
  motion: string;
}

export const wishNames = [
  'darker',
  'brighter',
  'slower',
  'faster',
  'warmer',
  'colder',
  'dramatic',
  'soft',
  'minimal',
  'rich',
  'neon',
  'cinematic',
] as const;
export type WishName = (typeof wishNames)[number];

/** One language's words for a shot. Arrays are chosen from by seed. */
export interface Phrases {
  shots: readonly string[];
  cameras: readonly string[];
  light: string;
  wishes: Record<WishName, Staging>;
  templates: Record<'brand-animation' | 'product-showcase' | 'social-media', Staging>;
  subject: (product: string) => string;
  must: (things: string) => string;
  without: (thing: string) => string;
  reference: (names: string, purpose: string) => string;
  palette: (colours: string) => string;
  why: (shot: string, wishes: string) => string;
  names: Record<WishName, string>;
  stop: string;
}
