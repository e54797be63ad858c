import type { Aspect, StillQuality } from '../campaign/model.ts';
import type { Purpose } from '../campaign/reference.ts';
import type { Look, Memory, Sending } from './video.ts';

export interface StillOrder {
  /** Names this purchase, the same at every attempt: what `find` looks for. */
  tag: string;
  model: string;
  prompt: string;
  aspect: Aspect;
  seed: number;
  look: Look;
  quality?: StillQuality | null;
  references: readonly { path: string; mime: string; purpose: Purpose }[];
}

export interface MadeStill {
  bytes: Buffer;
  mime: string;
  /** Micro-dollars, as billed. */
  cost: number;
}

/** Handed to whatever waits for a still. `unwanted`: true once it is called back while it is still being made. */
export type Waiting = Pick<Sending, 'signal' | 'unwanted'>;

/**
 * Makes one still. `make` sends at most one paid request; throws Never(reason) with a reason of `Failure`
 * or `called-off` and what was billed, TryLater with `sent: false` where nothing was accepted, `sent: true` where nobody knows.
 */
export interface StillProvider {
  make(order: StillOrder, sending: Sending): Promise<MadeStill>;
  memory: Memory;
  /** The still already bought with this order since an instant in milliseconds; see `VideoProvider.find`. */
  find(order: StillOrder, since: number, waiting: Waiting): Promise<MadeStill | 'absent' | 'unknown'>;
}
