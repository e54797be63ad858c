import { Socket } from 'node:net';
import { Agent, request } from 'undici';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { guardedConnect, type Lookup } from '../../src/net/connect.ts';
import { type GuardedFetch, type GuardOptions, guardedFetch } from '../../src/net/guarded-fetch.ts';
import { elsewhere, loopback, metadata, names, otherPorts, privateNames, unreadable } from './hostile.ts';
import { failure, nameServer, watchDials } from './internet.ts';
import { serve } from './server.ts';

afterEach(() => vi.restoreAllMocks());

const limits = { signal: new AbortController().signal, mostBytes: 1000, timeout: 2000 };
const hosts = [...loopback, ...metadata, ...elsewhere, ...privateNames];

function guarded(options: Partial<GuardOptions> = {}): GuardedFetch {
  const fetch = guardedFetch({ allowPrivateHosts: [], allowHttp: true, lookup: nameServer, ...options });
  onTestFinished(() => fetch.close());
  return fetch;
}

/** undici with the guard's connect and without the rules for URLs, so that any port reaches the address rules. */
function bare(lookup: Lookup, vouched = false): (url: string) => Promise<unknown> {
  const agent = new Agent({ connect: guardedConnect(() => vouched, lookup) });
  onTestFinished(() => agent.destroy());
  return (url) => request(url, { dispatcher: agent, signal: AbortSignal.timeout(2000) });
}

const trap = () => serve((_, response) => response.end('secret'));
const ascii = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);
const home: Lookup = async () => [{ address: '127.0.0.1' }];

describe('hostile targets', () => {
  const targets = hosts.flatMap((host) => [`http://${host}/`, `https://${host}/latest/meta-data/`]);

  it('are many', () => {
    expect(targets.length + unreadable.length + otherPorts.length).toBeGreaterThan(200);
  });

  it.each(targets)('%j is private and never dialled', async (url) => {
    const dials = watchDials();
    await expect(guarded()(url, limits)).rejects.toMatchObject({ name: 'Never', code: 'link-private' });
    expect(dials).toEqual([]);
  });

  it.each(unreadable)('%j is unreadable and not even looked up', async (url) => {
    const dials = watchDials();
    const lookup = vi.fn(nameServer);
    await expect(guarded({ lookup })(url, limits)).rejects.toMatchObject({ code: 'link-unreadable' });
    expect([dials, lookup.mock.calls]).toEqual([[], []]);
  });

  it.each(otherPorts)('%j is refused for its port', async (url) => {
    const dials = watchDials();
    await expect(guarded()(url, limits)).rejects.toMatchObject({ code: 'link-private' });
    expect(dials).toEqual([]);
  });

  it('on the port of a listening server open no connection to it', async () => {
    const { port, connections } = await trap();
    const codes = new Set<string>();
    for (const host of hosts) {
      await bare(nameServer)(`http://${host}:${port}/`).catch(({ code }) => codes.add(code));
      await guarded()(`http://${host}:${port}/`, limits).catch(({ code }) => codes.add(code));
    }
    expect([...codes]).toEqual(['link-private']);
    expect(connections()).toBe(0);
    await bare(nameServer, true)(`http://localhost:${port}/`);
    expect(connections()).toBe(1);
  });

  it('are no better behind a redirect', async () => {
    const start = await serve(({ url }, response) => {
      response.writeHead(302, { location: decodeURIComponent(String(url).slice(1)) }).end();
    });
    const from = `127.0.0.1:${start.port}`;
    const fetch = guarded({ allowPrivateHosts: [from] });
    const dials = watchDials();
    const lands = async (url: string): Promise<string> =>
      fetch(`http://${from}/${encodeURIComponent(url)}`, limits).then(String, ({ code }) => code);
    for (const url of [...targets, ...otherPorts].filter(ascii))
      expect(await lands(url), url).toBe('link-private');
    for (const url of unreadable.filter((text) => ascii(text) && /^\w+:\/?/.test(text)))
      expect(await lands(url), url).toBe('link-unreadable');
    expect(new Set(dials)).toEqual(new Set([`127.0.0.1 ${start.port}`]));
    expect(start.connections()).toBe(dials.length);
  });
});

