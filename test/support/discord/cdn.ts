import { createHmac } from 'node:crypto';
import { extname } from 'node:path';
import type { Attachment, World } from './world.ts';

/** How long a signed address works. */
const life = 24 * 60 * 60_000;

const types: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.svg': 'image/svg+xml',
  '.mp4': 'video/mp4',
  '.mov': 'video/quicktime',
  '.webm': 'video/webm',
  '.mp3': 'audio/mpeg',
  '.txt': 'text/plain; charset=utf-8',
  '.pdf': 'application/pdf',
};

const typeOf = (name: string): string => types[extname(name).toLowerCase()] ?? 'application/octet-stream';

const sign = (world: World, path: string, ex: string, is: string): string =>
  createHmac('sha256', world.token).update(`${path}?${ex}&${is}`).digest('hex');

/** A fresh address of a file, as every look at its message gives one. */
function addressOf(world: World, file: Attachment): string {
  const root = file.ephemeral ? 'ephemeral-attachments' : 'attachments';
  const path = `/${root}/${file.folder}/${file.id}/${encodeURIComponent(file.name)}`;
  const hex = (at: number): string => Math.floor(at / 1000).toString(16);
  const [is, ex] = [hex(world.clock()), hex(world.clock() + life)];
  return `http://${world.host}${path}?ex=${ex}&is=${is}&hm=${sign(world, path, ex, is)}&`;
}

/** The bytes under a signed address; null where it is forged, too old, or the file is gone. */
export function handOut(world: World, url: URL): { type: string; bytes: Buffer } | null {
  const [ex = '', is = '', hm] = ['ex', 'is', 'hm'].map((key) => url.searchParams.get(key) ?? '');
  if (hm !== sign(world, url.pathname, ex, is)) return null;
  if (Number.parseInt(ex, 16) * 1000 < world.clock()) return null;
  const file = world.attachments.get(url.pathname.split('/')[3] ?? '');
  return file ? { type: typeOf(file.name), bytes: file.bytes } : null;
}

/** Files are addressed with their name's odd characters made plain, as Discord does. */
export function keepFile(
  world: World,
  folder: string,
  upload: { name: string; bytes: Buffer },
  more: { ephemeral?: boolean; description?: string | null } = {},
): Attachment {
  const name = upload.name.replace(/[^\w.-]+/g, '_');
  const { ephemeral = false, description = null } = more;
  const file = { id: world.id(), name, bytes: upload.bytes, folder, ephemeral, description };
  world.attachments.set(file.id, file);
  return file;
}

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

export function attachmentShape(world: World, file: Attachment) {
  const url = addressOf(world, file);
  const sized = file.bytes.length > 24 && file.bytes.subarray(0, 4).equals(png);
  return {
    id: file.id,
    filename: file.name,
    size: file.bytes.length,
    url,
    proxy_url: url,
    content_type: typeOf(file.name),
    ...(file.description === null ? {} : { description: file.description }),
    ...(file.ephemeral ? { ephemeral: true } : {}),
    ...(sized ? { width: file.bytes.readUInt32BE(16), height: file.bytes.readUInt32BE(20) } : {}),
  };
}
