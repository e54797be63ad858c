import { DiscordAPIError, HTTPError, RateLimitError } from '@discordjs/rest';
import { Never, TryLater } from '../../errors.ts';

/** Discord's own number for what went wrong; 0 where it gave none. */
export const codeOf = (error: unknown): number => {
  const told = error instanceof Never || error instanceof TryLater ? error.cause : error;
  return told instanceof DiscordAPIError ? Number(told.code) : 0;
};

/** Nothing can be shown there any more: the channel or message is gone, or the thread was locked. */
const gone: ReadonlySet<number> = new Set([10_003, 10_008, 50_005, 160_005]);
export const isGone = (error: unknown): boolean => gone.has(codeOf(error));

/** An administrator has to let us in first; then it goes on. */
const forbidden: ReadonlySet<number> = new Set([50_001, 50_013, 160_006]);
export const isForbidden = (error: unknown): boolean => forbidden.has(codeOf(error));

export const isTooLarge = (error: unknown): boolean => [40_005, 50_045].includes(codeOf(error));
export const isArchived = (error: unknown): boolean => codeOf(error) === 50_083;

/** The first answer came too late or was given already, or the token of an interaction has died. */
const late: ReadonlySet<number> = new Set([10_062, 40_060, 50_027, 10_015]);
export const isAnswered = (error: unknown): boolean => codeOf(error) === 40_060;
export const isTooLate = (error: unknown): boolean => late.has(codeOf(error));

/** A connection that never stood: nothing can have arrived. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

const pause = 3_000;
const longPause = 60_000;

/** Any failure of a request, in the words jobs know. `sent` is false only where Discord surely did nothing. */
export function inOurWords(error: unknown): Error {
  if (error instanceof TryLater || error instanceof Never) return error;
  const said = error instanceof Error ? error.message : String(error);
  const later = (delay: number, sent: boolean) => new TryLater(said, { delay, sent, cause: error });
  if (error instanceof RateLimitError)
    return later(Math.max(error.retryAfter, error.timeToReset, 100), false);
  if (error instanceof DiscordAPIError) {
    if (isForbidden(error) || error.status === 401) return later(longPause, false);
    if (error.status === 429) return later(pause, false);
    return new Never('discord-refused', wrongIn(error), { cause: error });
  }
  if (error instanceof HTTPError) return later(pause, true);
  return later(pause, !codesOf(error).some((code) => neverSent.has(code)));
}

/** What the form was wrong in stands deeper than in the message. */
const wrongIn = (error: DiscordAPIError): string =>
  error.code === 50_035
    ? `${error.message} ${JSON.stringify(error.rawError)}`
    : `${error.code}: ${error.message}`;

/** Every code in the chain of causes. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const { code, cause } = error as Error & { code?: unknown };
  return [...(typeof code === 'string' ? [code] : []), ...codesOf(cause)];
}

/** Perhaps it was done: a timeout, a reset, or Discord's own trouble. */
export const isAmbiguous = (error: unknown): boolean => error instanceof TryLater && error.sent;
