import { z } from 'zod';

const Day = z.string();
/** `next`: the model that comes in its place; null: the best that fits. */
const ofModel = { model: z.string(), name: z.string(), next: z.string().nullable() };

const ofTake = { campaign: z.string(), take: z.int() };

/** Something the admins of a workspace should know: what it is about, not how it is worded. */
export const Notice = z.discriminatedUnion('about', [
  /** A provider refuses the key in this environment variable, or its account is empty. */
  z.object({
    about: z.literal('key'),
    variable: z.string(),
    reason: z.enum(['bad-key', 'no-credit']),
    day: Day,
  }),
  /** A model ends in `left` days, which is `within` one of the thresholds. */
  z.object({ about: z.literal('ends'), ...ofModel, on: Day, left: z.int(), within: z.int() }),
  /** A probe found no such model any more, or one that does not take what we order. */
  z.object({ about: z.literal('gone'), ...ofModel, since: Day, says: z.string() }),
  z.object({ about: z.literal('changed'), ...ofModel, since: Day, says: z.string() }),
  /** A purchase beside the one that is followed: called back, and booked if it is billed. */
  z.object({ about: z.literal('bought-twice'), ...ofTake, prediction: z.string() }),
  /** The logo that somebody gave a brand kit was taken in, with `notes`, or not: `code` says why. */
  z.object({
    about: z.literal('logo'),
    kit: z.string(),
    logo: z.string(),
    name: z.string(),
    file: z.string(),
    code: z.string().nullable(),
    notes: z.array(z.string()),
  }),
  z.object({ about: z.literal('undownloaded'), ...ofTake, minutes: z.int() }),
]);
export type Notice = z.infer<typeof Notice>;

/** Names one card: what has the same key is said once. */
export function keyOf(notice: Notice): string {
  switch (notice.about) {
    case 'key':
      return `key:${notice.variable}:${notice.day}`;
    case 'ends':
      return `warning:${notice.model}:${notice.within}`;
    case 'bought-twice':
      return `bought-twice:${notice.prediction}`;
    case 'logo':
      return `logo:${notice.kit}:${notice.logo}`;
    case 'undownloaded':
      return `undownloaded:${notice.campaign}.${notice.take}:${notice.minutes}`;
    default:
      return `${notice.about}:${notice.model}:${notice.since}`;
  }
}

/** A notice as the workspace remembers it; `place` null: there was none to tell it in. */
export interface Raised {
  key: string;
  place: string | null;
  notice: Notice;
}
