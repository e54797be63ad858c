import { appendFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';

/** One request that came in. */
export interface Entry {
  at: number;
  /** The method's name, or `upload`, `download`, `respond`, `authorize`, `other`. */
  name: string;
  path: string;
  /** The workspace whose token was used; null where none was or nobody knows it. */
  workspace: string | null;
  /** The token as it came over the wire. */
  token: string | null;
  args: Record<string, unknown>;
  headers: IncomingHttpHeaders;
  /** The HTTP status; 0 where nothing was answered. */
  status: number;
  /** Slack's error code; null where all was well. */
  error: string | null;
  answer: unknown;
}

/** Errors that say the caller does not know Slack; the others can happen to anybody. */
const mistakes = new Set([
  'unknown_method',
  'invalid_arguments',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_metadata_format',
  'metadata_too_large',
  'markdown_text_conflict',
  'msg_too_long',
  'no_text',
  'missing_scope',
  'not_authed',
  'not_allowed_token_type',
  'team_access_not_granted',
  'view_too_large',
  'wrong_length',
  'method_not_supported_for_channel_type',
  'cannot_reply_to_message',
  'invalid_ts_oldest',
  'invalid_ts_latest',
  'invalid_name',
  'bad_timestamp',
]);

export function openLog(file: string | undefined) {
  const entries: Entry[] = [];
  return {
    entries: entries as readonly Entry[],
    add(entry: Entry): void {
      entries.push(entry);
      if (file) appendFileSync(file, `${JSON.stringify(entry)}\n`);
    },
    mistakes: () => entries.filter(({ error }) => error !== null && mistakes.has(error)),
  };
}
