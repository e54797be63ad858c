import { z } from 'zod';
import { Among } from './intent.ts';
import { VoteRefusal } from './review.ts';
import { Harm } from './screening.ts';
import { Same, Why } from './substitution.ts';

/**
 * Something Dailies says in the conversation beside its cards: what it is about, not how it is worded. The words
 * are in `chat/wording.ts`.
 */
export const Say = z.discriminatedUnion('about', [
  z.object({ about: z.literal('refusal'), sentence: z.string() }),
  z.object({
    about: z.literal('price'),
    model: z.string(),
    seconds: z.int(),
    micros: z.int(),
    wait: z.number(),
  }),
  z.object({
    about: z.literal('noted'),
    what: z.enum(['must', 'must-not', 'product', 'tagline', 'settings']),
  }),
  z.object({ about: z.literal('verdict-by-button') }),
  /** Something that was to be bought, decided or ended, and any of these videos may be meant. */
  z.object({ about: z.literal('which-video'), among: Among }),
  z.object({ about: z.literal('help') }),
  z.object({ about: z.literal('unclear') }),
  z.object({ about: z.literal('unread') }),
  /** `cut`: the one that waits; left out where that was not kept yet. */
  z.object({ about: z.literal('reminder'), cut: z.string().optional() }),
  /** Somebody ended the campaign; `take`: the one that was being made. */
  z.object({ about: z.literal('cancelled'), person: z.string(), take: z.int().nullable() }),
  /** The film of a cut could not be shown in the conversation; `code` names the reason, where there is one. */
  z.object({ about: z.literal('film-unshown'), cut: z.string(), code: z.string().nullable() }),
  /** Looked through before buying, and declined; `name` of a reference. */
  z.object({
    about: z.literal('declined'),
    what: z.enum(['words', 'reference', 'still']),
    name: z.string().nullable(),
    harms: z.array(Harm),
  }),
  /** Another model runs than the one that was chosen, which cannot do this. */
  z.object({ about: z.literal('other-model'), wanted: z.string(), why: Why, model: z.string(), same: Same }),
  /**
   * Pictures the model cannot follow. `along`: references it takes; `first`: those a still is made from first;
   * `behind`: those that stay out of this film. `instead` could follow all of them.
   */
  z.object({
    about: z.literal('pictures-left'),
    model: z.string(),
    along: z.int(),
    first: z.int(),
    behind: z.int(),
    last: z.boolean(),
    instead: z.string().nullable(),
  }),
  /** The length that was asked for is none the model makes; `instead` would. */
  z.object({
    about: z.literal('length-fitted'),
    asked: z.number(),
    seconds: z.int(),
    model: z.string(),
    instead: z.string().nullable(),
  }),
  z.object({ about: z.literal('first-frame-failed') }),
  /** The brand kit has a newer revision than the wording was made with. */
  z.object({ about: z.literal('kit-changed'), name: z.string() }),
  z.object({ about: z.literal('still-substituted'), asked: z.string(), model: z.string() }),
  /** The change is worded, and a person has to allow its price. */
  z.object({ about: z.literal('over-limit'), micros: z.int(), limit: z.int() }),
  /** An approver allowed what is no longer what would be bought; `kit`: because this brand kit has changed. */
  z.object({ about: z.literal('offer-changed'), kit: z.string().optional() }),
  z.object({ about: z.literal('spending-waits'), spending: z.int().optional() }),
  z.object({
    about: z.literal('vote-refused'),
    name: z.string(),
    code: VoteRefusal,
  }),
  z.object({
    about: z.literal('substituted'),
    asked: z.string(),
    why: Why,
    model: z.string(),
    same: Same,
  }),
]);
export type Say = z.infer<typeof Say>;
