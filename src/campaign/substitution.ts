import { z } from 'zod';
import { Aspect, type Model, makesVideo, type Need, offersSeconds, referencesTaken } from './model.ts';

/** Why a model does not run although it was asked for. Days as `YYYY-MM-DD`. */
export const Why = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('retired'), on: z.string().nullable() }),
  z.object({ kind: z.literal('gone'), since: z.string() }),
  z.object({ kind: z.literal('changed'), since: z.string() }),
  z.object({ kind: z.enum(['no-film', 'seconds', 'aspect', 'still', 'only-still', 'references', 'other']) }),
]);
export type Why = z.infer<typeof Why>;

/** What stays as it was asked for, whichever model runs. */
export const Same = z.object({ seconds: z.int(), aspect: Aspect, still: z.boolean(), references: z.int() });
export type Same = z.infer<typeof Same>;

/** The first thing that a model cannot do of what is needed. */
export function whyNot(model: Model, need: Need): Why {
  if (model.found) return { kind: model.found.how, since: model.found.since };
  if (model.status === 'retired') return { kind: 'retired', on: model.shutdownOn ?? null };
  if (!makesVideo(model)) return { kind: 'no-film' };
  if (!offersSeconds(model, need.seconds)) return { kind: 'seconds' };
  if (!model.aspects.includes(need.aspect)) return { kind: 'aspect' };
  if (need.hasStill && !model.kinds.includes('image-to-video')) return { kind: 'still' };
  if (!need.hasStill && model.kinds.every((kind) => kind === 'image-to-video')) return { kind: 'only-still' };
  return { kind: referencesTaken(model, need) < (need.references ?? 0) ? 'references' : 'other' };
}

export const sameOf = (need: Need, references: number): Same => ({
  seconds: need.seconds,
  aspect: need.aspect,
  still: need.hasStill,
  references,
});
