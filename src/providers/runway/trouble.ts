import { APIError } from '@runwayml/sdk';
import { z } from 'zod';
import type { FailureReason } from '../../campaign/take.ts';
import { Never, TryLater } from '../../errors.ts';
import { NotConnected } from './client.ts';

const soon = 5_000;
const latest = 300_000;
/** Until an operator has mended a key. */
const mended = 60_000;

/** What went wrong with a paid request: Never, or TryLater that says whether it may have been accepted. */
export function ofPurchase(error: unknown): Error {
  if (error instanceof Never || error instanceof TryLater) return error;
  if (neverLeft(error)) return new TryLater('no connection', { delay: soon, sent: false, cause: error });
  if (!(error instanceof APIError)) return unknown('the answer is not readable', error);
  const { status } = error;
  if (status === undefined) return unknown('no answer', error);
  if (status === 429) return new TryLater('status 429', { delay: waitOf(error), sent: false, cause: error });
  // 408 is a gateway's word as 504 is: what stands behind it may have the request.
  if (status === 408 || status >= 500) return unknown(`status ${status}`, error);
  return new Never(reasonOf(error), wordsOf(error), { cause: error });
}

const unknown = (message: string, cause: unknown) =>
  new TryLater(message, { delay: soon, sent: true, cause });

/** What went wrong with a request that costs nothing: it can always be made again, unless it makes no sense. */
export function ofReading(error: unknown): Error {
  if (error instanceof Never || error instanceof TryLater) return error;
  const status = error instanceof APIError ? error.status : undefined;
  if (status === 404 || status === 400)
    return new Never('provider-error', `status ${status}`, { cause: error });
  // A paid task is not given up because a key was exchanged.
  const delay = status === 401 || status === 403 ? mended : waitOf(error);
  return new TryLater(`status ${status ?? 'none'}`, { delay, sent: false, cause: error });
}

/** A picture that was not taken: nothing is bought, but nothing will be with a key that is refused. */
export function ofUpload(error: unknown): Error {
  const refused = error instanceof APIError && error.status === 401;
  return refused ? new Never('bad-key', 'status 401', { cause: error }) : ofReading(error);
}

/** The SDK wraps what its fetch throws, and undici what the connector throws. */
function neverLeft(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof NotConnected) return true;
  return false;
}

function waitOf(error: unknown): number {
  const asked = error instanceof APIError ? Number(error.headers?.get('retry-after')) * 1000 : 0;
  return asked > 0 ? Math.min(Math.max(asked, soon), latest) : soon;
}

const issue = z.object({ path: z.array(z.unknown()).catch([]), code: z.string().catch('') });
const Refused = z.object({ error: z.string().catch(''), issues: z.array(issue).catch([]) }).catch({
  error: '',
  issues: [],
});

function reasonOf(error: APIError): FailureReason {
  const { error: words, issues } = Refused.parse(error.error);
  switch (error.status) {
    case 401:
      return 'bad-key';
    case 402:
      return 'no-credit';
    case 403:
      return /model/i.test(words) ? 'retired' : 'bad-key';
    case 404:
    case 410:
      return 'retired';
    default:
      if (/enough credits|insufficient credit/i.test(words)) return 'no-credit';
      if (/moderat|safety|content policy/i.test(words)) return 'moderation-input';
      return issues.some(({ path }) => path[0] === 'model') ? 'retired' : 'provider-error';
  }
}

/** For the log: which fields were refused. Runway's own sentences may repeat what people wrote. */
function wordsOf(error: APIError): string {
  const { issues } = Refused.parse(error.error);
  return [`status ${error.status}`, ...issues.map(({ path, code }) => `${path.join('.')} ${code}`)].join(
    ', ',
  );
}
