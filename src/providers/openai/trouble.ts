import { APIError } from 'openai';
import type { FailureReason } from '../../campaign/take.ts';
import { Never, TryLater } from '../../errors.ts';

/**
 * What went wrong with one request, told as the house tells it. `sent: false` only where the answer, or the lack
 * of a connection, proves that nothing was accepted.
 */
export function troubleOf(error: unknown): Never | TryLater {
  if (error instanceof Never || error instanceof TryLater) return error;
  if (!(error instanceof APIError)) return later('the answer could not be read', true, error);
  if (error.status === undefined) return later('the connection failed', !neverConnected(error), error);
  const reason = reasonOf(error);
  if (reason) return new Never(reason, told(error), { cause: error });
  if (error.status === 429) return later('too many requests', false, error, retryAfter(error));
  if (error.status >= 500 || error.status === 408 || error.status === 409)
    return later(`status ${error.status}`, true, error, retryAfter(error));
  return new Never('provider-error', told(error), { cause: error });
}

const usualDelay = 5_000;
const longestDelay = 600_000;

const later = (message: string, sent: boolean, cause: unknown, delay = usualDelay): TryLater =>
  new TryLater(message, { delay, sent, cause });

/** Never the provider's own sentence: it may repeat the prompt, and this ends in the log. */
const told = ({ status, code, type, requestID }: APIError): string =>
  [status, code, type, requestID].filter(Boolean).join(' ');

// Which of `code` and `type` carries the word differs between their endpoints and over time.
const noCredit = /insufficient_quota|credit_balance|billing|spend(ing)?_limit|insufficient_(credits|funds)/;
const moderated = /moderation_blocked|content_policy_violation|content_filter|invalid_prompt|_policy$/;

function reasonOf(error: APIError): FailureReason | null {
  const words = `${error.code ?? ''} ${error.type ?? ''}`;
  if (error.status === 402 || noCredit.test(words)) return 'no-credit';
  if (error.status === 400 && moderated.test(error.code ?? '')) return moderationStage(error);
  // Poe says 400 for a bot it does not have, OpenAI 403 for a model that an account may not use.
  if (error.status === 404 || error.code === 'model_not_found') return 'retired';
  return error.status === 401 || error.status === 403 ? 'bad-key' : null;
}

/** Where they do not say at which end it was refused, the words are to blame: that is what a person can change. */
function moderationStage({ error }: APIError): FailureReason {
  const details = (error as { moderation_details?: { moderation_stage?: string } } | undefined)
    ?.moderation_details;
  return details?.moderation_stage === 'output' ? 'moderation-output' : 'moderation-input';
}

interface Cause {
  cause?: unknown;
  code?: unknown;
  syscall?: unknown;
}

/** Name not found, refused, unreachable, or no handshake: then not a byte of the order was written. */
function neverConnected(error: unknown): boolean {
  for (let at = error as Cause | undefined; at instanceof Error; at = at.cause as Cause | undefined) {
    if (at instanceof AggregateError) return at.errors.every(neverConnected);
    const { code, syscall } = at as Cause;
    if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
    if (code === 'ECONNREFUSED' || code === 'UND_ERR_CONNECT_TIMEOUT') return true;
    if (typeof code === 'string' && /CERT|SELF_SIGNED|^ERR_TLS_/.test(code)) return true;
  }
  return false;
}

function retryAfter({ headers }: APIError): number {
  const milliseconds = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  const said = headers?.get('retry-after') ?? '';
  const seconds = said === '' ? Number.NaN : Number(said);
  const delay = [milliseconds, seconds * 1000, Date.parse(said) - Date.now()].find((each) => each >= 0);
  return Math.min(delay ?? usualDelay, longestDelay);
}
