import { lookup as systemLookup } from 'node:dns/promises';
import { addAbortListener } from 'node:events';
import type { Readable } from 'node:stream';
import { Agent, type Dispatcher, request } from 'undici';
import { Never } from '../errors.ts';
import { portOf, type Vouched, vouchedHosts, webPorts } from './address.ts';
import { guardedConnect, type Lookup } from './connect.ts';
import { drop, metered } from './meter.ts';
import { type Ends, inOurWords, inStatus } from './trouble.ts';

export interface FetchLimits {
  /** Aborting ends the fetch, and the stream after it, with the signal's reason. */
  signal: AbortSignal;
  /** Bytes of the body, announced or counted. */
  mostBytes: number;
  /** Milliseconds from the call to the last byte read; 30,000 when left out. */
  timeout?: number;
}

/**
 * Fetches a URL that people or providers gave. The stream may still fail while it is read, in the same words.
 *
 * @throws Never `link-unreadable` (no URL, user name in it, other scheme) | `link-private` (address or port) |
 *   `link-missing` | `link-refused` | `link-redirects` | `link-timeout` | `link-unknown-host` |
 *   `image-too-large`; TryLater on 429, 5xx, connection trouble and trouble with the name server.
 */
export type GuardedFetch = (url: string, limits: FetchLimits) => Promise<Readable>;

/** The same into a new file on this machine, moved by a thread of its own; also throws what the file system says. */
export type GuardedDownload = (url: string, to: string, limits: FetchLimits) => Promise<unknown>;

export interface GuardOptions {
  /** `host` (ports 80 and 443) or `host:port` (that port): may be private and may speak http. */
  allowPrivateHosts: readonly string[];
  /** Also http for hosts that are not on the list. */
  allowHttp?: boolean;
  /** For tests; the system's resolver when left out. */
  lookup?: Lookup;
}

const mostRedirects = 3;
const redirects: readonly number[] = [301, 302, 303, 307, 308];
const headers = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'Dailies' };

/** A fetch that reaches the public internet and the listed hosts, nothing else. `close` ends what is under way. */
export function guardedFetch(options: GuardOptions): GuardedFetch & { close(): Promise<void> } {
  const {
    allowPrivateHosts,
    allowHttp = false,
    lookup = (host) => systemLookup(host, { all: true }),
  } = options;
  const vouched = vouchedHosts(allowPrivateHosts);
  const connect = guardedConnect(vouched, lookup);
  // No reuse of connections, so that every request has its own check; time is limited once, for the whole fetch.
  const agent = new Agent({ connect, pipelining: 0, headersTimeout: 0, bodyTimeout: 0 });
  const admit = (url: URL | null): URL => admitted(url, allowHttp, vouched);

  const fetch: GuardedFetch = async (url, { signal: caller, mostBytes, timeout = 30_000 }) => {
    const ends: Ends = { caller, time: AbortSignal.timeout(timeout) };
    const reword = (error: unknown): Error => inOurWords(error, ends);
    const signal = AbortSignal.any([caller, ends.time]);
    try {
      return metered(judged(await follow(url, admit, ask(agent, signal)), mostBytes), mostBytes, reword);
    } catch (error) {
      throw reword(error);
    }
  };
  return Object.assign(fetch, { close: () => agent.destroy() });
}

function admitted(url: URL | null, allowHttp: boolean, vouched: Vouched): URL {
  if (url === null || url.username !== '' || url.password !== '') throw new Never('link-unreadable');
  const known = vouched(url.hostname, portOf(url));
  const schemes = allowHttp || known ? ['https:', 'http:'] : ['https:'];
  if (!schemes.includes(url.protocol)) throw new Never('link-unreadable', `scheme ${url.protocol}`);
  if (!known && !webPorts.includes(portOf(url))) throw new Never('link-private', `port ${url.port}`);
  return url;
}

type Answer = Dispatcher.ResponseData;
type Ask = (url: URL) => Promise<Answer>;

async function follow(first: string, admit: (url: URL | null) => URL, ask: Ask): Promise<Answer> {
  let url = admit(URL.parse(first));
  for (let followed = 0; followed <= mostRedirects; followed += 1) {
    const answer = await ask(url);
    const { location } = answer.headers;
    if (!redirects.includes(answer.statusCode) || location === undefined) return answer;
    drop(answer.body);
    url = admit(URL.parse(String(location), url.href));
  }
  throw new Never('link-redirects');
}

const ask =
  (agent: Agent, signal: AbortSignal): Ask =>
  async (url) => {
    signal.throwIfAborted();
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    // undici heeds the signal only once the connection stands; a stuck lookup would outlive it.
    const listening = addAbortListener(signal, () => reject(signal.reason));
    try {
      return await Promise.race([request(url, { dispatcher: agent, headers, signal }), aborted]);
    } finally {
      listening[Symbol.dispose]();
    }
  };

function judged({ statusCode, headers, body }: Answer, mostBytes: number): Readable {
  const tooLarge = Number(headers['content-length'] ?? 0) > mostBytes;
  const fault =
    inStatus(statusCode, headers['retry-after']) ?? (tooLarge ? new Never('image-too-large') : null);
  if (fault === null) return body;
  drop(body);
  throw fault;
}
