import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { handOut } from './cdn.ts';
import { checkAnswer, checkBody } from './description.ts';
import type { Fault, Faults } from './faults.ts';
import type { Limits } from './pace.ts';
import { openPace } from './pace.ts';
import { type Read, readBody } from './read-body.ts';
import { no, Refused } from './refused.ts';
import { type Route, routes } from './routes.ts';
import type { World } from './world.ts';

interface Answer {
  status: number;
  body: unknown;
  headers: Record<string, string>;
}

interface Found {
  route: Route;
  at: (name: string) => string;
}

const templates = (all: readonly Route[]) =>
  all.map((route) => ({
    route,
    pattern: new RegExp(`^${route.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
  }));

/** Answers what the libraries ask over HTTP: the interface under `/api/v10`, and files. */
export function openService(
  world: World,
  options: { faults: Faults; limits: Limits; more: readonly Route[] },
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { faults } = options;
  const pace = openPace(options.limits);
  const table = templates([...options.more, ...routes]);

  function find(method: string, path: string): Found | null {
    for (const { route, pattern } of table) {
      const match = route.method === method ? pattern.exec(path) : null;
      const at = (name: string): string => match?.groups?.[name] ?? '';
      if (match) return { route, at };
    }
    return null;
  }

  async function api(
    request: IncomingMessage,
    url: URL,
    bytes: Buffer,
    fault: Fault | undefined,
  ): Promise<Taken> {
    const found = find(request.method ?? '', pathOf(url));
    let read: Read = { body: undefined, files: new Map() };
    let headers: Record<string, string> = {};
    try {
      if (!found) throw no('noRoute');
      const { route, at } = found;
      if (!route.open && request.headers.authorization !== `Bot ${world.token}`) throw no('unauthorized');
      const major = at('channel_id') || at('guild_id') || at('webhook_token') || at('interaction_id');
      const passage = pace(route.name, major, Boolean(route.open));
      headers = passage.headers;
      const limited = fault?.kind === 'limited' ? faulty(fault) : passage.wait;
      if (limited) return { read, answer: tooMany(limited, headers) };
      if (fault?.kind === 'status')
        throw new Refused(fault.status, fault.code ?? 0, fault.message ?? 'On request');
      read = await readBody(bytes, request.headers['content-type'] ?? '');
      checkBody(route.method, route.path, read.body);
      if (fault?.kind === 'reset') return { read, answer: { status: 0, body: null, headers } };
      const body = route.run({ world, at, query: url.searchParams, ...read }) ?? null;
      return { read, answer: { status: body === null ? 204 : 200, body: honest(route, body), headers } };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const wait = 'retry_after' in error.body ? { 'retry-after': String(error.body.retry_after) } : {};
      return { read, answer: { status: error.status, body: error.body, headers: { ...headers, ...wait } } };
    }
  }

  return async (request, response) => {
    const url = new URL(request.url ?? '/', `http://${world.host}`);
    const bytes = Buffer.concat(await request.toArray());
    const files = /^\/(ephemeral-)?attachments\//.test(url.pathname);
    const name = find(request.method ?? '', pathOf(url))?.route.name ?? 'unknown';
    const route = files ? 'cdn' : name;
    const fault = faults.take(route);
    const { read, answer } = files ? cdn(world, url, fault) : await api(request, url, bytes, fault);
    const silent = fault && ['drop', 'reset', 'hang'].includes(fault.kind);
    note(route, request, read, answer, Boolean(silent));
    if (fault?.kind === 'slow') await sleep(fault.wait);
    if (fault?.kind === 'hang') return;
    if (silent) return void request.socket.resetAndDestroy();
    send(response, answer);
  };

  function note(
    route: string,
    request: IncomingMessage,
    { body, files }: Read,
    answer: Answer,
    silent: boolean,
  ) {
    world.log.note({
      kind: 'request',
      route,
      method: request.method ?? '',
      path: request.url ?? '',
      body: body ?? null,
      files: [...files.values()].map((each) => ({ name: each.name, bytes: each.bytes.length })),
      status: silent ? 0 : answer.status,
      answer: Buffer.isBuffer(answer.body) ? `${answer.body.length} bytes` : answer.body,
    });
  }
}

/** Some libraries write `%40me`. */
const pathOf = (url: URL): string =>
  /^\/api\/v10\//.test(url.pathname) ? decodeURIComponent(url.pathname.slice('/api/v10'.length)) : '';

interface Taken {
  read: Read;
  answer: Answer;
}

/** An answer that Discord's description would not know is a fault of this stand-in, and said loudly. */
function honest(route: Route, body: unknown): unknown {
  const wrong = body === null ? [] : checkAnswer(route.method, route.path, body);
  if (wrong.length > 0)
    throw new Error(`${route.name} would answer what Discord never does: ${wrong.join('; ')}`);
  return body;
}

const faulty = (fault: Fault & { kind: 'limited' }) => ({
  seconds: fault.seconds,
  global: fault.global ?? false,
  scope: fault.scope,
});

function tooMany(
  { seconds, global, scope }: { seconds: number; global: boolean; scope?: string | undefined },
  headers: Record<string, string>,
): Answer {
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: seconds, global },
    headers: {
      ...headers,
      'retry-after': String(Math.ceil(seconds)),
      'x-ratelimit-scope': scope ?? (global ? 'global' : 'user'),
      ...(global ? { 'x-ratelimit-global': 'true' } : {}),
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset-after': seconds.toFixed(3),
    },
  };
}

function cdn(world: World, url: URL, fault: Fault | undefined): Taken {
  const read = { body: undefined, files: new Map() };
  const file = fault?.kind === 'status' ? null : handOut(world, url);
  const gone = {
    status: fault?.kind === 'status' ? fault.status : 404,
    headers: { 'content-type': 'text/plain' },
  };
  if (!file) return { read, answer: { ...gone, body: Buffer.from('This content is no longer available.') } };
  return { read, answer: { status: 200, body: file.bytes, headers: { 'content-type': file.type } } };
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  const bytes = status === 204 ? '' : Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const json = typeof bytes === 'string' && bytes !== '';
  response.writeHead(status, { ...(json ? { 'content-type': 'application/json' } : {}), ...headers });
  response.end(bytes);
}
