import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { z } from 'zod';
import { Never, TryLater } from '../../errors.ts';
import type { Call } from './client.ts';
import type { OwnHosts } from './hosts.ts';
import { slackError } from './trouble.ts';

const Info = z.object({
  file: z.object({
    url_private_download: z.string().optional(),
    url_private: z.string().optional(),
    size: z.number().optional(),
  }),
});

const mostRedirects = 3;
const longest = 60_000;
const pause = 3_000;
const mostBytes = 25 * 1024 * 1024;

/** Files that are not to be had (any more), whatever we do. */
const missing: ReadonlySet<string> = new Set([
  'file_not_found',
  'file_deleted',
  'not_visible',
  'access_denied',
]);

/** The bytes of a private file, with the workspace's own token. A login page in place of a file is refused. */
export async function fetchPrivate(
  file: string,
  { call, token, hosts }: { call: Call; token: string; hosts: OwnHosts },
): Promise<Readable> {
  const { url_private_download, url_private, size = 0 } = (await infoOf(file, call)).file;
  const url = url_private_download ?? url_private;
  if (!url) throw new Never('reference-gone', `${file} has no address`);
  if (size > mostBytes) throw new Never('image-too-large', `${file} has ${size} bytes`);
  const answer = await follow(url, token, hosts);
  const type = answer.headers.get('content-type') ?? '';
  if (!answer.ok || !answer.body || type.startsWith('text/html')) return refuse(answer, type);
  return withoutPage(Readable.fromWeb(answer.body as ReadableStream));
}

/** A login page may come as anything; its first letters give it away. */
async function withoutPage(body: Readable): Promise<Readable> {
  const pieces = body[Symbol.asyncIterator]();
  const { value: first = Buffer.alloc(0) }: { value?: Buffer | undefined } = await pieces.next();
  if (/^\uFEFF?\s*<(?:!doctype|html)/i.test(Buffer.from(first).subarray(0, 200).toString())) {
    body.destroy();
    throw new Never('reference-no-scope', 'a login page in place of the file');
  }
  return Readable.from(rest(first, pieces), { objectMode: false });
}

async function* rest(first: Buffer, more: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* more;
}

async function infoOf(file: string, call: Call) {
  try {
    return Info.parse(await call('files.info', { file }));
  } catch (error) {
    const said = slackError((error as Error).cause);
    if (missing.has(said)) throw new Never('reference-gone', `${file}: ${said}`);
    if (said === 'missing_scope') throw new Never('reference-no-scope', 'files:read is missing');
    throw error;
  }
}

/** Redirects by hand: fetch drops the token between hosts, and it must not go to strangers. */
async function follow(first: string, token: string, hosts: OwnHosts): Promise<Response> {
  let url = URL.parse(first);
  for (let n = 0; n <= mostRedirects; n++) {
    if (!hosts(url)) throw new Never('reference-gone', 'the file is not kept by Slack');
    const answer = await ask(url, token);
    const to = answer.headers.get('location');
    if (answer.status < 300 || answer.status > 399 || to === null) return answer;
    await answer.body?.cancel();
    url = URL.parse(to, url.href);
  }
  throw new Never('reference-gone', 'the file leads on and on');
}

async function ask(url: URL, token: string): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` };
  try {
    return await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(longest) });
  } catch (cause) {
    throw new TryLater('the file could not be fetched', { delay: pause, sent: false, cause });
  }
}

async function refuse(answer: Response, type: string): Promise<never> {
  await answer.body?.cancel();
  const later = answer.status === 429 || answer.status >= 500;
  if (later) throw new TryLater(`file answered ${answer.status}`, { delay: pause, sent: false });
  if (type.startsWith('text/html'))
    throw new Never('reference-no-scope', 'a login page in place of the file');
  throw new Never('reference-gone', `file answered ${answer.status}`);
}
