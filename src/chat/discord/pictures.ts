import type { Readable } from 'node:stream';
import type { Card, CardFile } from '../card.ts';
import { filesInMessage } from './limits.ts';
import type { Attached } from './send.ts';

export interface PictureParts {
  /** The bytes of a file of ours. */
  read(key: string): Promise<Readable>;
  /** A picture in fewer bytes; null where that cannot be. */
  smaller(file: CardFile, bytes: number): Promise<Buffer | null>;
}

const endings: Record<string, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
};

/** The same for the same bytes: so a message tells by itself which pictures it has. */
export const nameOf = ({ sha256, mime }: CardFile): string =>
  `${sha256.slice(0, 16)}.${endings[mime] ?? 'bin'}`;

/** The pictures of a card, each once, those to be chosen from first. */
export function picturesOf({ choices, images, items }: Card): CardFile[] {
  const all = [...choices.map(({ image }) => image), ...images, ...items.flatMap(({ image }) => image ?? [])];
  const byName = new Map(all.map((file) => [nameOf(file), file]));
  return [...byName.values()].slice(0, filesInMessage);
}

/** Where larger, a smaller one does: nobody sees more in a chat. */
const handy = 2 * 1024 * 1024;

/** What cannot be brought is left out: a card is more than its pictures. */
export async function attached(file: CardFile, limit: number, parts: PictureParts): Promise<Attached[]> {
  const most = Math.min(limit, handy);
  const data =
    file.bytes <= most ? await bytesOf(await parts.read(file.key)) : await parts.smaller(file, most);
  if (!data || data.length > limit) return [];
  return [{ name: nameOf(file), data, mime: file.mime, alt: file.title }];
}

export async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
