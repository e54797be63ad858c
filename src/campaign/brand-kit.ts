import { z } from 'zod';
import { Picture } from './file.ts';
import { Offer } from './reference.ts';
import { type Refusal, refuse } from './refusal.ts';
import { forgotten } from './words.ts';

const words = z.string();

/** The logo of a kit: the file as we keep it, and what it was called when it came. */
export const KitLogo = z.object({
  name: z.string(),
  picture: Picture,
  notes: z.array(z.string()),
  /** `#rrggbb`, the most important first. */
  palette: z.array(z.string()),
});
export type KitLogo = z.infer<typeof KitLogo>;

/** A brand's standing material, as of one revision: every change makes the next. */
export const BrandKit = z.object({
  id: z.string(),
  name: z.string(),
  revision: z.int().positive(),
  logo: KitLogo.nullable(),
  /** `#rrggbb`, the most important first. */
  colours: z.array(z.string()),
  /** How the brand speaks, in a sentence or two. */
  voice: z.object({ words }).nullable(),
  /** What is never to be shown. */
  bans: z.array(z.object({ words })),
});
export type BrandKit = z.infer<typeof BrandKit>;

/** Which kit a paid take was made with. */
export const KitPin = BrandKit.pick({ id: true, name: true, revision: true });
export type KitPin = z.infer<typeof KitPin>;

/** The kits of a workspace, by name, and which is taken where nobody says otherwise. */
export interface Brands {
  kits: readonly BrandKit[];
  usual: string | null;
}

export const noBrands: Brands = { kits: [], usual: null };

/**
 * A wish about a kit. `kit`: which one, by its id; null: whichever has this name, or a new one; `fresh`: only a new one.
 * What is left out stays as it was; `logo` null: it is taken out. `place`: where whoever asked hears what became of the logo.
 */
export const KitIntent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('keep-kit'),
    kit: z.string().nullable(),
    fresh: z.boolean().optional(),
    name: z.string(),
    colours: z.array(z.string()).optional(),
    voice: z.string().optional(),
    bans: z.array(z.string()).optional(),
    usual: z.boolean().optional(),
    logo: Offer.nullable().optional(),
    place: z.string(),
  }),
  /** By its id or its name. */
  z.object({ type: z.literal('drop-kit'), kit: z.string() }),
]);
export type KitIntent = z.infer<typeof KitIntent>;
export type KitIntentOf<T extends KitIntent['type']> = Extract<KitIntent, { type: T }>;

/** What a job reports of a kit's logo. */
export type LogoOutcome =
  | ({ type: 'logo.fetched'; kit: string; logo: string } & Omit<KitLogo, 'name'>)
  | { type: 'logo.refused'; kit: string; logo: string; code: string };

/** Names are compared as people read them. */
export const sameName = (a: string, b: string): boolean => plainName(a) === plainName(b);
const plainName = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** Instead of a name: no kit at all. */
export const isNone = (name: string): boolean => /^(?:none|no|without|-)$/i.test(name.trim());

export const kitCalled = <K extends BrandKit>(kits: readonly K[], which: string): K | undefined =>
  kits.find(({ id }) => id === which) ?? kits.find(({ name }) => sameName(name, which));

/** `forVideo`: it was asked for as that of a video. */
export const kitUnknown = (given: string, kits: readonly BrandKit[], forVideo = false): Refusal =>
  refuse('kit-unknown', { given, known: kits.map(({ name }) => name).join(', '), forVideo });

/** A kit without what was forgotten of it. */
export const remembered = <K extends BrandKit>(kit: K): K => ({
  ...kit,
  voice: kit.voice?.words === forgotten ? null : kit.voice,
  bans: kit.bans.filter((ban) => ban.words !== forgotten),
});
