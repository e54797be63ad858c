import type { RequestListener, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Lookup } from '../../src/net/connect.ts';
import { type FetchLimits, guardedFetch } from '../../src/net/guarded-fetch.ts';
import { certificate } from './certificate.ts';
import { serve, serveTls } from './server.ts';

const limits: FetchLimits = { signal: new AbortController().signal, mostBytes: 1000, timeout: 2000 };
const home: Lookup = async () => [{ address: '127.0.0.1' }];

function guarded(place: string, lookup: Lookup = home) {
  const fetch = guardedFetch({ allowPrivateHosts: [place], lookup });
  onTestFinished(() => fetch.close());
  return fetch;
}

/** A vouched server, and a fetch from it in one step. */
async function serving(answer: RequestListener) {
  const server = await serve(answer);
  const place = `pictures.test:${server.port}`;
  const fetch = guarded(place);
  const get = (path = '/', less: Partial<FetchLimits> = {}) =>
    fetch(`http://${place}${path}`, { ...limits, ...less });
  return { ...server, get, fetch };
}

const bytes = (size: number): Buffer => Buffer.alloc(size, 7);
const never = (code: string) => expect.objectContaining({ name: 'Never', code });
const tryLater = (more: object = {}) => expect.objectContaining({ name: 'TryLater', sent: false, ...more });

describe('what is asked and answered', () => {
  it('streams the body', async () => {
    const { get } = await serving((_, response) => response.end(bytes(1000)));
    expect(await buffer(await get())).toEqual(bytes(1000));
  });

  it('asks for identity, and hands on nothing of ours or of an earlier hop', async () => {
    const { get, requests } = await serving(({ url }, response) => {
      const more = url === '/' ? { location: '/picture', 'set-cookie': 'a=b; Path=/' } : {};
      response.writeHead(url === '/' ? 302 : 200, more).end();
    });
    await get('/#fragment');
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /', 'GET /picture']);
    for (const { headers } of requests) {
      expect(headers['accept-encoding']).toBe('identity');
      expect(Object.keys(headers).sort()).toEqual([
        'accept',
        'accept-encoding',
        'connection',
        'host',
        'user-agent',
      ]);
    }
  });

  it.each([301, 302, 303, 307, 308])('follows %i three times and not four', async (status) => {
    const { get, requests } = await serving(({ url }, response) => {
      const left = Number(url?.slice(1));
      response.writeHead(left > 0 ? status : 200, left > 0 ? { location: `${left - 1}` } : {}).end('found');
    });
    expect(String(await buffer(await get('/3')))).toBe('found');
    expect(requests.length).toBe(4);
    await expect(get('/4')).rejects.toEqual(never('link-redirects'));
    expect(requests.length).toBe(8);
  });

  it.each([
    [404, never('link-missing')],
    [410, never('link-missing')],
    [400, never('link-refused')],
    [401, never('link-refused')],
    [403, never('link-refused')],
    [451, never('link-refused')],
    [304, never('link-refused')],
    [302, never('link-refused')],
    [429, tryLater({ delay: 5000 })],
    [500, tryLater({ delay: 5000 })],
    [503, tryLater({ delay: 5000 })],
  ])('%i, without a place to go', async (status, error) => {
    const { get } = await serving((_, response) => response.writeHead(status).end('a page of words'));
    await expect(get()).rejects.toEqual(error);
  });

  it.each([
    ['60', 60_000],
    ['1', 5000],
    ['86400', 300_000],
    ['-1', 5000],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 5000],
  ])('waits as asked by Retry-After %s, within reason', async (header, delay) => {
    const { get } = await serving((_, response) => response.writeHead(429, { 'retry-after': header }).end());
    await expect(get()).rejects.toEqual(tryLater({ delay }));
  });
});

describe('size', () => {
  it('is refused by its announcement, before a byte of it', async () => {
    const { get } = await serving((_, response) =>
      response.writeHead(200, { 'content-length': 1001 }).flushHeaders(),
    );
    await expect(get()).rejects.toEqual(never('image-too-large'));
  });

  it('is refused where the bytes pass it, and the server is let go', async () => {
    const gone = Promise.withResolvers<void>();
    const { get } = await serving((_, response) => {
      const pour = setInterval(() => response.write(bytes(400)), 5);
      response.on('close', () => gone.resolve(clearInterval(pour)));
    });
    const read: Buffer[] = [];
    const reading = (async () => {
      for await (const chunk of await get()) read.push(chunk);
    })();
    await expect(reading).rejects.toEqual(never('image-too-large'));
    expect(Buffer.concat(read).length).toBeLessThanOrEqual(1000);
    await gone.promise;
  });
});

it('survives a fault in a body nobody reads', async () => {
  const { get } = await serving((_, response) => response.write(bytes(2000)));
  const body = await get();
  await sleep(50);
  await expect(buffer(body)).rejects.toEqual(never('image-too-large'));
});

