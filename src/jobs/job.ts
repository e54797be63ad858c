import type { LogoOutcome } from '../campaign/brand-kit.ts';
import type { Campaign } from '../campaign/campaign.ts';
import type { Effect, EffectOf } from '../campaign/effect.ts';
import type { Outcome } from '../campaign/outcome.ts';
import type { Policy } from '../campaign/policy.ts';
import type { KeptKit } from '../workspace/kits.ts';
import type { Notice, Raised } from '../workspace/notice.ts';

/** What running effects show meanwhile, keyed as their effect is: provider progress is not an event. */
interface Live {
  type: string;
  body: unknown;
  live: unknown;
}

/** What a job is told beside its effect. */
export interface JobContext {
  stream: string;
  workspace: string;
  /** An unopened one where the effect is the workspace's own. */
  campaign: Campaign;
  /** The brand kits of the workspace. */
  kits: readonly KeptKit[];
  /** What its admins were told, where the effect is the workspace's own. */
  notices: readonly Raised[];
  /** Since when the workspace is gone, likewise. */
  suspendedAt: number | null;
  live: readonly Live[];
  policy: Policy;
  /** Milliseconds. */
  now: () => number;
  /** What this effect showed when it was claimed. */
  shown: unknown;
  /** See `Sending.guard`: the fence, confirmed right before a paid request leaves. */
  guard: () => Promise<void>;
  /** See `Sending.unwanted`: whether the campaign was cancelled meanwhile. */
  unwanted: () => Promise<boolean>;
  /** Aborted at the effect's deadline and at shutdown. */
  signal: AbortSignal;
  /** Replaces what the effect shows meanwhile and brings a card up to date; what cannot be shown is no failure. */
  show: (live: unknown, card: string) => Promise<void>;
  /** Tells the admins of a workspace; false where they know already. */
  notify: (workspace: string, notice: Notice) => Promise<boolean>;
  /** To be called when the outward act is done and nothing of it is recorded yet. */
  sent: () => Promise<void>;
}

/**
 * `outcome` tells the campaign and ends the effect; `done` ends it; `again` looks once more after `delay`
 * milliseconds, showing `live` meanwhile and bringing the card `sync` up to date.
 */
export type JobResult =
  | { outcome: Outcome | LogoOutcome }
  | { done: true }
  | { again: { delay: number; live?: unknown; sync?: string } };

/**
 * One effect carried out. `do` runs when nothing was tried before; after any attempt whose end is unknown `find`
 * looks first, and only its `absent` (proven: nothing was done) leads back to `do`. Throws TryLater and Never.
 */
export interface Job<T extends Effect['type']> {
  do(effect: EffectOf<T>, context: JobContext): Promise<JobResult>;
  find(effect: EffectOf<T>, context: JobContext): Promise<JobResult | 'absent'>;
}

/** One job per effect: a missing one does not compile. */
export type Jobs = { [T in Effect['type']]: Job<T> };

/** For work that leaves no trace elsewhere and can simply be done again. */
export const repeatable = <T extends Effect['type']>(run: Job<T>['do']): Job<T> => ({
  do: run,
  find: run,
});
