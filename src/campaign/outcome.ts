import type { Effect } from './effect.ts';
import type { FilmFile, KeptFile, Picture } from './file.ts';
import type { Micros } from './money.ts';
import type { Reading, Refinement } from './prompt.ts';
import type { Who } from './review.ts';
import type { Clearance, Harm, Purchase } from './screening.ts';
import type { FailureReason, Found } from './take.ts';

/** What a job reports back. A campaign that has moved on ignores what no longer concerns it, except money. */
export type Outcome =
  | { type: 'conversation.opened'; place: string }
  | { type: 'message.understood'; message: string; reading: Reading; cost?: Micros }
  | { type: 'prompt.refined'; n: number; refinement: Refinement; cost?: Micros }
  | { type: 'prompt.unrefined'; n: number; reason: FailureReason; cost?: Micros }
  | { type: 'reference.fetched'; reference: string; picture: Picture; notes: string[]; palette: string[] }
  | { type: 'reference.refused'; reference: string; code: string }
  | ({ type: 'moderation.passed' } & Purchase & Clearance)
  /** `reference`: the picture that was declined, where it is one of the campaign's references. */
  | ({
      type: 'moderation.declined';
      what: 'words' | 'reference' | 'still';
      reference: string | null;
      harms: Harm[];
    } & Purchase)
  | { type: 'still.made'; board: number; still: number; picture: Picture; cost: Micros }
  | { type: 'still.failed'; board: number; still: number; reason: FailureReason; cost: Micros }
  /** It may have been bought, and nobody can be asked. */
  | { type: 'still.ambiguous'; board: number; still: number }
  | { type: 'take.created'; take: number; tag: string; prediction: string }
  | { type: 'take.absent'; take: number; tag: string }
  | { type: 'take.ambiguous'; take: number; tag: string }
  | { type: 'take.refused'; take: number; tag: string; reason: FailureReason }
  /** Every purchase of it that its providers list, the oldest first. */
  | { type: 'take.found'; take: number; found: Found[] }
  | { type: 'take.succeeded'; take: number; prediction: string; output: string; cost: Micros }
  | { type: 'take.failed'; take: number; prediction: string; reason: FailureReason; cost: Micros }
  | { type: 'take.canceled'; take: number; prediction: string; cost: Micros }
  | { type: 'take.downloaded'; take: number; film: KeptFile }
  | { type: 'take.garbage'; take: number }
  | { type: 'take.finished'; take: number; cut: string; film: FilmFile; poster: Picture; notes: string[] }
  | { type: 'take.unfinished'; take: number }
  | { type: 'approver.checked'; vote: string; who: Who }
  | { type: 'time.passed'; key: string }
  /** `sent`: the last attempt may have reached the other side. `code`: why it was refused for good; else its time was up. */
  | { type: 'gave-up'; effect: Effect; sent: boolean; code?: string };
export type OutcomeOf<T extends Outcome['type']> = Extract<Outcome, { type: T }>;
