import { Never, TryLater } from '../../errors.ts';
import type { Line } from './line.ts';

/** What a refused or broken request means: a create that is paid for, what goes before it, or a look. */
export type Stake = 'paid' | 'unpaid' | 'look';

const soon = 5_000;
const latest = 300_000;
/** A key or an account has to be mended by people; what was paid for waits for it. */
const mended = 60_000;

/** The SDK's and the connection's errors in our words. Never carries the error along: it holds the key. */
export function inOurWords(error: unknown, stake: Stake, line: Line): Never | TryLater {
  const ours = worded(error, line);
  if (stake === 'paid') return ours;
  if (ours instanceof TryLater) return new TryLater(ours.message, { delay: ours.delay, sent: false });
  return stake === 'unpaid' ? ours : new TryLater(ours.message, { delay: mended, sent: false });
}

function worded(error: unknown, line: Line): Never | TryLater {
  if (error instanceof Never || error instanceof TryLater) return error;
  const status = statusOf(error);
  if (status !== null) return refusal(status, line.heard(), retryAfter(error));
  const name = error instanceof Error ? `${error.name} ${codeOf(error)}` : 'trouble';
  return new TryLater(name.trim(), { delay: soon, sent: line.reached() });
}

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

/** The status of the SDK's `ApiError`; null for anything else. */
export function statusOf(error: unknown): number | null {
  if (!(error instanceof Error && error.name === 'ApiError' && 'response' in error)) return null;
  return (error.response as Response).status;
}

const retryAfter = (error: unknown): string | null =>
  (error as { response: Response }).response.headers.get('retry-after');

function refusal(status: number, said: string, after: string | null): Never | TryLater {
  const message = `status ${status}`;
  if (status === 429) return new TryLater(message, { delay: wait(after, said), sent: false });
  // The order may have been taken all the same.
  if (status >= 500 || status === 408) return new TryLater(message, { delay: soon, sent: true });
  if (status === 401 || status === 403) return new Never('bad-key', message);
  if (status === 402) return new Never('no-credit', message);
  if (status === 404 || status === 410) return new Never('retired', message);
  return new Never(isModeration(said) ? 'moderation-input' : 'provider-error', `${message}: ${brief(said)}`);
}

const brief = (said: string): string => said.replace(/\s+/g, ' ').slice(0, 300);

// "Your rate limit resets in ~30s." where the header is missing.
function wait(after: string | null, said: string): number {
  const seconds = Number(after ?? /resets in ~?(\d+)\s*s/i.exec(said)?.[1]);
  return seconds > 0 ? Math.min(Math.max(seconds * 1000, 1000), latest) : soon;
}

const isModeration = (text: string): boolean =>
  /flagged|sensitive|E005|moderat|safety (system|filter|check)|content polic|nsfw|prohibited content/i.test(
    text,
  );

/** What an ended prediction's own words mean; each model has its own. */
export function reasonOf(
  error: unknown,
): 'moderation-input' | 'moderation-output' | 'timeout' | 'outage' | 'provider-error' {
  const text = typeof error === 'string' ? error : JSON.stringify(error ?? '');
  if (isModeration(text)) {
    const ofOutput = /output|generated|result/i.test(text) && !/input|prompt/i.test(text);
    return ofOutput ? 'moderation-output' : 'moderation-input';
  }
  if (/E6716|time(d)?[ -]?out|deadline/i.test(text)) return 'timeout';
  if (/overloaded|unavailable|capacity|high demand|try again later|E1001/i.test(text)) return 'outage';
  return 'provider-error';
}
