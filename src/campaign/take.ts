import { z } from 'zod';
import type { KitPin } from './brand-kit.ts';
import type { FilmFile, KeptFile, Picture } from './file.ts';
import type { Aspect, Need } from './model.ts';
import type { Micros, Reservation } from './money.ts';
import type { Clearance } from './screening.ts';

/** Why a take or a still came to nothing. */
export const FailureReason = z.enum([
  'moderation-input',
  'moderation-output',
  'outage',
  'retired',
  'no-credit',
  'bad-key',
  'provider-error',
  'timeout',
  'garbage',
  'expired',
  'finishing',
  'lost',
  'unchecked',
  'called-off',
]);
export type FailureReason = z.infer<typeof FailureReason>;

/** What a provider says of a prediction that has not ended: shown while it lasts, never kept as an event. */
export const Underway = z.discriminatedUnion('state', [
  z.object({ state: z.literal('queued'), position: z.int().nullable() }),
  z.object({ state: z.literal('running'), fraction: z.number().min(0).max(1) }),
]);
export type Underway = z.infer<typeof Underway>;

/** One exact file of a take: what an approval binds to. */
export interface Cut {
  id: string;
  film: FilmFile;
  poster: Picture;
  /** What finishing did beyond the order, or could not do: `last-frame-held`, `unfinished` … */
  notes: readonly string[];
}

/**
 * One generated attempt at the creative. `creating` is the time its `buy-take` effect is leased: the claim is
 * the fence. `unconfirmed`: nobody knows whether it was bought, and a person decides.
 */
export interface Take {
  n: number;
  state:
    | 'requested'
    | 'created'
    | 'succeeded'
    | 'downloaded'
    | 'finished'
    | 'failed'
    | 'canceled'
    | 'unconfirmed';
  /** Raised when it is proven that the attempt before bought nothing, or when a person wants it bought once more. */
  attempt: number;
  /** Unconfirmed, and nobody will ever know: what it may have cost is booked when it is given up. */
  unlisted: boolean;
  /** Unconfirmed, though it is proven that nothing was bought: it is too dear to be bought anew unasked. */
  absent: boolean;
  model: string;
  /** Models that were tried before and why they did not make it. */
  tried: readonly { model: string; reason: FailureReason }[];
  revision: number;
  seconds: number;
  aspect: Aspect;
  still: Picture | null;
  last: Picture | null;
  /** Ids of those the model is to follow, the most important first. */
  references: readonly string[];
  /** The brand kit, as of when it was ordered. */
  kit: KitPin | null;
  /** Null until it was looked through. */
  clearance: Clearance | null;
  seed: number;
  held: Reservation | null;
  /** What the last purchase of it was to cost. */
  price: Micros;
  /** What is booked of a purchase that nobody could confirm. */
  presumed: Micros;
  /** The accounts it was last held on: a late bill is booked there, and nowhere twice. */
  accounts: readonly string[];
  billed: Micros;
  /** Predictions found beside ours: called back, and booked if billed. */
  strays: readonly string[];
  /** Predictions whose bill is in the books: each is booked once, however often it is reported. */
  booked: readonly string[];
  /** Predictions whose bill came after the end, and what those came to. */
  lateBills: readonly string[];
  late: Micros;
  prediction: string | null;
  /** Predictions of the models that were tried before. */
  past: readonly string[];
  output: string | null;
  downloads: number;
  film: KeptFile | null;
  cut: Cut | null;
  reason: FailureReason | null;
  requestedAt: number;
  endedAt: number | null;
}

export const isOver = (take: Take): boolean =>
  take.state === 'finished' || take.state === 'failed' || take.state === 'canceled';

/** What it asks of a model, whichever runs it. */
export const needOf = ({ seconds, aspect, still, last, references }: Take): Need => ({
  seconds,
  aspect,
  hasStill: still !== null,
  hasLast: last !== null,
  references: references.length,
});

/**
 * Whether it is ordered without sound: from the moment a result was held back, since the sound may have been why.
 * `orders`: of an earlier purchase, how many went before it.
 */
export const isSilent = ({ tried }: Pick<Take, 'tried'>, orders = tried.length): boolean =>
  tried.slice(0, orders).some(({ reason }) => reason === 'moderation-output');

/** Names one purchase at the provider; a new attempt or another model is another purchase. */
export const tagOf = (campaign: string, take: Pick<Take, 'n' | 'attempt' | 'tried'>): string =>
  `${campaign}.take${take.n}.${take.tried.length}.${take.attempt}`;

/** What a tag names; null for one that is none of ours. `tried` counts the models that came before. */
export function takeIn(tag: string): { campaign: string; take: number; tried: number } | null {
  const [, campaign, take, tried] = /^(.+)\.take(\d+)\.(\d+)\.\d+$/.exec(tag) ?? [];
  return campaign ? { campaign, take: Number(take), tried: Number(tried) } : null;
}

/** A purchase as its provider lists it. `isDead`: it came to nothing, so nobody would want to follow it. */
export interface Found {
  prediction: string;
  model: string;
  isDead: boolean;
}

/** The model that was ordered under a tag: a take that had to change its model had another one before. */
export const modelUnder = (take: Take, tag: string): string =>
  take.tried[takeIn(tag)?.tried ?? take.tried.length]?.model ?? take.model;

/** Whether a prediction is known to this take: the one it follows, or one that was found beside it. */
export const knows = (take: Take, prediction: string): boolean =>
  take.prediction === prediction || take.past.includes(prediction) || take.strays.includes(prediction);

export const cutId = (take: number): string => `${take}a`;

/** From the order to the end. */
export const secondsTaken = ({ endedAt, requestedAt }: Take): number =>
  Math.max(0, Math.round(((endedAt ?? requestedAt) - requestedAt) / 1000));
