import type { Harm } from '../campaign/screening.ts';

/**
 * Looks through what people wrote and sent; nothing found is harmless. Both verbs can be repeated freely. They throw
 * TryLater and Never(Failure): what could not be looked at never passes as harmless.
 */
export interface Moderator {
  /** What was found is remembered under it: another moderator looks again. */
  name: string;
  words(words: string, signal: AbortSignal): Promise<Harm[]>;
  /** A PNG or JPEG on disk. */
  picture(picture: { path: string; mime: string; sha256: string }, signal: AbortSignal): Promise<Harm[]>;
}
