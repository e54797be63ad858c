import { z } from 'zod';
import type { Picture } from './file.ts';

export const Purpose = z.enum(['logo', 'product', 'style', 'subject']);
export type Purpose = z.infer<typeof Purpose>;

/** Where a reference comes from: `attachment` is the platform's own word for the file, only its adapter reads it. */
export const Source = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('attachment'), attachment: z.string() }),
  z.object({ kind: z.literal('link'), url: z.string() }),
]);
export type Source = z.infer<typeof Source>;

export const Offer = z.object({ name: z.string(), purpose: Purpose.nullable(), source: Source });
export type Offer = z.infer<typeof Offer>;

/** An image a person supplied to steer the look, with its purpose. */
export interface Reference {
  id: string;
  name: string;
  purpose: Purpose;
  source: Source;
  state: 'fetching' | 'ready' | 'refused' | 'removed';
  picture: Picture | null;
  /** What was done to it or should be known: `small`, `animated-first-frame` … */
  notes: readonly string[];
  /** `#rrggbb`, the most important first. */
  palette: readonly string[];
  /** Why it was refused. */
  code: string | null;
  at: number;
}

export const mostReferences = 10;

/** A file called logo, or the first picture of all, is taken for the logo unless the person says otherwise. */
export function purposeOf(offer: Offer, isFirst: boolean): Purpose {
  if (offer.purpose) return offer.purpose;
  if (/logo|brand|marke|icon|wordmark/i.test(offer.name)) return 'logo';
  if (/\.svg$/i.test(offer.name)) return 'logo';
  return isFirst ? 'logo' : 'style';
}