describe('names that change their mind', () => {
  it('are asked once for each connection, and what was judged is what is dialled', async () => {
    const { port, connections } = await trap();
    const dials = watchDials();
    const lookup = vi.fn<Lookup>(home).mockResolvedValueOnce([{ address: '93.184.216.34' }]);
    await expect(bare(lookup)(`http://rebind.test:${port}/`)).rejects.toThrow('ECONNREFUSED');
    expect(lookup).toHaveBeenCalledTimes(1);
    expect(dials).toEqual([`93.184.216.34 ${port}`]);
    await expect(bare(lookup)(`http://rebind.test:${port}/`)).rejects.toMatchObject({ code: 'link-private' });
    expect(connections()).toBe(0);
  });

  it('are judged again on every hop', async () => {
    const { port } = await serve((_, response) =>
      response.writeHead(302, { location: 'http://rebind.test/' }).end(),
    );
    const lookup = vi.fn<Lookup>(home);
    const dials = watchDials();
    const fetch = guarded({ allowPrivateHosts: [`start.test:${port}`], lookup });
    await expect(fetch(`http://start.test:${port}/`, limits)).rejects.toMatchObject({ code: 'link-private' });
    expect(lookup).toHaveBeenCalledTimes(2);
    expect(dials).toEqual([`127.0.0.1 ${port}`]);
  });

  it('get no request through when a public address leads home', async () => {
    const { port, connections, requests } = await trap();
    watchDials({ home: true });
    const url = `http://public.test:${port}/`;
    await expect(bare(nameServer)(url)).rejects.toMatchObject({ code: 'link-private' });
    expect([connections(), requests.length]).toEqual([1, 0]);
  });

  it('are tried later when the peer is gone before it could be judged', async () => {
    const { port, requests } = await trap();
    watchDials({ home: true });
    // `remoteAddress` itself cannot be replaced; this is where it asks.
    vi.spyOn(Socket.prototype as unknown as { _getpeername(): object }, '_getpeername').mockReturnValue({});
    await expect(bare(nameServer)(`http://public.test:${port}/`)).rejects.toMatchObject({ name: 'TryLater' });
    expect(requests.length).toBe(0);
  });
});

describe('public targets', () => {
  it.each([
    ['http://public.test/', '93.184.216.34 80'],
    ['https://public.test/', '93.184.216.34 443'],
    ['https://public.test:80/', '93.184.216.34 80'],
    ['http://93.184.216.34/', '93.184.216.34 80'],
    ['http://public.test\\@127.0.0.1/', '93.184.216.34 80'],
    ['http://public.test#@127.0.0.1/', '93.184.216.34 80'],
  ])('%j is dialled, and nothing else', async (url, dialled) => {
    const dials = watchDials();
    await expect(guarded()(url, limits)).rejects.toMatchObject({ name: 'TryLater', sent: false });
    expect(dials[0]).toBe(dialled);
    expect(dials.every((dial) => /^(93\.184\.216\.34|2606:2800:220:1::1) /.test(dial))).toBe(true);
  });

  it('need https unless http is allowed', async () => {
    const fetch = guarded({ allowHttp: false });
    await expect(fetch('http://public.test/', limits)).rejects.toMatchObject({ code: 'link-unreadable' });
    const dials = watchDials();
    await expect(fetch('https://public.test/', limits)).rejects.toMatchObject({ name: 'TryLater' });
    expect(dials).toContain('93.184.216.34 443');
  });

  it('that do not exist, or whose name server is down, are told apart', async () => {
    await expect(guarded()('https://nowhere.test/', limits)).rejects.toMatchObject({
      code: 'link-unknown-host',
    });
    const none = guarded({ lookup: async () => [] });
    await expect(none('https://nowhere.test/', limits)).rejects.toMatchObject({ code: 'link-unknown-host' });
    const down = guarded({ lookup: () => Promise.reject(failure('EAI_AGAIN')) });
    await expect(down('https://public.test/', limits)).rejects.toMatchObject({
      name: 'TryLater',
      sent: false,
    });
  });
});

describe('the list of private hosts', () => {
  it('lets exactly host:port through, in http too', async () => {
    const { port, connections } = await trap();
    const other = await trap();
    const fetch = guarded({ allowPrivateHosts: [`box.test:${port}`], allowHttp: false, lookup: home });
    await fetch(`http://box.test:${port}/`, limits);
    expect(connections()).toBe(1);
    for (const place of [`box.test:${other.port}`, `127.0.0.1:${port}`, `sub.box.test:${port}`, `box.test`])
      await expect(fetch(`https://${place}/`, limits), place).rejects.toMatchObject({ code: 'link-private' });
    expect([connections(), other.connections()]).toEqual([1, 0]);
  });

  it('opens the ports of the web to a host without port', async () => {
    const { port } = await trap();
    const fetch = guarded({ allowPrivateHosts: ['box.test'], allowHttp: false, lookup: home });
    await expect(fetch(`http://box.test:${port}/`, limits)).rejects.toBeDefined();
    const dials = watchDials();
    await fetch('http://box.test/', limits).catch(() => {});
    await fetch('https://box.test/', limits).catch(() => {});
    expect(dials).toEqual(['127.0.0.1 80', '127.0.0.1 443']);
  });
});

it('has a name server for every name used', () => {
  expect(privateNames.every((name) => (names[name] ?? []).length > 0)).toBe(true);
});
