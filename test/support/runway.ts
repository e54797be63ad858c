import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodiesFor } from './runway-bodies.ts';
import { create } from './runway-creates.ts';
import { deliver, tell } from './runway-delivery.ts';
import { type Desk, type RunwayOptions, type RunwayService, refuse } from './runway-desk.ts';
import { say } from './runway-say.ts';
import { openBook, type RunwayFact } from './runway-tasks.ts';
import { openUploads } from './runway-uploads.ts';

/** Runway's API as its SDK describes it, and nothing else: what it does not know is an error. */
export async function runwayService(given: RunwayOptions = {}): Promise<RunwayService> {
  const { file, ...rest } = given;
  const life = { queue: 0, run: 0 };
  const film = Buffer.from('00000018667479706d703432000000006d70343269736f6d', 'hex');
  const apiKey = `key_${'0123456789abcdef'.repeat(8)}`;
  const options = { apiKey, life, urlLife: 60_000, slow: 50, film, ...rest };
  const book = openBook({ life: options.life, ...(file ? { file } : {}) });
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service: RunwayService = {
    apiKey: options.apiKey,
    baseURL: `http://${host}`,
    host,
    log: book.log,
    faults: [],
    readFaults: [],
    tell: new Map(),
    forgetful: false,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  const uploads = openUploads(service.baseURL, book);
  const desk = { service, options, book, uploads, bodies: bodiesFor(uploads.reachable) };
  server.on('request', (request, response) => {
    answer(request, response, desk).catch((error: unknown) => say(response, 599, { error: String(error) }));
  });
  return service;
}

/** One line for what a test wants to know of a log. */
export const factsOf = (log: readonly RunwayFact[], kind: RunwayFact['kind']): RunwayFact[] =>
  log.filter((fact) => fact.kind === kind);

async function answer(request: IncomingMessage, response: ServerResponse, desk: Desk): Promise<undefined> {
  const { method = '', url = '' } = request;
  const { pathname } = new URL(url, desk.service.baseURL);
  const bytes = await read(request);
  desk.book.note({ kind: 'request', method, path: pathname });
  desk.book.settle();
  if (pathname.startsWith('/files/')) return deliver(request, response, desk);
  if (pathname.startsWith('/storage/')) return desk.uploads.take(request, response, bytes);
  const fault = strangerFault(request, desk);
  if (fault) return refuse(response, desk, fault.status, { error: fault.error });
  const [, version, room = '', id = ''] = pathname.split('/');
  if (version !== 'v1') return refuse(response, desk, 404, { error: 'Not found' });
  if (method === 'POST' && room === 'uploads') return desk.uploads.promise(response, bytes);
  if (method === 'POST' && (room === 'text_to_video' || room === 'image_to_video'))
    return create(room, bytes, response, desk);
  if (room === 'tasks' && (method === 'GET' || method === 'DELETE')) return tell(method, id, response, desk);
  refuse(response, desk, 404, { error: 'Not found' });
}

function strangerFault({ headers, method }: IncomingMessage, { options }: Desk) {
  if (headers.authorization !== `Bearer ${options.apiKey}`)
    return { status: 401, error: 'The API key was not found.' };
  if (headers['x-runway-version'] !== '2024-11-06')
    return { status: 400, error: 'X-Runway-Version is not one we know.' };
  const typed = headers['content-type'] === 'application/json';
  return method === 'POST' && !typed ? { status: 400, error: 'The body has to be JSON.' } : null;
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}
