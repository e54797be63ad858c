import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { TryLater } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Handler } from './http.ts';

/** What a webhook says: which purchase, which prediction of it, and which delivery this is. */
interface Heard {
  tag: string;
  prediction: string;
  delivery: string;
}

export interface WebhookParts {
  /** The purchase that an address of ours is about; null where it was not made by us. */
  tagIn: (url: string) => string | null;
  /** Null where the signature is not the provider's, or no longer fresh. Throws TryLater where that cannot be told. */
  read: (
    headers: IncomingHttpHeaders,
    body: Buffer,
  ) => Promise<{ prediction: string; delivery: string } | null>;
  /** Resolves once it is durable. */
  heed: (heard: Heard) => Promise<void>;
  log: Log;
}

/** A prediction in full, with every picture that went along in the text itself. */
const mostBytes = 8 * 1024 * 1024;

/**
 * Providers call here. 200 says that it is written down; 401, that it was not theirs; 503, that we could not tell
 * just now and they should call again. Nothing is read from who does not know an address of ours.
 */
export const webhooks =
  (parts: WebhookParts): Handler =>
  async (request, response) => {
    answer(response, await statusOf(request, parts).catch((error: unknown) => trouble(error, parts.log)));
  };

async function statusOf(request: IncomingMessage, { tagIn, read, heed }: WebhookParts): Promise<number> {
  if (request.method !== 'POST') return 405;
  const tag = tagIn(request.url ?? '');
  if (tag === null) return 401;
  const body = await bodyOf(request);
  if (body === null) return 413;
  const hint = await read(request.headers, body);
  if (hint === null) return 401;
  await heed({ tag, ...hint });
  return 200;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  // The rest of what is too long stays unread, and the line open for the answer.
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    bytes += (part as Buffer).length;
    if (bytes > mostBytes) return null;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

function trouble(error: unknown, log: Log): number {
  log.error('webhook could not be heeded', { error });
  return error instanceof TryLater ? 503 : 500;
}

function answer(response: ServerResponse, status: number): void {
  // What was not read to its end cannot be followed by another request.
  if (status !== 200) response.setHeader('connection', 'close');
  response.writeHead(status).end();
}
