import type { IncomingHttpHeaders } from 'node:http';
import { type Bag, isBag } from './block-kit/shapes.ts';

/** The arguments of a call, however they were written. */
export async function argumentsIn(bytes: Buffer, headers: IncomingHttpHeaders, query: URLSearchParams) {
  const type = String(headers['content-type'] ?? '');
  const inPath = Object.fromEntries(query);
  if (type.startsWith('application/json')) {
    const value: unknown = bytes.length > 0 ? JSON.parse(bytes.toString('utf8')) : {};
    return { ...inPath, ...(isBag(value) ? value : {}) };
  }
  if (type.startsWith('multipart/form-data')) return { ...inPath, ...(await parts(bytes, type)) };
  const { token: _, ...given } = Object.fromEntries(new URLSearchParams(bytes.toString('utf8')));
  return { ...inPath, ...given };
}

/** The bytes of a file that was sent as they are, or as the one file of a form. */
export async function bytesIn(bytes: Buffer, headers: IncomingHttpHeaders): Promise<Buffer> {
  const type = String(headers['content-type'] ?? '');
  if (!type.startsWith('multipart/form-data')) return bytes;
  const file = Object.values(await parts(bytes, type)).find((each) => each instanceof Blob);
  return file instanceof Blob ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0);
}

async function parts(bytes: Buffer, type: string): Promise<Bag> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  return Object.fromEntries(form);
}

/** Client id and secret may come as Basic authorization. */
export function basicIn(headers: IncomingHttpHeaders): Bag {
  const coded = /^Basic (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (!coded) return {};
  const [client_id, client_secret] = Buffer.from(coded, 'base64').toString('utf8').split(':');
  return { client_id, client_secret };
}
