import { readFile } from 'node:fs/promises';
import type { Api } from './api.ts';

/** Replicate takes data URLs up to this many characters. */
const mostInline = 256_000;

/** A picture on disk as a URL that Replicate can read: inside the order while it is small, else uploaded. */
export async function urlOf(
  path: string,
  mime: string | null,
  upload: Api['upload'],
  signal: AbortSignal,
): Promise<string> {
  const bytes = await readFile(path);
  const type = mime ?? mimeOf(bytes) ?? 'image/png';
  const inline = `data:${type};base64,${bytes.toString('base64')}`;
  if (inline.length <= mostInline) return inline;
  const name = `picture.${type === 'image/jpeg' ? 'jpg' : type.replace('image/', '')}`;
  return upload(new File([new Uint8Array(bytes)], name, { type }), signal);
}

/** Of a picture's first bytes; null where it is none that we know. */
export function mimeOf(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 12).toString('latin1');
  if (head.startsWith('\x89PNG')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'image/webp' : null;
}
