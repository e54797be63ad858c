import { appendFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, type Faults, openFaults, type Spot } from './replicate/faults.ts';
import { type Kept, told } from './replicate/predictions.ts';
import { type Answer, type Asked, type Books, no, openService, type Service } from './replicate/service.ts';
import { newSecret, signed } from './replicate/webhooks.ts';

export interface StandInOptions {
  /** What is delivered, by the ending of its name: `{ mp4: bytes, png: bytes }`. */
  files: Record<string, Buffer>;
  /** Milliseconds since 1970. */
  clock?: () => number;
  /** Milliseconds in the queue, and of work. */
  wait?: { queue: number; run: number };
  /** Every log entry goes here too, one JSON line each. */
  logFile?: string;
  token?: string;
  /** Webhooks are sent by themselves when a prediction ends, in this manner. */
  webhooks?: { copies?: number; delay?: number };
}

/** One call of ours at a webhook, and what came of it; 0 where nobody answered. */
interface Call {
  url: string;
  delivery: string;
  status: number;
}

interface Entry {
  at: number;
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** The status that was answered; 0 where nothing was. */
  status: number;
}

export interface StandIn extends Books {
  /** For `REPLICATE_BASE_URL`. */
  url: string;
  /** `127.0.0.1:port`, which also delivers the files. */
  host: string;
  token: string;
  log: readonly Entry[];
  faults: Faults;
  calls: readonly Call[];
  /** Sends a prediction's webhook; the same delivery id for every copy. What is not taken is sent again, a few times. */
  deliver(id: string, how?: { copies?: number; delay?: number; at?: number }): Promise<number[]>;
  close(): Promise<void>;
}

/** Replicate's HTTP interface on loopback, as strict as the real one and with its books open. */
export async function replicateStandIn(options: StandInOptions): Promise<StandIn> {
  const { clock = Date.now, wait = { queue: 0, run: 0 }, token = 'r8_test' } = options;
  const log: Entry[] = [];
  const calls: Call[] = [];
  const predictions: Kept[] = [];
  const faults = openFaults();
  const secret = newSecret();
  const books: Books = {
    predictions,
    endings: { next: null },
    retired: new Set(),
    lag: { milliseconds: 0 },
    webhooks: { hidden: false },
    secret,
  };
  const timers = new Set<NodeJS.Timeout>();
  let host = '';
  const base = () => `http://${host}/v1`;

  const deliver: StandIn['deliver'] = async (id, { copies = 1, delay = 0, at = clock() } = {}) => {
    const kept = predictions.find((each) => each.id === id);
    if (!kept?.webhook) return [];
    if (delay > 0) await sleep(delay);
    const { headers, body } = signed(JSON.stringify(told(kept, clock(), base())), secret, at);
    const statuses: number[] = [];
    for (let i = 0; i < copies; i += 1) statuses.push(await call(kept.webhook, headers, body));
    return statuses;
  };

  async function call(url: string, headers: Record<string, string>, body: string): Promise<number> {
    let status = 0;
    for (let tries = 0; tries < 3 && (status === 0 || status >= 500); tries += 1) {
      if (tries > 0) await sleep(50);
      status = await fetch(url, { method: 'POST', headers, body, redirect: 'manual' }).then(
        (answered) => answered.status,
        () => 0,
      );
      calls.push({ url, delivery: headers['webhook-id'] ?? '', status });
    }
    return status;
  }

  function later(id: string): void {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        void deliver(id, options.webhooks).catch(() => {});
      },
      wait.queue + wait.run + 10,
    );
    timers.add(timer);
  }

  const onCreated = (id: string) => void (options.webhooks && later(id));
  const service = openService(books, { clock, wait, host: () => host, onCreated });

  const routes: Route[] = routesOf(service);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', base());
    const bytes = Buffer.concat(await request.toArray());
    const asked = { text: bytes.toString('utf8'), bytes, headers: request.headers, query: url.searchParams };
    const path = url.pathname.replace(/^\/v1/, '');
    const route = routes.find(([, method, at]) => method === request.method && at.test(path));
    const spot = url.pathname.startsWith('/delivery/') ? 'delivery' : (route?.[0] ?? 'get');
    const fault = faults.take(spot);
    const id = route?.[2].exec(path)?.[1] ?? '';
    const answer =
      refused(fault) ??
      (spot === 'delivery'
        ? handOut(url.pathname, request)
        : request.headers.authorization !== `Bearer ${token}`
          ? no(401, 'Unauthenticated', 'You did not pass a valid authentication token')
          : (route?.[3](id, asked) ?? no(404, 'Not found', url.pathname)));
    const silent = ['drop', 'reset', 'hang'].includes(fault?.kind ?? '');
    note(request, url, asked.text, silent ? 0 : answer.status);
    if (fault?.kind === 'slow') await sleep(fault.wait);
    if (fault?.kind === 'hang') return;
    if (silent) return void request.socket.destroy();
    const status = (fault?.kind === 'body' && fault.status) || answer.status;
    response.writeHead(status, { 'content-type': 'application/json', ...answer.headers });
    response.end(fault?.kind === 'body' ? fault.text : raw(answer.body));
  }

  function handOut(path: string, request: IncomingMessage): Answer {
    // The key must never go to the host that delivers.
    if (request.headers.authorization) return no(400, 'Bad Request', 'a key went to the delivery host');
    const file = options.files[path.split('.').at(-1) ?? ''];
    const headers = { 'content-type': 'application/octet-stream' };
    return file ? { status: 200, body: file, headers } : no(404, 'Not found', path);
  }

  function note(request: IncomingMessage, url: URL, body: string, status: number): void {
    const { method = '', headers } = request;
    const entry = { at: clock(), method, path: `${url.pathname}${url.search}`, headers, body, status };
    log.push(entry);
    if (options.logFile) appendFileSync(options.logFile, `${JSON.stringify(entry)}\n`);
  }

  const server = createServer((request, response) => void serve(request, response).catch(() => {}));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: base(),
    host,
    token,
    log,
    calls,
    faults,
    ...books,
    deliver,
    async close() {
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

type Route = [spot: Spot, method: string, path: RegExp, run: (id: string, asked: Asked) => Answer];

const routesOf = (service: Service): Route[] => [
  [
    'create',
    'POST',
    /^\/models\/([^/]+\/[^/]+)\/predictions$/,
    (id, a) => service.create(id, a.text, a.headers),
  ],
  ['get', 'GET', /^\/predictions\/(\w+)$/, service.one],
  ['cancel', 'POST', /^\/predictions\/(\w+)\/cancel$/, service.cancel],
  ['list', 'GET', /^\/predictions$/, (_, { query }) => service.list(query)],
  ['file', 'POST', /^\/files$/, (_, a) => service.upload(a.bytes, String(a.headers['content-type']))],
  ['model', 'GET', /^\/models\/([^/]+\/[^/]+)$/, service.model],
  ['secret', 'GET', /^\/webhooks\/default\/secret$/, service.key],
];

const raw = (body: unknown): string | Buffer => (Buffer.isBuffer(body) ? body : JSON.stringify(body));

function refused(fault: Fault | undefined): Answer | null {
  if (fault?.kind === 'reset') return no(500, 'reset', '');
  if (fault?.kind !== 'status') return null;
  const { status, detail = 'on request', retryAfter } = fault;
  const headers = retryAfter === undefined ? {} : { headers: { 'retry-after': String(retryAfter) } };
  return { ...no(status, 'Fault', detail), ...headers };
}
