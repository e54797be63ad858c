import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Never } from '../errors.ts';
import { described } from './headers.ts';
import { type KeyParts, partsOf } from './key.ts';
import type { Linked, Signed } from './link.ts';
import { rangeOf } from './range.ts';

/** Answers the links that `Storage.url` makes, for plain `node:http`. */
export function serveStored(
  storage: Pick<Linked, 'size' | 'read' | 'admits'>,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    serve(storage, request, response).catch((error: unknown) => {
      const missing = error instanceof Never && error.code === 'storage-missing';
      // Once the head is out, cutting the connection is the only way to say that it failed.
      if (response.headersSent) response.destroy();
      else if (missing) refuse(response, 404, 'This file is no longer kept.');
      else refuse(response, 500, 'This file cannot be read just now.');
    });
  };
}

async function serve(
  storage: Pick<Linked, 'size' | 'read' | 'admits'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response, 405, 'Files can only be read.', { allow: 'GET, HEAD' });
  const link = linkOf(request.url ?? '');
  const parts = partsOf(link.key);
  if (!parts || !storage.admits(link)) return refuse(response, 403, 'This link is not valid or has expired.');

  const size = await storage.size(link.key);
  const headers = headersFor(parts);
  if (request.headers['if-none-match'] === headers['etag']) return end(response, 304, headers);
  const range = rangeOf(wantedRange(request, headers['etag']), size);
  if (range === 'beyond') {
    headers['content-range'] = `bytes */${size}`;
    return refuse(response, 416, 'The file has no such part.', headers);
  }
  headers['content-length'] = range ? range.end - range.start + 1 : size;
  if (range) headers['content-range'] = `bytes ${range.start}-${range.end}/${size}`;
  const status = range ? 206 : 200;
  if (request.method === 'HEAD') return end(response, status, headers);
  const stream = await storage.read(link.key, range ?? undefined);
  response.writeHead(status, headers);
  await pipeline(stream, response);
}

function linkOf(address: string): Signed {
  const { pathname, searchParams } = new URL(address, 'http://localhost');
  const key = pathname.split('/').slice(-3).join('/');
  return {
    key,
    expires: Number(searchParams.get('expires')),
    signature: searchParams.get('signature') ?? '',
  };
}

function headersFor(parts: KeyParts): OutgoingHttpHeaders {
  const { type, cacheControl } = described(parts);
  return {
    'content-type': type ?? 'application/octet-stream',
    // What a browser might run (SVG, HTML) is only ever downloaded.
    ...(type ? {} : { 'content-disposition': 'attachment' }),
    'cache-control': cacheControl,
    etag: `"${parts.sha256}"`,
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
  };
}

/** A range of another file than the one the client knows would be spliced into rubbish. */
function wantedRange({ headers }: IncomingMessage, etag: unknown): string | undefined {
  const only = headers['if-range'];
  return only === undefined || only === etag ? headers.range : undefined;
}

function end(response: ServerResponse, status: number, headers: OutgoingHttpHeaders): void {
  response.writeHead(status, headers).end();
}

function refuse(
  response: ServerResponse,
  status: number,
  sentence: string,
  headers: OutgoingHttpHeaders = {},
): void {
  const plain = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
  response.writeHead(status, { ...headers, ...plain }).end(`${sentence}\n`);
}
