import type { Aspect } from '../campaign/model.ts';
import type { FailureReason, Underway } from '../campaign/take.ts';

/** Why a provider made nothing. The words for people are in `chat/wording.ts`; provider text never reaches them. */
type Failure = Exclude<FailureReason, 'garbage' | 'finishing' | 'lost'>;

/** The brand, as far as a model may see it. */
export interface Look {
  /** `#rrggbb`, the most important first; may be empty. */
  colours: readonly string[];
  title: string;
  tagline: string;
}

export interface TakeOrder {
  /** Names this purchase: `find` looks for it. A new attempt has a new tag. */
  tag: string;
  model: string;
  prompt: string;
  seconds: number;
  aspect: Aspect;
  seed: number;
  look: Look;
  /** The first frame, a PNG or JPEG on disk. */
  still: string | null;
}

export type Progress =
  | Underway
  | { state: 'succeeded'; output: string; cost: number }
  | { state: 'failed'; reason: Failure; cost: number }
  | { state: 'canceled'; cost: number };

/**
 * Makes film, in the manner of every provider we know: an order is accepted, watched, and fetched.
 * `create` sends one paid request and never repeats it; it throws Never(Failure), TryLater with `sent: false`
 * (nothing was accepted) or TryLater with `sent: true` (nobody knows: look with `find`).
 */
export interface VideoProvider {
  create(order: TakeOrder, signal: AbortSignal): Promise<{ prediction: string }>;
  /** The prediction bought under this tag; `absent` only where that is proven. */
  find(tag: string): Promise<{ prediction: string } | 'absent' | 'unknown'>;
  watch(prediction: string): Promise<Progress>;
  /** Resolves once the provider has taken note; `watch` then tells how it ended. */
  cancel(prediction: string): Promise<void>;
  /** The finished file's bytes; `output` is what `watch` gave. */
  fetch(output: string, signal: AbortSignal): Promise<NodeJS.ReadableStream>;
}
