import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Answer, faultIn, get, type Kept, list, no, put } from './s3/objects.ts';
import { check, type Keys } from './s3/signature.ts';

/** `drop`: the bytes are kept, and the connection ends without an answer. */
type Fault = 'error' | 'slow-down' | 'drop' | 'conflict' | 'denied';

export interface StandIn {
  /** For `S3_ENDPOINT`. */
  url: string;
  bucket: string;
  keys: Keys;
  objects: Map<string, Kept>;
  /** The bucket's lifecycle rules as they were put, XML. */
  lifecycle(): string | null;
  setLifecycle(xml: string): void;
  log: readonly { method: string; path: string; status: number; headers: IncomingMessage['headers'] }[];
  /** What befalls the next requests of a method, one after the other. */
  befall(method: string, ...faults: Fault[]): void;
  /**
   * Cuts the network from now on: `deaf`, and nothing that is asked is done; `mute`, and what is done is never
   * answered; null ends it.
   */
  cut(how: 'deaf' | 'mute' | null): void;
  close(): Promise<void>;
}

/** An S3 bucket on loopback: signatures, conditions, checksums and ranges as strict as the real one. */
export async function s3StandIn({ clock = Date.now }: { clock?: () => number } = {}): Promise<StandIn> {
  const bucket = 'dailies-test';
  const keys: Keys = { id: 'AKIATEST', secret: 'a secret of the test', region: 'auto' };
  const objects = new Map<string, Kept>();
  const log: { method: string; path: string; status: number; headers: IncomingMessage['headers'] }[] = [];
  const faults: { method: string; fault: Fault }[] = [];
  let lifecycle: string | null = null;
  let line: 'deaf' | 'mute' | null = null;

  function answerFor(request: IncomingMessage, body: Buffer): Answer {
    const { method = '', url = '', headers } = request;
    const verdict = check({ method, url, headers, now: clock() }, keys);
    if ('refused' in verdict) return no(403, verdict.refused);
    const { pathname, searchParams } = new URL(url, 'http://s3');
    const [, inBucket, ...rest] = pathname.split('/');
    if (inBucket !== bucket) return no(404, 'NoSuchBucket');
    const key = decodeURIComponent(rest.join('/'));
    if (method === 'PUT') {
      const wrong = faultIn(headers, verdict.payload, body);
      if (wrong) return wrong;
    }
    return key === '' ? ofBucket(method, searchParams, body) : ofObject(request, key, body);
  }

  function ofBucket(method: string, query: URLSearchParams, body: Buffer): Answer {
    if (query.has('lifecycle') && method === 'PUT') {
      lifecycle = body.toString();
      return { status: 200 };
    }
    if (query.has('lifecycle') && method === 'GET')
      return lifecycle ? { status: 200, body: lifecycle } : no(404, 'NoSuchLifecycleConfiguration');
    if (query.get('list-type') === '2') return list(objects, query.get('prefix') ?? '');
    return method === 'HEAD' ? { status: 200 } : no(501, 'NotImplemented');
  }

  function ofObject({ method, headers }: IncomingMessage, key: string, body: Buffer): Answer {
    const kept = objects.get(key);
    if (method === 'PUT') return put(objects, key, headers, body);
    if (method === 'DELETE') {
      objects.delete(key);
      return { status: 204 };
    }
    if (method !== 'GET' && method !== 'HEAD') return no(501, 'NotImplemented');
    return kept ? get(kept, headers) : no(404, 'NoSuchKey');
  }

  function befallen(method: string): Fault | undefined {
    const at = faults.findIndex((fault) => fault.method === method);
    return at < 0 ? undefined : faults.splice(at, 1)[0]?.fault;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    if (line === 'deaf') return void request.destroy();
    const body = await buffer(request);
    const fault = line === 'mute' ? 'drop' : befallen(method);
    const answer = (fault && refusals[fault]) ?? answerFor(request, body);
    log.push({ method, path, status: fault === 'drop' ? 0 : answer.status, headers });
    if (fault === 'drop') return void response.destroy();
    response.writeHead(answer.status, answer.headers);
    response.end(method === 'HEAD' ? undefined : answer.body);
  }

  const server = createServer((request, response) => {
    // Who asked may be dead before all was said.
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ bucket, keys, objects, log, lifecycle: () => lifecycle },
    setLifecycle(xml) {
      lifecycle = xml;
    },
    cut(how) {
      line = how;
      if (how) server.closeAllConnections();
    },
    befall: (method, ...which) => void faults.push(...which.map((fault) => ({ method, fault }))),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const refusals: Partial<Record<Fault, Answer>> = {
  error: no(500, 'InternalError'),
  'slow-down': no(503, 'SlowDown'),
  conflict: no(409, 'ConditionalRequestConflict'),
  denied: no(403, 'AccessDenied'),
};
