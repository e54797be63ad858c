import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

export interface Kept {
  body: Buffer;
  etag: string;
  type: string;
  cacheControl: string | undefined;
  at: number;
}

export interface Answer {
  status: number;
  headers?: OutgoingHttpHeaders;
  body?: Buffer | string;
}

/** The XML in which S3 says no. */
export const no = (status: number, code: string, message = code): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
});

const digest = (how: string, body: Buffer, as: 'hex' | 'base64') => createHash(how).update(body).digest(as);

/** What a body must be according to the request that brings it; null if it is. */
export function faultIn(headers: IncomingHttpHeaders, payload: string, body: Buffer): Answer | null {
  if (payload.startsWith('STREAMING-'))
    return no(501, 'NotImplemented', 'A header you provided implies functionality that is not implemented');
  if (headers['content-length'] === undefined) return no(411, 'MissingContentLength');
  if (payload !== 'UNSIGNED-PAYLOAD' && payload !== digest('sha256', body, 'hex'))
    return no(400, 'XAmzContentSHA256Mismatch');
  const checksum = headers['x-amz-checksum-sha256'];
  if (checksum !== undefined && checksum !== digest('sha256', body, 'base64')) return no(400, 'BadDigest');
  const md5 = headers['content-md5'];
  if (md5 !== undefined && md5 !== digest('md5', body, 'base64')) return no(400, 'BadDigest');
  return null;
}

export function put(
  objects: Map<string, Kept>,
  key: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Answer {
  const condition = headers['if-none-match'];
  if (condition !== undefined && condition !== '*') return no(501, 'NotImplemented');
  if (condition === '*' && objects.has(key)) return no(412, 'PreconditionFailed');
  const etag = `"${digest('md5', body, 'hex')}"`;
  const type = headers['content-type'] ?? 'binary/octet-stream';
  const cacheControl = headers['cache-control'];
  objects.set(key, { body, etag, type, cacheControl, at: Date.now() });
  return { status: 200, headers: { etag } };
}

export function get(kept: Kept, headers: IncomingHttpHeaders): Answer {
  const size = kept.body.length;
  const all: OutgoingHttpHeaders = {
    ...{ etag: kept.etag, 'content-type': kept.type, 'accept-ranges': 'bytes' },
    ...{ 'last-modified': new Date(kept.at).toUTCString(), 'content-length': size },
    ...(kept.cacheControl === undefined ? {} : { 'cache-control': kept.cacheControl }),
  };
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
  if (from === '') return { status: 200, headers: all, body: kept.body };
  const start = Number(from);
  const end = Math.min(to === '' ? size - 1 : Number(to), size - 1);
  if (start > end) return no(416, 'InvalidRange');
  const range = { 'content-length': end - start + 1, 'content-range': `bytes ${start}-${end}/${size}` };
  return { status: 206, headers: { ...all, ...range }, body: kept.body.subarray(start, end + 1) };
}

export function list(objects: Map<string, Kept>, prefix: string): Answer {
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort();
  const rows = keys.map((key) => {
    const { at, body } = objects.get(key) as Kept;
    const when = new Date(at).toISOString();
    return `<Contents><Key>${key}</Key><Size>${body.length}</Size><LastModified>${when}</LastModified></Contents>`;
  });
  const head = `<IsTruncated>false</IsTruncated><KeyCount>${keys.length}</KeyCount>`;
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult>${head}${rows.join('')}</ListBucketResult>`,
  };
}
