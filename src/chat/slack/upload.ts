import { z } from 'zod';
import { Never, TryLater } from '../../errors.ts';
import type { Sending } from '../../net/send-stream.ts';
import type { CardFile } from '../card.ts';
import type { Guard, Keep, ShowResult } from '../chat.ts';
import type { Call } from './client.ts';
import type { Echoes } from './echoes.ts';
import { infoOf, sharesIn } from './file-info.ts';
import type { OwnHosts } from './hosts.ts';
import { placeOf, type Spot } from './places.ts';
import { inFileWords, isAmbiguous, isGone, slackError } from './trouble.ts';

export interface UploadParts {
  keep: Keep;
  /** Posts the bytes of a file of ours to an address. */
  send: (key: string, sending: Sending) => Promise<void>;
  hosts: OwnHosts;
  echoes: Echoes;
  /** Milliseconds before another try. */
  pause: number;
  /** Milliseconds between two looks for the message a file became. */
  look: number;
}

/** A file to be shown in a thread. Its key names it: the same at every attempt. */
export interface Upload {
  spot: Spot;
  sendKey: string;
  file: CardFile;
  /** Shown above the file. */
  comment: string;
  guard?: Guard | undefined;
}

const longest = 10 * 60_000;
const looks = 4;
const endings: Record<string, string> = { 'video/mp4': 'mp4', 'image/png': 'png', 'image/jpeg': 'jpg' };

const Ticket = z.object({ upload_url: z.url(), file_id: z.string() });
const Kept = z.object({ file: z.string() });

export const keyOf = ({ spot, sendKey }: Pick<Upload, 'spot' | 'sendKey'>) =>
  `upload/${placeOf(spot)}/${sendKey}`;

/**
 * Shows a file in a thread, once. Its id is kept before the step that makes it visible: whoever comes after a crash
 * asks Slack what became of that very file, and never uploads a second one.
 */
export async function upload(given: Upload, call: Call, parts: UploadParts): Promise<ShowResult> {
  return bring(given, call, parts).catch((error: unknown) => {
    throw inFileWords(error);
  });
}

async function bring(given: Upload, call: Call, parts: UploadParts): Promise<ShowResult> {
  const kept = await keptOf(given, parts);
  const before = kept && (await shared(given.spot, kept, call));
  if (before === 'deleted') return { kind: 'gone' };
  if (before && before !== 'absent')
    return before === 'late' ? { kind: 'ambiguous' } : { kind: 'shown', message: before };
  const file = kept ?? (await putThere(given, call, parts));
  if (!kept) await parts.keep.put(keyOf(given), { file }, given.spot.team);
  try {
    await complete(given, file, call);
  } catch (error) {
    if (isAmbiguous(error)) return { kind: 'ambiguous' };
    if (isGone((error as Error).cause)) return { kind: 'gone' };
    if (!hasExpired(error)) throw error;
    await parts.keep.put(keyOf(given), null);
    throw new TryLater('the upload has expired', { delay: parts.pause, sent: false, cause: error });
  }
  return { kind: 'shown', message: await messageOf(given.spot, file, call, parts) };
}

/** Bytes nobody fetched in time: Slack knows neither the file nor what it was to become, so nothing was shown. */
const expired: ReadonlySet<string> = new Set(['file_not_found', 'file_update_failed']);
const hasExpired = (error: unknown): boolean =>
  error instanceof Never && expired.has(slackError(error.cause));

/** The file that an upload is known to have become. */
export const keptOf = async (
  given: Pick<Upload, 'spot' | 'sendKey'>,
  { keep }: UploadParts,
): Promise<string | null> => Kept.safeParse(await keep.get(keyOf(given))).data?.file ?? null;

/** What became of an upload under this key; null where none was begun. What Slack is slow to place is named by its file. */
export async function findUpload(
  given: Pick<Upload, 'spot' | 'sendKey'>,
  call: Call,
  parts: UploadParts & { isSettled: boolean },
): Promise<{ message: string } | 'absent' | 'unknown' | null> {
  const kept = await keptOf(given, parts);
  if (!kept) return null;
  const found = await shared(given.spot, kept, call);
  if (found === 'late' && !parts.isSettled) return 'unknown';
  if (found === 'late' || found === 'deleted') return { message: kept };
  return found === 'absent' ? 'absent' : { message: found };
}

/** Asks for a place to put the bytes, and puts them there. Nobody can see them yet. */
async function putThere({ file }: Upload, call: Call, parts: UploadParts): Promise<string> {
  const { hosts, pause } = parts;
  const title = file.title.trim() || 'Untitled';
  const filename = `${title.replace(/[^\w.-]+/g, '-')}.${endings[file.mime] ?? 'bin'}`;
  const asked = { filename, length: file.bytes, alt_txt: title };
  const ticket = Ticket.parse(await call('files.getUploadURLExternal', asked).catch(harmless));
  if (!hosts(URL.parse(ticket.upload_url))) throw new Never('slack-refused', 'an upload address elsewhere');
  const { bytes, mime } = file;
  await parts.send(file.key, { url: ticket.upload_url, bytes, mime, timeout: longest, pause });
  return ticket.file_id;
}

/** Whatever became of a request for an upload address, nothing was shown. */
function harmless(error: unknown): never {
  if (error instanceof TryLater && error.sent)
    throw new TryLater(error.message, { delay: error.delay, sent: false, cause: error });
  throw error;
}

async function complete({ spot, file, comment, guard }: Upload, id: string, call: Call): Promise<void> {
  const given = {
    files: [{ id, title: file.title }],
    channel_id: spot.channel,
    ...(spot.thread === null ? {} : { thread_ts: spot.thread }),
    ...(comment ? { initial_comment: comment } : {}),
  };
  await call('files.completeUploadExternal', given, [], guard);
}

/** The message a completed file became: Slack tells it a little later, or never; the file's id has to do then. */
async function messageOf(
  spot: Spot,
  file: string,
  call: Call,
  { look, echoes }: UploadParts,
): Promise<string> {
  for (let n = 0; n < looks; n++) {
    const heard = echoes.of(file);
    if (heard) return heard.ts;
    const found = await shared(spot, file, call).catch(() => 'late' as const);
    if (found !== 'late' && found !== 'absent' && found !== 'deleted') return found;
    await new Promise((resolve) => setTimeout(resolve, look * 2 ** n));
  }
  return file;
}

/** `late`: Slack knows the file but not yet where it is shown. `absent`: it was never completed. `deleted`: by a person. */
async function shared(spot: Spot, file: string, call: Call): Promise<string | 'late' | 'absent' | 'deleted'> {
  try {
    const here = sharesIn(await infoOf(file, call), spot.channel);
    return here.find((one) => one.thread_ts === (spot.thread ?? undefined))?.ts ?? 'late';
  } catch (error) {
    const said = error instanceof Never ? slackError(error.cause) : '';
    if (said === 'file_not_found') return 'absent';
    if (said === 'file_deleted') return 'deleted';
    throw error;
  }
}
