import { createHash, timingSafeEqual } from 'node:crypto';
import type { Handler } from './http.ts';

/** What writes it all down, as Prometheus reads it. */
interface Registry {
  contentType: string;
  metrics(): Promise<string>;
}

/** What is measured, for Prometheus, to whoever knows the token: `Authorization: Bearer …`. */
export const metrics =
  (registry: Registry, token: string): Handler =>
  async (request, response) => {
    if (!knows(request.headers.authorization ?? '', token)) {
      response.writeHead(401, { 'www-authenticate': 'Bearer', 'content-type': 'text/plain' });
      response.end('Metrics need `Authorization: Bearer` and METRICS_TOKEN.\n');
      return;
    }
    const text = await registry.metrics();
    response.writeHead(200, { 'content-type': registry.contentType, 'cache-control': 'no-store' });
    response.end(text);
  };

const hash = (words: string) => createHash('sha256').update(words).digest();

/** In the same time whatever was said. */
const knows = (said: string, token: string): boolean => timingSafeEqual(hash(said), hash(`Bearer ${token}`));
