import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type WebhookParts, webhooks } from '../../src/api/webhooks.ts';
import { TryLater } from '../../src/errors.ts';

const heard = { prediction: 'p1', delivery: 'd1' };

/** The route on a server, with parts to replace; everything it says is kept. */
async function route(given: Partial<WebhookParts> = {}) {
  const heeded: unknown[] = [];
  const logged: string[] = [];
  const parts: WebhookParts = {
    tagIn: (url) => (url === '/ours' ? 'tag' : null),
    read: async () => heard,
    heed: async (hint) => void heeded.push(hint),
    log: { info: () => {}, error: (what) => void logged.push(what) },
    ...given,
  };
  const server = createServer((request, response) => void webhooks(parts)(request, response));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const call = async (path: string, init: RequestInit = {}) =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: '{}', ...init })).status;
  return { call, heeded, logged };
}

describe('a webhook', () => {
  test('that is the provider’s, at an address of ours, is heeded', async () => {
    const { call, heeded } = await route();
    expect(await call('/ours')).toBe(200);
    expect(heeded).toEqual([{ tag: 'tag', ...heard }]);
  });

  test('is read byte for byte', async () => {
    const bodies: string[] = [];
    const { call } = await route({
      read: async (_, body) => {
        bodies.push(body.toString());
        return heard;
      },
    });
    await call('/ours', { body: '{ "id":  "ü" }' });
    expect(bodies).toEqual(['{ "id":  "ü" }']);
  });

  test('at an address that was not made by us is not even read', async () => {
    const { call, heeded } = await route({ read: () => Promise.reject(new Error('read')) });
    expect(await call('/theirs')).toBe(401);
    expect(heeded).toEqual([]);
  });

  test('with a wrong signature is refused', async () => {
    const { call, heeded } = await route({ read: async () => null });
    expect(await call('/ours')).toBe(401);
    expect(heeded).toEqual([]);
  });

  test('of more than 8 MiB is refused, and the next one is heard', async () => {
    const { call, heeded } = await route();
    expect(await call('/ours', { body: Buffer.alloc(8 * 1024 * 1024 + 1) })).toBe(413);
    expect(heeded).toEqual([]);
    expect(await call('/ours')).toBe(200);
  });

  test('is to come again where its signature cannot be checked just now', async () => {
    const later = new TryLater('no secret', { delay: 1, sent: false });
    const { call, heeded, logged } = await route({ read: () => Promise.reject(later) });
    expect(await call('/ours')).toBe(503);
    expect(heeded).toEqual([]);
    expect(logged).toHaveLength(1);
  });

  test('is to come again where it could not be written down', async () => {
    const { call } = await route({ heed: () => Promise.reject(new Error('disk full')) });
    expect(await call('/ours')).toBe(500);
  });

  test('is posted, not got', async () => {
    const { call } = await route();
    expect(await call('/ours', { method: 'GET', body: null })).toBe(405);
  });
});
