import { Never } from '../../errors.ts';
import type { Source } from './blocks.ts';
import type { Call } from './client.ts';
import { type FileInfo, infoOf, sharesIn } from './file-info.ts';
import { fileOf, type Spot } from './places.ts';
import { slackError } from './trouble.ts';

/** What Slack shows in its blocks. */
const shown: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif']);

/**
 * A picture that somebody brought, as it is: where everybody there sees it already. Null where it came by a form, or is gone, or
 * of a kind that Slack does not show.
 */
export async function broughtTo(
  { team, channel }: Spot,
  attachment: string,
  call: Call,
): Promise<Source | 'late' | null> {
  const theirs = fileOf(attachment);
  if (theirs.team !== team) return null;
  const info = await seen(theirs.file, call);
  if (!info || sharesIn(info, channel).length === 0) return null;
  if (!info.mimetype) return 'late';
  return shown.has(info.mimetype) ? { slack_file: { id: theirs.file } } : null;
}

/** Null where we may not see it. */
async function seen(file: string, call: Call): Promise<FileInfo | null> {
  try {
    return await infoOf(file, call);
  } catch (error) {
    if (error instanceof Never || slackError((error as Error).cause) === 'missing_scope') return null;
    throw error;
  }
}
