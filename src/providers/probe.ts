import { z } from 'zod';
import type { Model } from '../campaign/model.ts';

const Verdict = z.enum(['fits', 'lives', 'differs', 'ends', 'gone', 'unknown']);

/**
 * What a look at a model showed: `fits` and `differs` speak of its live parameters, `lives` and `ends` (`on`, a day
 * `YYYY-MM-DD`) of its life alone. `says` is for operators.
 */
export interface Finding {
  verdict: z.infer<typeof Verdict>;
  says: string;
  on?: string;
}

/** Asks its provider about one model; buys nothing and throws nothing. */
export type Probe = (model: Model) => Promise<Finding>;

const Day = z.string();

/** The last that is known of one model, and when it was last asked for. */
const Known = z.object({
  /** The catalogue's entry that was compared. */
  entry: z.string(),
  verdict: Verdict,
  says: z.string(),
  on: Day.nullable(),
  /** The day it was first found so. */
  since: Day,
  askedAt: z.int(),
  /** The last asking was in vain: the verdict is an older one. */
  inVain: z.boolean(),
});
export type Known = z.infer<typeof Known>;

/** By the id of the model. */
export const Findings = z.record(z.string(), Known);
export type Findings = z.infer<typeof Findings>;

/** Where findings are kept, in the journal. */
export const findingsAt = { space: 'models', key: 'findings' } as const;
