import { appendFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerTo } from './openai-answers.ts';
import { type Body, type Fault, Refusal, type Refused, refusals } from './openai-faults.ts';
import { say } from './openai-minds.ts';

/** One request as it arrived. `billed`: something was made that is charged for. */
export interface Entry {
  at: number;
  method: string;
  path: string;
  body: Record<string, unknown>;
  status: number | 'dropped' | 'hung';
  billed: boolean;
}

export interface StandInOptions {
  /** Also kept here, one line of JSON for each request. */
  file?: string;
  /** What the language model answers; `data` is the user's part of the request. */
  answer?: (data: string) => unknown;
  /** Milliseconds that `slow` takes. */
  slow?: number;
}

export interface StandIn {
  url: string;
  key: string;
  log: readonly Entry[];
  /** The next requests fail this way, one after the other; `at` only those whose path has it. */
  fail(fault: Fault, options?: { times?: number; headers?: Record<string, string>; at?: string }): void;
  close(): Promise<void>;
}

/** OpenAI on this machine: as strict as its SDK's types, and it forgets no request. */
export async function openaiStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const key = 'sk-stand-in-7f3a';
  const log: Entry[] = [];
  const faults: Planned[] = [];
  const server = createServer(async (request, response) => {
    const call: Call = { request, response, fault: next(faults, request.url), options, key };
    const answered = await serve(call).catch((error: unknown) => refuse(call, asRefused(error)));
    const { answer: _, headers: __, ...entry } = answered;
    log.push(entry);
    if (options.file) appendFileSync(options.file, `${JSON.stringify(entry)}\n`);
    deliver(call, answered);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    key,
    log,
    fail: (fault, { times = 1, headers = {}, at = '' } = {}) =>
      void faults.push(...Array.from({ length: times }, () => ({ fault, headers, at }))),
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

interface Planned {
  fault: Fault;
  headers: Record<string, string>;
  at: string;
}

function next(planned: Planned[], path = ''): Planned | undefined {
  const found = planned.findIndex(({ at }) => path.includes(at));
  return found < 0 ? undefined : planned.splice(found, 1)[0];
}

interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  fault: Planned | undefined;
  options: StandInOptions;
  key: string;
}

type Answered = Entry & { answer?: unknown; headers?: Record<string, string> };

const asRefused = (error: unknown): Refusal =>
  error instanceof Refusal
    ? error
    : new Refusal({
        status: error instanceof SyntaxError ? 400 : 500,
        code: String(error),
        type: 'stand_in_error',
      });

async function serve(call: Call): Promise<Answered> {
  const { request, fault, key } = call;
  const body = await bodyOf(request);
  if (request.headers.authorization !== `Bearer ${key}`)
    throw new Refusal(refusals['bad-key'] as Refused, body);
  const refused = fault && refusals[fault.fault];
  if (refused) throw new Refusal({ ...refused, headers: { ...refused.headers, ...fault.headers } }, body);
  const asked = { method: request.method ?? '', path: pathOf(request), body, fault: fault?.fault };
  const answer = await answerTo({ ...asked, say: call.options.answer ?? say });
  const made = { ...entryOf(call, body, 200), billed: request.method === 'POST' };
  if (fault?.fault === 'drop') return { ...made, status: 'dropped' };
  if (fault?.fault === 'hang') return { ...made, status: 'hung' };
  if (fault?.fault === 'slow') await sleep(call.options.slow ?? 100);
  return { ...made, answer };
}

const entryOf = ({ request }: Call, body: Body, status: number): Entry => ({
  at: Date.now(),
  method: request.method ?? '',
  path: request.url ?? '',
  body,
  status,
  billed: false,
});

function refuse(call: Call, { refused, body }: Refusal): Answered {
  const { status, code, type, param = null, more, headers = {} } = refused;
  const answer = { error: { message: `Refused: ${code ?? type}`, type, code, param, ...more } };
  return { ...entryOf(call, body, status), answer, headers };
}

function deliver({ request, response, fault }: Call, { status, answer, headers }: Answered): void {
  if (status === 'hung') return;
  if (status === 'dropped') return void request.socket.destroy();
  const isText = fault?.fault === 'not-json';
  const text = isText ? '<html>Bad gateway</html>' : JSON.stringify(answer);
  response.writeHead(status, {
    'content-type': isText ? 'text/html' : 'application/json',
    'x-request-id': 'req_stand_in',
    ...headers,
  });
  const half = text.slice(0, text.length / 2);
  if (fault?.fault === 'stall') response.write(half);
  else response.end(fault?.fault === 'half-json' ? half : text);
}

const pathOf = ({ url }: IncomingMessage): string => url?.replace(/^\/v1/, '') ?? '';

async function bodyOf(request: IncomingMessage): Promise<Body> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  if (request.method !== 'POST') return {};
  const type = request.headers['content-type'] ?? '';
  const bytes = Buffer.concat(parts);
  if (type.startsWith('application/json')) return JSON.parse(bytes.toString());
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const body: Record<string, unknown> = {};
  for (const name of new Set(form.keys()))
    body[name] = name.endsWith('[]') ? form.getAll(name) : form.get(name);
  return body;
}
