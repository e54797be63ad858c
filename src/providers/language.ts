import type { Reading, Refinement } from '../campaign/prompt.ts';

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
  /** Everything asked for since, oldest first; the last one is new. */
  notes: readonly string[];
  /** The wording that `notes` speak about, or null for the first. */
  previous: { still: string; motion: string } | null;
  references: readonly { name: string; purpose: string }[];
  /** The first of the references, in their order, small enough to be looked at. */
  pictures: readonly { mime: string; bytes: Uint8Array }[];
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
  refine(order: RefineOrder, signal: AbortSignal): Promise<Refinement>;
  read(order: ReadOrder, signal: AbortSignal): Promise<Reading>;
}