describe('time', () => {
  const stuck: Lookup = () => new Promise(() => {});
  const drip: RequestListener = (_, response) => {
    const pour = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(pour));
  };
  const silent: RequestListener = () => {};

  it.each([
    ['a name server', silent, stuck],
    ['headers', silent, home],
    ['a body that drips', drip, home],
  ] as const)('is up while waiting for %s', async (_what, answer, lookup) => {
    const { port } = await serve(answer);
    const place = `pictures.test:${port}`;
    const begun = Date.now();
    const reading = guarded(place, lookup)(`http://${place}/`, { ...limits, timeout: 150 }).then(buffer);
    await expect(reading).rejects.toEqual(never('link-timeout'));
    expect(Date.now() - begun).toBeLessThan(1000);
  });

  it('is one for all hops together', async () => {
    const { get, requests } = await serving(async (_, response) => {
      await sleep(80);
      response.writeHead(302, { location: '/' }).end();
    });
    await expect(get('/', { timeout: 150 })).rejects.toEqual(never('link-timeout'));
    expect(requests.length).toBe(2);
  });

  it('is up for a body nobody read yet, and its late reader is told', async () => {
    const { get } = await serving(drip);
    const body = await get('/', { timeout: 60 });
    await sleep(120);
    await expect(buffer(body)).rejects.toEqual(never('link-timeout'));
  });

  it.each([
    ['before', 0, silent, home],
    ['during the lookup', 30, silent, stuck],
    ['before the headers', 30, silent, home],
    ['during the body', 60, drip, home],
  ] as const)(
    'is cut short by the caller %s, with the reason of the caller',
    async (_when, wait, answer, lookup) => {
      const { port } = await serve(answer);
      const place = `pictures.test:${port}`;
      const caller = new AbortController();
      const reason = new DOMException('enough', 'AbortError');
      const begun = Date.now();
      if (wait === 0) caller.abort(reason);
      else setTimeout(() => caller.abort(reason), wait);
      const reading = guarded(place, lookup)(`http://${place}/`, { ...limits, signal: caller.signal }).then(
        buffer,
      );
      await expect(reading).rejects.toBe(reason);
      expect(Date.now() - begun).toBeLessThan(1000);
    },
  );
});

describe('connections', () => {
  it('that nobody accepts are tried later', async () => {
    const { port } = await serve(() => {});
    const place = `pictures.test:${port}`;
    const nobody: Lookup = async () => [{ address: '127.0.0.2' }, { address: '127.0.0.3' }];
    await expect(guarded(place, nobody)(`http://${place}/`, limits)).rejects.toEqual(tryLater());
  });

  it.each([
    ['before the headers', ({ socket }: ServerResponse) => socket?.destroy()],
    ['within the body', (response: ServerResponse) => breakOff(response, { 'content-length': '500' })],
    ['within a chunked body', (response: ServerResponse) => breakOff(response, {})],
  ])('that break %s are tried later', async (_when, answer) => {
    const { get } = await serving((_, response) => answer(response));
    await expect(get().then(buffer)).rejects.toEqual(tryLater());
  });

  it('end when the reader leaves, read or not', async () => {
    const closed: Promise<void>[] = [];
    const { get } = await serving((_, response) => {
      closed.push(new Promise((done) => response.on('close', done)));
      response.write(bytes(100));
    });
    (await get()).destroy();
    for await (const _ of await get()) break;
    await Promise.all(closed);
    expect(closed.length).toBe(2);
  });

  it.each([404, 302, 500])('end with an answer of %i that goes on and on', async (status) => {
    const closed = Promise.withResolvers<string>();
    const { get } = await serving(({ url }, response) => {
      const first = url === '/';
      response
        .writeHead(first ? status : 200, first && status === 302 ? { location: '/next' } : {})
        .write('.');
      if (first) response.on('close', () => closed.resolve('closed'));
    });
    await get().catch(() => {});
    expect(await Promise.race([closed.promise, sleep(500, 'still open')])).toBe('closed');
  });

  it('to one host do not wait for each other', async () => {
    const { get } = await serving(({ url }, response) => url === '/slow' || response.end('quick'));
    const slow = get('/slow', { timeout: 300 });
    const quick = await Promise.all(
      ['/a', '/b', '/c'].map((path) => get(path, { timeout: 250 }).then(buffer)),
    );
    expect(quick.map(String)).toEqual(['quick', 'quick', 'quick']);
    await expect(slow).rejects.toEqual(never('link-timeout'));
  });

  it('are not used twice', async () => {
    const { get, connections } = await serving((_, response) => response.end('once'));
    await buffer(await get());
    await sleep(50);
    await buffer(await get());
    expect(connections()).toBe(2);
  });

  it('end with close, and what was under way is tried later', async () => {
    const { get, fetch } = await serving(() => {});
    const waiting = get();
    setTimeout(() => fetch.close(), 50);
    await expect(waiting).rejects.toEqual(tryLater());
    await expect(get()).rejects.toEqual(tryLater());
  });
});

describe('https', () => {
  const trusted = (): void => {
    const before = getCACertificates('default');
    setDefaultCACertificates([...before, certificate]);
    onTestFinished(() => setDefaultCACertificates(before));
  };

  it('checks the certificate against the name, though an address is dialled', async () => {
    trusted();
    const { port, requests } = await serveTls((_, response) => response.end('picture'));
    const right = await guarded(`pictures.test:${port}`)(`https://pictures.test:${port}/`, limits);
    expect(String(await buffer(right))).toBe('picture');
    const wrong = guarded(`other.test:${port}`)(`https://other.test:${port}/`, limits);
    await expect(wrong).rejects.toEqual(tryLater({ message: 'ERR_TLS_CERT_ALTNAME_INVALID' }));
    const bare = guarded(`127.0.0.1:${port}`)(`https://127.0.0.1:${port}/`, limits);
    await expect(bare).rejects.toEqual(tryLater({ message: 'ERR_TLS_CERT_ALTNAME_INVALID' }));
    expect(requests.length).toBe(1);
  });

  it('takes no certificate that nobody vouches for', async () => {
    const { port, requests } = await serveTls((_, response) => response.end('picture'));
    await expect(guarded(`pictures.test:${port}`)(`https://pictures.test:${port}/`, limits)).rejects.toEqual(
      tryLater(),
    );
    expect(requests.length).toBe(0);
  });
});

function breakOff(response: ServerResponse, headers: Record<string, string>): void {
  response.writeHead(200, headers).write(bytes(100));
  setTimeout(() => response.socket?.destroy(), 20);
}
