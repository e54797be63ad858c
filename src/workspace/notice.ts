import { z } from 'zod';

const Day = z.string();

/** Something the admins of a workspace should know: what it is about, not how it is worded. */
export const Notice = z.discriminatedUnion('about', [
  /** A provider refuses the key in this environment variable, or its account is empty. */
  z.object({
    about: z.literal('key'),
    variable: z.string(),
    reason: z.enum(['bad-key', 'no-credit']),
    day: Day,
  }),
]);
export type Notice = z.infer<typeof Notice>;

/** Names one card: what has the same key is said once. */
export function keyOf(notice: Notice): string {
  return `key:${notice.variable}:${notice.day}`;
}

/** A notice as the workspace remembers it; `place` null: there was none to tell it in. */
export interface Raised {
  key: string;
  place: string | null;
  notice: Notice;
}
