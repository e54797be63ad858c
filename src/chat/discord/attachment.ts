import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { APIAttachment } from '@discordjs/core';
import { z } from 'zod';
import type { Offer, Purpose } from '../../campaign/reference.ts';
import { Never, TryLater } from '../../errors.ts';
import type { Keep } from '../chat.ts';
import type { Call } from './client.ts';
import { isForbidden, isGone } from './trouble.ts';

/** Where a file lies; `message` where it can be asked for again once the address has died. */
const Kept = z.object({
  url: z.string(),
  message: z.object({ channel: z.string(), id: z.string() }).nullable(),
});

const keyOf = (id: string): string => `attachment/${id}`;
const mostBytes = 25 * 1024 * 1024;
const longest = 60_000;
const pause = 3_000;

/**
 * Files somebody sent, each as a reference that is named by its id. Its address is kept beside, because it dies within
 * a day; the first job of the campaign copies the bytes.
 */
export async function offersOf(
  files: readonly APIAttachment[],
  keep: Keep,
  source: Source,
  purpose: Purpose | null = null,
): Promise<Offer[]> {
  await keepAddresses(files, keep, source);
  return offersIn(files, purpose);
}

/** `message`: where the files stand, if it can be read again. */
interface Source {
  guild: string;
  message?: { channel: string; id: string };
}

export async function keepAddresses(
  files: readonly APIAttachment[],
  keep: Keep,
  { guild, message }: Source,
): Promise<void> {
  for (const { id, url } of files) await keep.put(keyOf(id), { url, message: message ?? null }, guild);
}

/** The references alone, for what is answered before their addresses are kept. */
export const offersIn = (files: readonly APIAttachment[], purpose: Purpose | null = null): Offer[] =>
  files.map(({ id, filename, size }) => ({
    name: filename,
    purpose,
    source: { kind: 'attachment', attachment: `${id}/${size}` },
  }));

interface FetchParts {
  call: Call;
  keep: Keep;
  /** Whether Discord keeps files at this address. */
  hosts: (url: URL) => boolean;
}

/** The bytes of a file somebody sent, from Discord's own hosts alone. */
export async function fetchAttachment(attachment: string, parts: FetchParts): Promise<Readable> {
  const [, id = '', size = '0'] = /^(\d+)\/(\d+)$/.exec(attachment) ?? [];
  const kept = Kept.safeParse(await parts.keep.get(keyOf(id))).data;
  if (!kept) throw new Never('reference-gone', `${attachment} is no file in Discord`);
  if (Number(size) > mostBytes) throw new Never('image-too-large', `${size} bytes`);
  const answer = await ask(kept.url, parts);
  if (answer.ok && answer.body) return Readable.fromWeb(answer.body as ReadableStream);
  await answer.body?.cancel();
  if (answer.status === 429 || answer.status >= 500)
    throw new TryLater(`file answered ${answer.status}`, { delay: pause, sent: false });
  const fresh = kept.message && (await freshAddress(kept.message, id, parts));
  const again = fresh ? await ask(fresh, parts) : null;
  if (again?.ok && again.body) return Readable.fromWeb(again.body as ReadableStream);
  await again?.body?.cancel();
  throw new Never('reference-gone', `file answered ${answer.status}`);
}

async function ask(address: string, { hosts }: FetchParts): Promise<Response> {
  const url = URL.parse(address);
  if (!url || !hosts(url)) throw new Never('reference-gone', 'the file is not kept by Discord');
  try {
    return await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(longest) });
  } catch (cause) {
    throw new TryLater('the file could not be fetched', { delay: pause, sent: false, cause });
  }
}

/** Asked for its message, Discord signs the addresses anew. */
async function freshAddress(
  message: { channel: string; id: string },
  id: string,
  { call }: FetchParts,
): Promise<string | null> {
  try {
    const { attachments } = await call((api) => api.channels.getMessage(message.channel, message.id));
    return attachments.find((one) => one.id === id)?.url ?? null;
  } catch (error) {
    if (isGone(error) || isForbidden(error)) return null;
    throw error;
  }
}

const own = /(?:^|\.)(?:discordapp\.com|discordapp\.net|discord\.com)$/;

/** Discord's own hosts; `elsewhere` is where it is reached in tests and behind proxies. */
export const ownHosts = (elsewhere: readonly (string | undefined)[]): ((url: URL) => boolean) => {
  const also = new Set(elsewhere.flatMap((url) => (url ? [new URL(url).host] : [])));
  return (url) => (url.protocol === 'https:' && own.test(url.hostname)) || also.has(url.host);
};
