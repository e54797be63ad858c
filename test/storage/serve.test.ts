import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveStored } from '../../src/storage/serve.ts';
import type { Put, Stored } from '../../src/storage/storage.ts';
import { type DiskWorld, diskWorld } from './disk-world.ts';

describe('a link to a stored file', () => {
  let world: DiskWorld;
  let server: Server;
  let origin = '';
  let stored: Stored;
  const text = '0123456789';

  const keep = (more: Partial<Put> = {}) =>
    world.storage.put({
      ...{ shelf: 'generated', workspace: 'w', ending: 'mp4', from: { bytes: Buffer.from(text) } },
      ...more,
    });

  beforeEach(async () => {
    world = await diskWorld();
    server = createServer(serveStored(world.storage)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    stored = await keep();
  });
  afterEach(async () => {
    server.close();
    server.closeAllConnections();
    await world.end();
  });

  const link = (key = stored.key, ttl = 60) =>
    world.storage.url(key, ttl).replace('https://dailies.test', origin);
  const get = (headers: Record<string, string> = {}, method = 'GET', url = link()) =>
    fetch(url, { headers, method });

  it('begins with our own address', () => {
    expect(world.storage.url(stored.key, 60)).toMatch(
      new RegExp(`^https://dailies\\.test/media/${stored.key}\\?expires=\\d+&signature=[\\w-]{43}$`),
    );
  });

  it('shows the file, to be kept for ever', async () => {
    const answer = await get();
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(text);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': '10',
      'accept-ranges': 'bytes',
      etag: `"${stored.sha256}"`,
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
  });

  it('lets a reference be kept a week', async () => {
    const { key } = await keep({ shelf: 'references', ending: 'png' });
    const { headers } = await get({}, 'GET', link(key));
    expect(headers.get('cache-control')).toBe('private, max-age=604800');
    expect(headers.get('content-type')).toBe('image/png');
  });

  it('never shows in a browser what a browser might run', async () => {
    const { key } = await keep({ shelf: 'brands', ending: 'svg' });
    const { headers } = await get({}, 'GET', link(key));
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toBe('attachment');
  });

  it('answers HEAD without the bytes', async () => {
    const answer = await get({}, 'HEAD');
    expect(answer.headers.get('content-length')).toBe('10');
    expect(await answer.text()).toBe('');
  });

  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=4-', '456789', 'bytes 4-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=9-99', '9', 'bytes 9-9/10'],
    ['bytes=-99', text, 'bytes 0-9/10'],
  ])('answers %s with that part', async (range, part, says) => {
    const answer = await get({ range });
    expect(answer.status).toBe(206);
    expect(await answer.text()).toBe(part);
    expect(answer.headers.get('content-range')).toBe(says);
    expect(answer.headers.get('content-length')).toBe(String(part.length));
  });

  it.each(['bytes=10-', 'bytes=-0', 'bytes=99-100'])('says that there is no %s', async (range) => {
    const answer = await get({ range });
    expect(answer.status).toBe(416);
    expect(answer.headers.get('content-range')).toBe('bytes */10');
  });

  it.each(['bytes=5-2', 'bytes=-', 'bytes=a-b', 'bytes=0-1,3-4', 'lines=1-2'])(
    'shows the whole for %s',
    async (range) => {
      const answer = await get({ range });
      expect(answer.status).toBe(200);
      expect(await answer.text()).toBe(text);
    },
  );

  it('sends a part only of the file the client knows', async () => {
    const range = 'bytes=0-3';
    expect((await get({ range, 'if-range': `"${stored.sha256}"` })).status).toBe(206);
    expect((await get({ range, 'if-range': '"other"' })).status).toBe(200);
  });

  it('sends nothing that the client has', async () => {
    const answer = await get({ 'if-none-match': `"${stored.sha256}"` });
    expect(answer.status).toBe(304);
    expect(await answer.text()).toBe('');
  });

  it('holds until it expires, and not longer', async () => {
    const url = link();
    world.pass(59_000);
    expect((await get({}, 'GET', url)).status).toBe(200);
    world.pass(1000);
    const answer = await get({}, 'GET', url);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toBe('This link is not valid or has expired.\n');
  });

  it('cannot be made up or changed', async () => {
    const other = await keep({ from: { bytes: Buffer.from('other') } });
    const url = link();
    const forged = [
      url.replace(stored.key, other.key),
      url.replace('/w/', '/w2/'),
      url.replace(/expires=\d+/, 'expires=9999999999'),
      url.replace(/signature=./, 'signature=!'),
      url.replace(/&signature=.*/, ''),
      url.replace(/\?.*/, ''),
      url.replace(/expires=\d+/, 'expires=NaN'),
      `${origin}/media/generated/%2e%2e/%2e%2e/etc/passwd`,
      `${origin}/`,
    ];
    for (const one of forged) expect((await get({}, 'GET', one)).status).toBe(403);
  });

  it('to a file that is gone says so', async () => {
    await world.storage.remove(stored.key);
    const answer = await get();
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('This file is no longer kept.\n');
  });

  it('is only for reading', async () => {
    const answer = await get({}, 'POST');
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });

  it('survives a client that goes away', async () => {
    const { key } = await keep({ from: { bytes: Buffer.alloc(8_000_000) } });
    const abort = new AbortController();
    const answer = await fetch(link(key), { signal: abort.signal });
    await answer.body?.getReader().read();
    abort.abort();
    expect((await get()).status).toBe(200);
  });
});
