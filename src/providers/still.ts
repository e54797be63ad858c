import type { Picture } from '../campaign/file.ts';
import type { Aspect } from '../campaign/model.ts';
import type { Look } from './video.ts';

export interface StillOrder {
  /** Names this purchase, the same at every attempt: what `find` looks for. */
  tag: string;
  model: string;
  prompt: string;
  aspect: Aspect;
  seed: number;
  look: Look;
  references: readonly { picture: Picture; purpose: string; path: string }[];
}

export interface MadeStill {
  bytes: Buffer;
  mime: string;
  /** Micro-dollars, as billed. */
  cost: number;
}

/**
 * Makes one still. `make` sends at most one paid request; throws Never(reason) with a reason of `Failure`,
 * TryLater with `sent: false` where nothing was accepted, `sent: true` where nobody knows.
 */
export interface StillProvider {
  make(order: StillOrder, signal: AbortSignal): Promise<MadeStill>;
  /** The still already bought under this tag; `absent` only where that is proven. */
  find(tag: string): Promise<MadeStill | 'absent' | 'unknown'>;
}
