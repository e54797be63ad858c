import { z } from 'zod';
import type { Picture } from './file.ts';

/** What a picture is for: laid over the film, followed by the model, or one of the film's own frames. */
export const Purpose = z.enum(['logo', 'product', 'style', 'subject', 'first-frame', 'last-frame']);
export type Purpose = z.infer<typeof Purpose>;

/** A model follows these, the most important first. The logo is composited, and a frame is no reference. */
const steering: readonly Purpose[] = ['product', 'subject', 'style'];

/** The references a model is to follow, the most important first. */
export const steeringOf = <R extends { purpose: Purpose }>(references: readonly R[]): R[] =>
  references
    .filter(({ purpose }) => steering.includes(purpose))
    .sort((a, b) => steering.indexOf(a.purpose) - steering.indexOf(b.purpose));

/** Where a reference comes from: `attachment` is the platform's own word for the file, only its adapter reads it. */
export const Brought = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('attachment'), attachment: z.string() }),
  z.object({ kind: z.literal('link'), url: z.string() }),
]);
export type Brought = z.infer<typeof Brought>;

/** The same, or lent by a brand kit, whose file it stays. */
export const Source = z.union([Brought, z.object({ kind: z.literal('kit'), kit: z.string() })]);
export type Source = z.infer<typeof Source>;

export const Offer = z.object({ name: z.string(), purpose: Purpose.nullable(), source: Brought });
export type Offer = z.infer<typeof Offer>;

/** An image a person supplied to steer the look, with its purpose. */
export interface Reference {
  id: string;
  name: string;
  purpose: Purpose;
  /** Nobody said what it is for: what it looks like may tell better. */
  guessed: boolean;
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

const named: readonly (readonly [Purpose, RegExp])[] = [
  ['first-frame', /(?:first|start(?:ing)?)[\s_-]*(?:frame|image)/i],
  ['last-frame', /(?:last|end(?:ing)?)[\s_-]*(?:frame|image)/i],
  ['product', /product|packshot/i],
];

/** A file says by its name what it is for; the first picture of all is the logo unless it says otherwise. */
export const purposeOf = (offer: Offer, isFirst: boolean): Purpose =>
  saidPurpose(offer) ?? (isFirst ? 'logo' : 'style');

/** What whoever brought it, or its name, says that it is for. */
export function saidPurpose({ purpose, name }: Offer): Purpose | null {
  if (purpose) return purpose;
  if (/logo|brand|marke|icon|wordmark|\.svg$/i.test(name)) return 'logo';
  return named.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}
