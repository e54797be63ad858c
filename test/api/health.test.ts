import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Checks, readiness } from '../../src/api/health.ts';

describe('readiness', () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => servers.splice(0).forEach((server) => void server.close()));

  async function ask(checks: Checks): Promise<[number, unknown]> {
    const handler = readiness(checks);
    const server = createServer((request, response) => void handler(request, response)).listen(
      0,
      '127.0.0.1',
    );
    servers.push(server);
    await once(server, 'listening');
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/readyz`);
    return [answer.status, await answer.json()];
  }

  it('is there when everything answers', async () => {
    expect(await ask({ journal: async () => 1 })).toEqual([200, { ready: true, journal: 'ok' }]);
  });

  it('is not there, and says why, when something fails or keeps silent', async () => {
    const checks = {
      journal: () => Promise.reject(new Error('secret words')),
      queue: () => new Promise(() => undefined),
      storage: async () => undefined,
    };
    const said = { ready: false, journal: 'fails', queue: 'silent', storage: 'ok' };
    expect(await ask(checks)).toEqual([503, said]);
  });
});
