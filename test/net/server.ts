import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { certificate, key } from './certificate.ts';

/** A real server on 127.0.0.1 that counts what reaches it. */
export interface Loopback {
  port: number;
  connections: () => number;
  requests: IncomingMessage[];
}

export const serve = (answer: RequestListener): Promise<Loopback> => listening(createServer(), answer);

export const serveTls = (answer: RequestListener): Promise<Loopback> =>
  listening(createTlsServer({ key, cert: certificate }), answer);

async function listening(server: Server, answer: RequestListener): Promise<Loopback> {
  let connections = 0;
  const requests: IncomingMessage[] = [];
  server.on('connection', () => (connections += 1));
  server.on('request', (request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return { port: (server.address() as AddressInfo).port, connections: () => connections, requests };
}
