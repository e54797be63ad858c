import { ErrorCode, WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { Never, TryLater } from '../../errors.ts';

/** Slack's own word for what went wrong, or '' where it said none. */
export const slackError = (error: unknown): string =>
  error instanceof WebAPIPlatformError ? error.data.error : '';

/** What stood there, or what it hung from, was deleted or can be changed no more: nothing brings it back. */
const gone: ReadonlySet<string> = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'thread_not_found',
  'cannot_reply_to_message',
]);
export const isGone = (error: unknown): boolean => gone.has(slackError(error));

/** We may not speak there now: an invitation or an administrator can change that. */
const shut: ReadonlySet<string> = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'restricted_action',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'restricted_action_read_only_channel',
]);

/** Slack's word for why we are kept out; null where we are not. */
export function shutBy(error: unknown): string | null {
  const said = error instanceof Never ? slackError(error.cause) : '';
  return shut.has(said) ? said : null;
}

/** What it is that Slack finds wrong, in its own words. */
function complaints(error: unknown): string[] {
  if (!(error instanceof WebAPIPlatformError)) return [];
  const { errors, response_metadata } = error.data as { errors?: unknown } & WebAPIPlatformError['data'];
  const all = [...(Array.isArray(errors) ? errors : []), ...(response_metadata?.messages ?? [])];
  return all.map(String);
}

/** Something in the blocks is not what this workspace takes. */
export const isRefusedBlocks = (error: unknown): boolean =>
  error instanceof Never && slackError(error.cause) === 'invalid_blocks';

/**
 * A picture that Slack cannot show now: a file it is not done with, or that not everybody there may see, or an address
 * that did not answer. The blocks themselves may be as good as can be.
 */
export const isPictureRefused = (error: unknown): boolean =>
  isRefusedBlocks(error) &&
  complaints((error as Error).cause).some((said) =>
    /invalid slack file|downloading image failed/i.test(said),
  );

/** Slack's own trouble: perhaps it was done all the same. */
const troubled: ReadonlySet<string> = new Set(['internal_error', 'fatal_error', 'service_unavailable']);
/** An administrator has to do something first; then it goes on. */
const forAdministrators: ReadonlySet<string> = new Set([
  'account_inactive',
  'invalid_auth',
  'missing_scope',
  'not_authed',
  'token_expired',
  'token_revoked',
  'team_access_not_granted',
]);

/** A connection that never stood: nothing can have arrived. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** The token will never be good again. */
const dead: ReadonlySet<string> = new Set(['account_inactive', 'invalid_auth', 'token_revoked']);
export const isDead = (error: unknown): boolean => dead.has(slackError((error as Error).cause));

const longPause = 60_000;

/**
 * Any failure of a call, in the words jobs know, with `pause` milliseconds where Slack names none. `sent` is false only
 * where Slack surely did nothing.
 */
export function inOurWords(error: unknown, method: string, pause: number): Error {
  if (error instanceof TryLater || error instanceof Never) return error;
  const said = slackError(error);
  const later = (delay: number, sent: boolean) =>
    new TryLater(`${method}: ${said || (error instanceof Error ? error.message : String(error))}`, {
      delay,
      sent,
      cause: error,
    });
  if (error instanceof WebAPIRateLimitedError) return later(error.retryAfter * 1_000, false);
  if (said === 'ratelimited' || said === 'rate_limited') return later(pause, false);
  if (forAdministrators.has(said)) return later(longPause, false);
  if (troubled.has(said)) return later(pause, true);
  if (said) return new Never('slack-refused', `${method}: ${said}`, { cause: error });
  if (error instanceof WebAPIHTTPError) return later(pause, error.statusCode >= 500);
  return later(pause, !isUnsent(error));
}

/** Perhaps it was done: a timeout, a reset, or Slack's own trouble. */
export const isAmbiguous = (error: unknown): boolean => error instanceof TryLater && error.sent;

function isUnsent(error: unknown): boolean {
  const code = codes(error);
  return code.some((one) => neverSent.has(one));
}

/** Every code in the chain of causes. */
function codes(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const { code, original, cause } = error as Error & { code?: unknown; original?: unknown };
  const own = typeof code === 'string' && code !== ErrorCode.RequestError ? [code] : [];
  return [...own, ...codes(original), ...codes(cause)];
}

/** What an administrator has decided about files, in the core's words. */
const decided: Readonly<Record<string, string>> = {
  file_uploads_disabled: 'film-uploads-off',
  file_uploads_except_images_disabled: 'film-uploads-off',
  file_type_not_allowed: 'film-uploads-off',
  storage_limit_reached: 'film-storage-full',
  file_upload_size_restricted: 'film-too-large',
};

export function inFileWords(error: unknown): unknown {
  const code = error instanceof Never ? decided[slackError(error.cause)] : undefined;
  return code ? new Never(code, (error as Never).message, { cause: error }) : error;
}
