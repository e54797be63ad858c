import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Never } from '../errors.ts';
import { sendStream } from '../net/send-stream.ts';
import { inOurWords as inDiskWords } from './disk-errors.ts';
import { described } from './headers.ts';
import { type KeyParts, keyOf, mustParts } from './key.ts';
import { type Linked, type LinkParts, links } from './link.ts';
import type { Mover } from './mover.ts';
import { type S3Place, s3Client } from './s3-client.ts';
import { inOurWords, isThere } from './s3-errors.ts';
import type { Put, Stored } from './storage.ts';

export interface S3Parts extends S3Place, LinkParts {
  mover: Pick<Mover, 'hash'>;
}

/**
 * Keeps bytes in a bucket of any S3 service. Links lead to our own server, so that they neither die with a
 * signature of the bucket's nor need the bucket to be public. Also throws Never(`storage-corrupt`),
 * Never(`storage-refused`) where keys, bucket or rights are wrong. References end by the bucket's own rule
 * (`s3-setup.ts`), so a sweep has nothing to do.
 */
export function s3(parts: S3Parts): Linked {
  const { bucket, mover } = parts;
  const client = s3Client(parts);
  const at = (key: string) => ({ Bucket: bucket, Key: mustParts(key) && key });

  async function put(given: Put): Promise<Stored> {
    const { from } = given;
    const hashed = () => ('file' in from ? mover.hash(from.file) : hashOf(from.bytes));
    const { sha256, bytes } = await inDiskWords(async () => hashed());
    const key = keyOf({ ...given, sha256 });
    const body = 'file' in from ? createReadStream(from.file) : from.bytes;
    await inOurWords(key, () => send(client, { bucket, key, body, bytes }));
    return { key, sha256, bytes };
  }

  const read = async (key: string, range?: { start: number; end: number }): Promise<Readable> => {
    const Range = range ? { Range: `bytes=${range.start}-${range.end}` } : {};
    const { Body } = await client.send(new GetObjectCommand({ ...at(key), ...Range }));
    return Body as Readable;
  };

  async function fetchTo(key: string, file: string): Promise<void> {
    const temp = `${file}.${randomUUID()}`;
    const { sha256 } = mustParts(key);
    try {
      await pipeline(await read(key), createWriteStream(temp, { flags: 'wx' }));
      if ((await mover.hash(temp)).sha256 !== sha256)
        throw new Never('storage-corrupt', `${key} is not what was put there`);
      await rename(temp, file);
    } finally {
      await rm(temp, { force: true });
    }
  }

  return {
    put,
    read: (key, range) => inOurWords(key, () => read(key, range)),
    size: (key) =>
      inOurWords(key, async () => (await client.send(new HeadObjectCommand(at(key)))).ContentLength ?? 0),
    send: async (key, sending) => sendStream(await inOurWords(key, () => read(key)), sending),
    fetchTo: (key, file) => inOurWords(key, () => fetchTo(key, file)),
    path: (key) => mustParts(key) && null,
    ...links(parts),
    remove: (key) => inOurWords(key, async () => void (await client.send(new DeleteObjectCommand(at(key))))),
    sweep: async () => 0,
  };
}

const hashOf = (bytes: Uint8Array): { sha256: string; bytes: number } => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  bytes: bytes.length,
});

interface Sending {
  bucket: string;
  key: string;
  body: Readable | Uint8Array;
  bytes: number;
}

/** One PUT of known length, signed over the very bytes, so that the bucket refuses any others. */
async function send(client: S3Client, { bucket, key, body, bytes }: Sending): Promise<void> {
  const parts = mustParts(key);
  const { type, cacheControl } = described(parts);
  const command = new PutObjectCommand({
    ...{ Bucket: bucket, Key: key, Body: body, ContentLength: bytes, CacheControl: cacheControl },
    ContentType: type ?? 'application/octet-stream',
    ...(staysAsItIs(parts) ? { IfNoneMatch: '*' } : {}),
  });
  command.middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      headers['x-amz-content-sha256'] = parts.sha256;
      return next(args);
    },
    { step: 'build' },
  );
  // The SDK does not listen for a file that cannot be read: unheard, that would end the process.
  const unread = new AbortController();
  if (!(body instanceof Uint8Array)) body.on('error', (error) => unread.abort(error));
  try {
    await client.send(command, { abortSignal: unread.signal });
  } catch (error) {
    if (unread.signal.aborted) throw unread.signal.reason;
    if (!isThere(error)) throw error;
  } finally {
    if (!(body instanceof Uint8Array)) body.destroy();
  }
}

/** A reference that is put again is written again: the bucket counts its age from then. */
const staysAsItIs = ({ shelf }: KeyParts): boolean => shelf !== 'references';
