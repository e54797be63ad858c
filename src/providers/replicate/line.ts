import { addAbortListener } from 'node:events';
import { buildConnector, Client, type Dispatcher } from 'undici';

export interface LineOptions {
  signal: AbortSignal;
  /** Milliseconds for the whole exchange. */
  timeout: number;
  /** Awaited once the connection stands, right before the first byte of the request leaves. */
  guard?: () => Promise<void>;
}

/** A connection for one request. */
export interface Line {
  /** Sends once: whoever asks again, as the SDK does after any trouble, gets the same answer or the same error. */
  fetch: (url: Request | URL | string, init?: RequestInit) => Promise<Response>;
  /** Whether the other side may have heard of the request. */
  reached(): boolean;
  /** The body that was answered, for looking into a refusal. */
  heard(): string;
}

const mostBytes = 64 * 1024 * 1024;

export function openLine(options: LineOptions): Line {
  let answer: Promise<Response> | undefined;
  let reached = false;
  let heard = '';
  const send = async (request: Request): Promise<Response> => {
    const guard = async () => {
      await options.guard?.();
      reached = true;
    };
    const { statusCode, headers, text } = await exchange(request, { ...options, guard });
    heard = text;
    return new Response(text || null, { status: statusCode, headers });
  };
  return {
    fetch: (url, init) => {
      answer ??= send(new Request(url, init));
      return answer;
    },
    reached: () => reached,
    heard: () => heard,
  };
}

interface Answer {
  statusCode: number;
  headers: Headers;
  text: string;
}

async function exchange(request: Request, options: Required<LineOptions>): Promise<Answer> {
  const { origin, pathname, search } = new URL(request.url);
  // Encoded beforehand: a form is read through once, and nothing is left to do when the guard has spoken.
  const body = request.body === null ? null : Buffer.from(await request.arrayBuffer());
  const ends = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeout)]);
  ends.throwIfAborted();
  const connect = guarded(options.guard);
  const client = new Client(origin, {
    connect,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: mostBytes,
  });
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  // undici heeds a signal only once the connection stands.
  const listening = addAbortListener(ends, () => reject(ends.reason));
  try {
    const asked = client.request({
      path: `${pathname}${search}`,
      method: request.method as Dispatcher.HttpMethod,
      headers: Object.fromEntries(request.headers),
      body,
      signal: ends,
    });
    return await Promise.race([asked.then(readWhole), aborted]);
  } finally {
    listening[Symbol.dispose]();
    void client.destroy();
  }
}

async function readWhole({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<Answer> {
  const text = await body.text();
  const named = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  return { statusCode, headers: new Headers(named), text };
}

/** A failure before the guard has spoken proves that nothing was sent: no such host, refused, no TLS, too slow. */
function guarded(guard: () => Promise<void>): buildConnector.connector {
  const connect = buildConnector({ allowH2: false });
  return (target, callback) =>
    connect(target, (error, socket) => {
      if (error !== null) return callback(error, null);
      guard().then(
        () => callback(null, socket),
        (refused: Error) => {
          socket.destroy();
          callback(refused, null);
        },
      );
    });
}
