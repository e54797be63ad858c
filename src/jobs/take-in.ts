import type { Readable } from 'node:stream';
import type { KitLogo } from '../campaign/brand-kit.ts';
import type { Brought } from '../campaign/reference.ts';
import type { Chats } from '../chat/chat.ts';
import { chatOf } from '../chat/place.ts';
import { Never } from '../errors.ts';
import { type Purpose, takeIn } from '../media/intake.ts';
import { palette } from '../media/palette.ts';
import type { GuardedFetch } from '../net/guarded-fetch.ts';
import type { Shelf, Storage } from '../storage/storage.ts';
import type { JobContext } from './job.ts';

const mostBytes = 25 * 1024 * 1024;

export interface IntakeParts {
  chats: Chats;
  storage: Storage;
  fetch: GuardedFetch;
}

/** A picture somebody brought. `place`: on whose platform, where it is attached. */
export interface Picked {
  source: Brought;
  place: string;
  purpose: Purpose;
  shelf: Shelf;
}

/**
 * Brings a picture in: fetched, judged by its bytes, re-encoded, and kept as ours; or the code of what is wrong with it.
 * Throws TryLater, and Never where our own house is at fault.
 */
export async function pictureFrom(
  picked: Picked,
  context: JobContext,
  parts: IntakeParts,
): Promise<Omit<KitLogo, 'name'> | { refused: string }> {
  try {
    return await kept(picked, context, parts);
  } catch (error) {
    if (!(error instanceof Never) || error.isHouseTrouble) throw error;
    return { refused: error.code };
  }
}

async function kept(picked: Picked, context: JobContext, parts: IntakeParts): Promise<Omit<KitLogo, 'name'>> {
  const { purpose, shelf } = picked;
  const { bytes, mime, width, height, notes } = await takeIn(
    await collect(await open(picked, context, parts)),
    { purpose },
  );
  const ending = mime === 'image/png' ? 'png' : 'jpg';
  const stored = await parts.storage.put({ shelf, workspace: context.workspace, ending, from: { bytes } });
  await context.sent();
  return {
    picture: { ...stored, mime, width, height },
    notes: [...notes],
    palette: await palette(bytes),
  };
}

function open(
  { source, place }: Picked,
  { signal }: JobContext,
  { chats, fetch }: IntakeParts,
): Promise<Readable> {
  return source.kind === 'link'
    ? fetch(source.url, { signal, mostBytes })
    : chatOf(chats, place).fetch(source.attachment);
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += (chunk as Buffer).length;
    if (size > mostBytes) throw new Never('image-too-large');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
