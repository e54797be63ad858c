import { fork } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Never } from '../errors.ts';
import { watch } from './child.ts';
import { withFolder } from './film.ts';
import { limitTo } from './limit.ts';
import { type PictureFormat, sniffPicture } from './sniff.ts';

/** What people should hear about a picture that was taken in all the same. */
export type PictureNote = 'animated-first-frame' | 'photo' | 'small' | 'resized' | 'rotated' | 'svg-text';

/** A picture that is ours: upright, sRGB, re-encoded, nothing of the original file left but what is to be seen. */
export interface Picture {
  bytes: Buffer;
  mime: 'image/png' | 'image/jpeg';
  width: number;
  height: number;
  notes: PictureNote[];
}

export type Purpose = 'logo' | 'reference';

/** What the child is asked for and answers; the bytes go by file, `in` and `out` in its folder. */
export interface PictureOrder {
  format: PictureFormat;
  purpose: Purpose;
}
export type PictureAnswer = { picture: Omit<Picture, 'bytes'> } | { never: string; message: string };

const MAX_BYTES = 25 * 1024 * 1024;
const TIMEOUT = 15_000;
const place = limitTo(2);

/**
 * Takes a stranger's picture in. It is judged by its bytes and decoded in a child process, two at a time, so that neither a
 * bomb nor a broken decoder reaches this process.
 *
 * @param options.timeout milliseconds for decoding
 * @throws Never `image-empty` | `image-too-large` (25 MB) | `image-too-many-pixels` (40 million) | `image-too-small` (8 pixels) | `image-truncated` |
 *   `image-not-an-image` | `image-pdf` | `image-html` | `image-video` | `image-format` | `image-svg-not-here` |
 *   `image-svg-script` | `image-svg-external` | `image-svg-entities` | `image-timeout`
 */
export async function takeIn(
  bytes: Buffer,
  options: { purpose: Purpose; timeout?: number },
): Promise<Picture> {
  const { purpose, timeout = TIMEOUT } = options;
  if (bytes.length > MAX_BYTES) throw new Never('image-too-large', `${bytes.length} bytes`);
  const format = sniffPicture(bytes);
  if (format === 'svg' && purpose !== 'logo') throw new Never('image-svg-not-here');
  return place(() => decode(bytes, { format, purpose }, timeout));
}

function decode(bytes: Buffer, order: PictureOrder, timeout: number): Promise<Picture> {
  return withFolder(async (folder) => {
    await writeFile(join(folder, 'in'), bytes);
    const answer = await ask(folder, order, timeout);
    if ('never' in answer) throw new Never(answer.never, answer.message);
    return { bytes: await readFile(join(folder, 'out')), ...answer.picture };
  });
}

async function ask(folder: string, order: PictureOrder, timeout: number): Promise<PictureAnswer> {
  const child = fork(new URL('./picture-child.ts', import.meta.url), {
    cwd: folder,
    env: {},
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const answers: PictureAnswer[] = [];
  child.on('message', (message: PictureAnswer) => answers.push(message));
  child.send(order, () => undefined);
  const { timedOut, words } = await watch(child, timeout);
  if (timedOut) throw new Never('image-timeout');
  // A decoder that dies without a word was given something broken.
  return answers[0] ?? { never: 'image-truncated', message: `the decoder died: ${words}` };
}
