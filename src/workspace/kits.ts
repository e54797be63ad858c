import { z } from 'zod';
import { BrandKit, type Brands, KitLogo, remembered } from '../campaign/brand-kit.ts';
import { Brought } from '../campaign/reference.ts';
import type { Workspace } from './workspace.ts';

/** A logo on its way in. `place`: where `person`, who brought it, hears what became of it. */
const Coming = z.object({
  logo: z.string(),
  name: z.string(),
  source: Brought,
  person: z.string(),
  place: z.string(),
});

/** A kit as its workspace keeps it. */
export interface KeptKit extends BrandKit {
  coming: z.infer<typeof Coming> | null;
  /** Why the newest logo was not taken. */
  refused: { name: string; code: string } | null;
}

const at = z.int();
const kit = z.string();
const logo = z.string();

/** Facts about the kits of a workspace. */
export const kitShapes = {
  'kit.kept': z.object({ at, person: z.string(), kit: BrandKit.omit({ logo: true }) }),
  'kit.dropped': z.object({ at, person: z.string(), kit }),
  /** The one that is taken where nobody says otherwise; null: none. */
  'kit.preferred': z.object({ at, person: z.string(), kit: kit.nullable() }),
  'logo.offered': Coming.extend({ at, kit }),
  'logo.taken': z.object({ at, kit, logo, revision: z.int().positive(), taken: KitLogo }),
  'logo.refused': z.object({ at, kit, logo, code: z.string() }),
  /** It is there no more, nor is one that was on its way. */
  'logo.removed': z.object({ at, person: z.string(), kit, revision: z.int().positive() }),
} as const;

/** What campaigns are told of the kits of their workspace. */
export const brandsOf = ({ kits, usualKit: usual }: Workspace): Brands & { kits: readonly KeptKit[] } => ({
  kits: kits.map(remembered),
  usual,
});
