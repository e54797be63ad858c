import type { Aspect } from '../campaign/model.ts';
import type { Purpose } from '../campaign/reference.ts';
import type { FailureReason, Underway } from '../campaign/take.ts';

/** Why a provider made nothing. The words for people are in `chat/wording.ts`; provider text never reaches them. */
type Failure = Exclude<FailureReason, 'garbage' | 'finishing' | 'lost' | 'unchecked' | 'called-off'>;

/** The brand, as far as a model may see it. */
export interface Look {
  /** `#rrggbb`, the most important first; may be empty. */
  colours: readonly string[];
  title: string;
  tagline: string;
}

/** Handed to whatever sends a paid request. */
export interface Sending {
  signal: AbortSignal;
  /**
   * To be awaited right before the request leaves: confirms that the fence is still ours. Throws TryLater with
   * `sent: false` where it is not, or where confirming took so long that it may no longer be.
   */
  guard(): Promise<void>;
  /** Whether nobody wants any more what is being made: it is called back where that is possible. */
  unwanted?(): Promise<boolean>;
}

/**
 * What a provider can be asked afterwards about purchases nobody heard of: `at-once` knows all of them, `late` may
 * not list a new one for a while, `never` lists none.
 */
export type Memory = 'at-once' | 'late' | 'never';

export interface TakeOrder {
  /** Names this purchase: `find` looks for it. A new attempt has a new tag. */
  tag: string;
  model: string;
  prompt: string;
  seconds: number;
  aspect: Aspect;
  seed: number;
  look: Look;
  /** Without sound, also where the model usually makes some. */
  silent?: boolean;
  /** The first frame, a PNG or JPEG on disk. */
  still: string | null;
  /** The last frame, likewise, where the model takes one beside the first. */
  last?: string | null;
  /** Pictures to follow where the model takes them, on disk. */
  references: readonly { path: string; mime: string; purpose: Purpose }[];
}

/** A prediction in a provider's list. `isDead`: it failed or was called back. */
export interface Bought {
  prediction: string;
  model: string;
  isDead: boolean;
}

export type Progress =
  | Underway
  | { state: 'succeeded'; output: string; cost: number }
  | { state: 'failed'; reason: Failure; cost: number }
  | { state: 'canceled'; cost: number };

/** What a finished film may weigh, in bytes, and how many milliseconds it may take to arrive. */
export const filmLimits = { mostBytes: 512 * 1024 * 1024, timeout: 15 * 60_000 };

/**
 * Makes film, in the manner of every provider we know: an order is accepted, watched, and fetched.
 * `create` sends one paid request and never repeats it; it throws Never(Failure), TryLater with `sent: false`
 * (nothing was accepted) or TryLater with `sent: true` (nobody knows: look with `find`).
 */
export interface VideoProvider {
  create(order: TakeOrder, sending: Sending): Promise<{ prediction: string }>;
  memory: Memory;
  /**
   * The prediction bought with this order (without its files) since an instant in milliseconds; `absent` where
   * none is listed now, `unknown` where the list could not be read.
   */
  find(order: TakeOrder, since: number): Promise<{ prediction: string } | 'absent' | 'unknown'>;
  /**
   * Every prediction since an instant that was certainly bought with one of these orders (without their files), the
   * oldest first. Left out where it lists none. Throws TryLater.
   */
  bought?(orders: readonly TakeOrder[], since: number): Promise<Bought[]>;
  /** True where it says by itself that a prediction has ended: it need not be asked so often. */
  callsBack?: boolean;
  /**
   * Whether a prediction that somebody else names was bought with this order (without its files). Left out where
   * nobody ever does. Throws TryLater.
   */
  owns?(order: TakeOrder, prediction: string): Promise<boolean>;
  /** `price`, in micro-dollars, is what it should have cost, for a provider that cannot tell any more. */
  watch(prediction: string, price?: number): Promise<Progress>;
  /** Resolves once the provider has taken note; `watch` then tells how it ended. */
  cancel(prediction: string): Promise<void>;
  /** Brings the finished film into a new file on this machine; `output` is what `watch` gave. */
  fetch(output: string, file: string, signal: AbortSignal): Promise<void>;
}
