import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answered, openApi, tokenIn } from './api.ts';
import type { Bag } from './block-kit/shapes.ts';
import { argumentsIn, basicIn, bytesIn } from './bodies.ts';
import { authorize, type Consent, download, type Page, upload } from './doors.ts';
import type { Fault, openFaults } from './faults.ts';
import type { openLog } from './log.ts';
import type { Call } from './method.ts';
import { respond } from './respond.ts';
import type { SocketMode } from './socket-mode.ts';

export interface FrontOptions {
  around: Omit<Call, 'workspace' | 'install' | 'args'>;
  log: ReturnType<typeof openLog>;
  faults: ReturnType<typeof openFaults>;
  sockets: SocketMode;
  consent: () => Consent | null;
}

interface Arrived {
  name: string;
  url: URL;
  bytes: Buffer;
  request: IncomingMessage;
}

const doors: [start: string, name: string][] = [
  ['/files-pri/', 'download'],
  ['/upload/v1/', 'upload'],
  ['/respond/', 'respond'],
  ['/oauth/v2/authorize', 'authorize'],
];

const nameOf = (path: string): string =>
  path.startsWith('/api/')
    ? path.slice('/api/'.length)
    : (doors.find(([start]) => path.startsWith(start))?.[1] ?? 'other');

/** Every request that comes in: what is to go wrong, the answer, and the log. */
export function openFront({ around, log, faults, sockets, consent }: FrontOptions) {
  const { world, host } = around;
  const api = openApi(around, sockets);

  return async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', host);
    const name = nameOf(url.pathname);
    const fault = faults.take(name);
    const bytes = Buffer.concat(await request.toArray());
    const arrived = { name, url, bytes, request };
    const args = name === 'upload' ? {} : await argumentsIn(bytes, request.headers, url.searchParams);
    const page = instead(fault) ?? (await pageFor(arrived, args));
    const silent = ['drop', 'hang', 'reset'].includes(fault?.kind ?? '');
    note(arrived, args, silent ? { ...page, status: 0 } : page);
    if (fault?.kind === 'slow') await sleep(fault.wait);
    if (fault?.kind === 'hang') return;
    if (silent) return void request.socket.destroy();
    response.writeHead(page.status, page.headers);
    response.end(fault?.kind === 'body' ? fault.text : page.body);
  };

  async function pageFor({ name, url, bytes, request }: Arrived, args: Bag): Promise<Page> {
    const { headers, method } = request;
    const who = consent();
    if (name === 'download') return download(world, url.pathname, headers);
    if (name === 'upload') return upload(world, url.pathname, await bytesIn(bytes, headers));
    if (name === 'authorize' && who) return authorize(around, url.searchParams, who);
    if (name === 'respond') return json(respond(around, url.pathname.split('/').at(-1) ?? '', args));
    const known = name !== 'other' && name !== 'authorize' && method === 'POST';
    if (!known) return json({ status: 404, body: { ok: false, error: 'not_found' } });
    return json(api.answer(name, { ...basicIn(headers), ...args }, tokenIn(headers)));
  }

  function note({ name, url, request: { headers } }: Arrived, args: Bag, page: Page): void {
    const { status, error, body } = page;
    const token = tokenIn(headers);
    const workspace = world.workspaces.find(({ install }) => install?.token === token)?.id ?? null;
    const answer = Buffer.isBuffer(body) ? `${body.length} bytes` : body;
    const said = { status, error, answer };
    log.add({ at: world.now(), name, path: url.pathname, workspace, token, args, headers, ...said });
  }
}

function json({ status, body, headers }: Answered): Page {
  const type = { 'content-type': 'application/json; charset=utf-8' };
  const error = body['ok'] === false ? String(body['error']) : null;
  return { status, body: JSON.stringify(body), headers: { ...type, ...headers }, error };
}

/** What is answered without anything being done. */
function instead(fault: Fault | undefined): Page | null {
  if (fault?.kind === 'error') return json({ status: 200, body: { ok: false, error: fault.error } });
  if (fault?.kind === 'reset') return json({ status: 0, body: { ok: false, error: 'reset' } });
  if (fault?.kind === 'redirect') {
    const { to: location } = fault;
    return { status: 302, body: '', headers: { location }, error: null };
  }
  if (fault?.kind !== 'status') return null;
  const { status, retryAfter } = fault;
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return json({
    status,
    headers,
    body: { ok: false, error: status === 429 ? 'ratelimited' : 'internal_error' },
  });
}
