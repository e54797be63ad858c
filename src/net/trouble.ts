import { Never, TryLater } from '../errors.ts';

/** What can end a fetch from outside: the caller, or the time it was given. */
export interface Ends {
  caller: AbortSignal;
  time: AbortSignal;
}

/** Milliseconds until another try where nobody asked for more. */
export const soon = 5_000;
const latest = 300_000;

/**
 * An error of undici, Node or a resolver as the rooms know it; the caller's own abort keeps the caller's reason.
 * What carries no code is a bug and stays as it is.
 */
export function inOurWords(error: unknown, { caller, time }: Ends): Error {
  if (error instanceof Never || error instanceof TryLater) return error;
  if (caller.aborted) return caller.reason;
  if (time.aborted) return new Never('link-timeout', 'the time was up', { cause: error });
  if (!(error instanceof Error && 'code' in error)) return error as Error;
  const what = String(error.code);
  if (what === 'ENOTFOUND') return new Never('link-unknown-host', what, { cause: error });
  return new TryLater(what, { delay: soon, sent: false, cause: error });
}

/** The error a status stands for, or null where it stands for success. */
export function inStatus(status: number, retryAfter: unknown): Never | TryLater | null {
  if (status < 300) return null;
  if (status === 404 || status === 410) return new Never('link-missing', `status ${status}`);
  if (status !== 429 && status < 500) return new Never('link-refused', `status ${status}`);
  return new TryLater(`status ${status}`, { delay: wait(retryAfter), sent: false });
}

// Retry-After may also be a date, which nobody sends here; and a server does not get to park a job for a day.
function wait(retryAfter: unknown): number {
  const asked = Number(retryAfter) * 1000;
  return asked > 0 ? Math.min(Math.max(asked, soon), latest) : soon;
}
