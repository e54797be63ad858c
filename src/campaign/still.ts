import type { Picture } from './file.ts';
import type { Aspect, StillQuality } from './model.ts';
import type { Micros, Reservation } from './money.ts';
import type { Clearance } from './screening.ts';
import type { FailureReason } from './take.ts';

export interface Still {
  n: number;
  /** `unconfirmed`: nobody knows whether it was bought, and a person decides. */
  state: 'requested' | 'ready' | 'failed' | 'unconfirmed';
  /** Raised when it is bought anew without knowing what became of the one before. */
  attempt: number;
  seed: number;
  held: Reservation | null;
  billed: Micros;
  picture: Picture | null;
  reason: FailureReason | null;
}

/** A handful of stills offered together, of which one is picked. */
export interface Storyboard {
  n: number;
  model: string;
  revision: number;
  aspect: Aspect;
  /** Ids of those it is made from. */
  references: readonly string[];
  quality: StillQuality | null;
  /** Added to the wording, for the look that was asked for. */
  look: string;
  /** Who asked for the film that begins with it and is bought as soon as it is there. */
  follow: string | null;
  stills: readonly Still[];
  /** Null until it was looked through. */
  clearance: Clearance | null;
  picked: number | null;
}

/** Whether some of its stills may still come. */
export const isOpen = (board: Storyboard): boolean =>
  board.stills.some(({ state }) => state === 'requested' || state === 'unconfirmed');

export const stillTag = (campaign: string, board: number, still: number): string =>
  `${campaign}.still${board}.${still}`;

/** What a tag names; null for one that is none of ours. */
export function stillIn(tag: string): { campaign: string; board: number; still: number } | null {
  const [, campaign, board, still] = /^(.+)\.still(\d+)\.(\d+)$/.exec(tag) ?? [];
  return campaign ? { campaign, board: Number(board), still: Number(still) } : null;
}
