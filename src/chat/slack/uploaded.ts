import { Never } from '../../errors.ts';
import type { Call } from './client.ts';
import { infoOf } from './file-info.ts';
import { keepPicture } from './shared-picture.ts';
import { slackError } from './trouble.ts';
import { keptOf, keyOf, type Upload, type UploadParts, upload } from './upload.ts';

/**
 * Uploads a file once, for whoever wants the file and not its message. `late`: Slack is not done with it, and refuses a message
 * that shows it.
 */
export async function uploadedFile(
  given: Upload,
  call: Call,
  parts: UploadParts,
): Promise<{ file: string } | 'late' | 'gone'> {
  const kept = await keptOf(given, parts);
  if (kept && (await parts.keep.get(`${keyOf(given)}/done`))) return { file: kept };
  const shown = await upload(given, call, parts);
  if (shown.kind === 'gone') return 'gone';
  if (shown.kind === 'shown') await keepPicture(parts.keep, given.spot, shown.message);
  const file = await keptOf(given, parts);
  if (file === null || !(await isDone(file, call))) return 'late';
  await parts.keep.put(`${keyOf(given)}/done`, true, given.spot.team);
  return { file };
}

/** What Slack was done with is refused all the same: it is asked anew. */
export const doubt = (given: Upload, { keep }: UploadParts): Promise<void> =>
  keep.put(`${keyOf(given)}/done`, null);

/** Slack looks through what is uploaded, and names its type once that is over. Where we may not ask, nobody knows. */
async function isDone(file: string, call: Call): Promise<boolean> {
  try {
    return Boolean((await infoOf(file, call)).mimetype);
  } catch (error) {
    if (slackError((error as Error).cause) === 'missing_scope') return true;
    if (error instanceof Never) return false;
    throw error;
  }
}
