import { z } from 'zod';
import { Aspect, StillQuality, StillStyle } from './model.ts';
import { PlatformName } from './platform.ts';
import { Approvers } from './policy.ts';
import { Offer, Purpose } from './reference.ts';
import { Verdict } from './review.ts';
import { TemplateName } from './template.ts';

export const mostStills = 6;

/** What `/video` can say beside the words; every one may be missing. Lengths in whole seconds. */
export const VideoOptions = z.object({
  /** A brand kit by its name; `none` for none. */
  brand: z.string().optional(),
  model: z.string().optional(),
  seconds: z.number().optional(),
  aspect: Aspect.optional(),
  template: TemplateName.optional(),
  platform: PlatformName.optional(),
  product: z.string().optional(),
  tagline: z.string().optional(),
  description: z.string().optional(),
  /** Refinement note: how the prompt should be worked on. */
  note: z.string().optional(),
  verbatim: z.boolean().optional(),
  /** What makes the stills; the film's own model is `model`. */
  stillModel: z.string().optional(),
  stillQuality: StillQuality.optional(),
  stillStyle: StillStyle.optional(),
  stillCount: z.int().min(1).max(mostStills).optional(),
});
export type VideoOptions = z.infer<typeof VideoOptions>;

/** Videos by their titles; `place`: their conversation, null where it is not open yet. */
export const Among = z.array(z.object({ words: z.string(), place: z.string().nullable() })).readonly();
export type Among = z.infer<typeof Among>;

/** What a person asks of a campaign, checked and free of any platform. */
export const Intent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('open'),
    words: z.string(),
    options: VideoOptions,
    references: z.array(Offer),
    /** Who decides on this campaign; left out, whoever decides in the workspace. */
    approvers: Approvers.optional(),
    /** Where it was asked: the conversation is opened from there. */
    place: z.string(),
  }),
  z.object({
    type: z.literal('say'),
    words: z.string(),
    references: z.array(Offer),
    /** Said beside all conversations: those that go on there, of which this one seems to be meant. */
    among: Among.optional(),
  }),
  z.object({ type: z.literal('edit-prompt'), words: z.string() }),
  z.object({ type: z.literal('use-my-words') }),
  z.object({ type: z.literal('set'), options: VideoOptions }),
  /** A brand kit by its id; empty for none. */
  z.object({ type: z.literal('use-kit'), kit: z.string() }),
  z.object({ type: z.literal('make-stills') }),
  z.object({ type: z.literal('pick-still'), board: z.int().optional(), still: z.int() }),
  z.object({ type: z.literal('generate') }),
  z.object({ type: z.literal('vote'), verdict: Verdict, cut: z.string(), words: z.string() }),
  z.object({ type: z.literal('remove-reference'), reference: z.string() }),
  z.object({ type: z.literal('set-purpose'), reference: z.string(), purpose: Purpose }),
  z.object({ type: z.literal('resolve-take'), take: z.int(), answer: z.enum(['check', 'retry', 'give-up']) }),
  z.object({
    type: z.literal('resolve-still'),
    board: z.int(),
    still: z.int(),
    answer: z.enum(['retry', 'give-up']),
  }),
  z.object({ type: z.literal('allow-spending'), spending: z.int() }),
  /** A film that could not be shown in the conversation. */
  z.object({ type: z.literal('show-film'), cut: z.string() }),
  z.object({ type: z.literal('cancel') }),
]);
export type Intent = z.infer<typeof Intent>;
export type IntentOf<T extends Intent['type']> = Extract<Intent, { type: T }>;
