import type { Micros } from '../campaign/money.ts';
import type { Reading, Refinement } from '../campaign/prompt.ts';

/** A picture of the campaign. */
export interface RefineReference {
  name: string;
  purpose: string;
  /** How the wording may name it (`campaign/mention.ts`); null where no model is given it beside the words. */
  tag: string | null;
  /** A small JPEG of it, where it can be shown. */
  picture: Buffer | null;
}

export interface FilmLimits {
  /** Its name. */
  model: string;
  /** Characters of a motion prompt that it takes at most. */
  characters: number;
  /** Whether it starts from a picture that shows the scene already. */
  fromPicture: boolean;
}

export interface RefineOrder {
  /** The person's own words, as they came. */
  words: string;
  template: string | null;
  platform: string | null;
  product: string | null;
  tagline: string | null;
  description: string | null;
  musts: readonly string[];
  mustNots: readonly string[];
  /** How the brand speaks, in its own words; null where nobody said. */
  voice: string | null;
  /** Everything asked for since, oldest first; the last one is new. */
  notes: readonly string[];
  /** The wording that `notes` speak about, or null for the first. */
  previous: { still: string; motion: string } | null;
  references: readonly RefineReference[];
  /** What will film it, as far as it matters to the wording; null where nothing can just now. */
  film: FilmLimits | null;
  colours: readonly string[];
  seconds: number;
  aspect: string;
  /** Chosen once per campaign; varies the kind of shot. */
  seed: number;
}

export interface ReadOrder {
  words: string;
  phase: string;
  /** What the person was asked and has not answered; a plain answer is that meaning. */
  asked?: 'product' | 'tagline' | 'description' | 'platform' | null;
  /** How many stills are on offer now. */
  stills: number;
}

/**
 * Understands and words. Both verbs answer in a schema (`campaign/prompt.ts`) and can be repeated freely.
 * Throws TryLater, or Never(`moderation-input` | `provider-error`).
 */
export interface LanguageProvider {
  refine(order: RefineOrder, signal: AbortSignal, charged?: Charged): Promise<Refinement>;
  read(order: ReadOrder, signal: AbortSignal, charged?: Charged): Promise<Reading>;
}

/** Told what each answer costs, usable or not, as soon as it is there; never where it is free. */
export type Charged = (micros: Micros) => void;
