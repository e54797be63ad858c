import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Mover, openMover } from '../../src/storage/mover.ts';

const film = Buffer.alloc(3_000_000, 'film');

describe('a download in the mover', () => {
  let folder = '';
  let server: Server;
  let host = '';
  let mover: Mover;
  let answer: RequestListener = (_request, response) => void response.end(film);
  let n = 0;
  const newFile = () => join(folder, `f${++n}`);
  const url = () => `http://${host}/film.mp4`;
  const limits = (more: { mostBytes?: number; timeout?: number; signal?: AbortSignal } = {}) => ({
    ...{ mostBytes: 10_000_000, signal: new AbortController().signal },
    ...more,
  });
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dailies-download-'));
    server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    mover = openMover({ allowPrivateHosts: [host] });
  });
  afterEach(() => {
    answer = (_request, response) => void response.end(film);
  });
  afterAll(async () => {
    await mover.close();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });

  it('brings the bytes and their hash', async () => {
    const file = newFile();
    const sha256 = createHash('sha256').update(film).digest('hex');
    expect(await mover.download(url(), file, limits())).toEqual({ sha256, bytes: film.length });
    expect(readFileSync(file).equals(film)).toBe(true);
  });

  it.each([
    ['too large', { mostBytes: 1_000_000 }, { name: 'Never', code: 'image-too-large' }],
    ['too slow', { timeout: 30 }, { name: 'Never', code: 'link-timeout' }],
  ])('that is %s leaves nothing behind', async (_what, less, error) => {
    // Without its length, so that only the bytes tell.
    answer = (_request, response) => void response.write(film.subarray(0, 2_000_000));
    const file = newFile();
    await expect(mover.download(url(), file, limits(less))).rejects.toMatchObject(error);
    expect(existsSync(file)).toBe(false);
  });

  it('that never ends holds up nobody who ends', async () => {
    answer = (_request, response) => void response.write(film.subarray(0, 1_000));
    const leaving = openMover({ allowPrivateHosts: [host] });
    const rejected = expect(leaving.download(url(), newFile(), limits())).rejects.toThrow('closed');
    const begun = performance.now();
    await leaving.close();
    await rejected;
    expect(performance.now() - begun).toBeLessThan(6_000);
  });

  it('says in our words what went wrong: gone, busy, cut off, a private place', async () => {
    const status = (code: number, headers = {}) => {
      answer = (_request, response) => void response.writeHead(code, headers).end();
    };
    const error = () => mover.download(url(), newFile(), limits()).catch((e: unknown) => e);
    status(404);
    expect(await error()).toMatchObject({ name: 'Never', code: 'link-missing' });
    status(503, { 'retry-after': '7' });
    expect(await error()).toMatchObject({ name: 'TryLater', delay: 7000, sent: false });
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': film.length });
      response.write(film.subarray(0, 1_000_000), () => response.destroy());
    };
    expect(await error()).toMatchObject({ name: 'TryLater' });
    const inside = mover.download('http://169.254.169.254/x', newFile(), limits());
    await expect(inside).rejects.toMatchObject({ name: 'Never' });
  });

  it('ends when it is called off, with the reason, and lets go of the connection', async () => {
    const closed = vi.fn();
    const asked = Promise.withResolvers<void>();
    answer = (request, response) => {
      response.write(film);
      request.socket.once('close', closed);
      asked.resolve();
    };
    const off = new AbortController();
    const file = newFile();
    const download = mover.download(url(), file, limits({ signal: off.signal }));
    await asked.promise;
    off.abort(new Error('changed my mind'));
    await expect(download).rejects.toThrow('changed my mind');
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
    expect(existsSync(file)).toBe(false);
  });

  it('is called off while it waits for its turn', async () => {
    answer = (_request, response) => void response.write(film);
    const offs = Array.from({ length: 7 }, () => new AbortController());
    const downloads = offs.map(({ signal }) => mover.download(url(), newFile(), limits({ signal })));
    const last = downloads.at(-1);
    offs.at(-1)?.abort(new Error('no longer wanted'));
    await expect(last).rejects.toThrow('no longer wanted');
    for (const off of offs) off.abort();
    await Promise.allSettled(downloads);
  });

  it('does not hold up what is moved on this machine', async () => {
    const slow = Array.from({ length: 8 }, () => new AbortController());
    answer = (_request, response) => void response.write(film);
    const downloads = slow.map(({ signal }) => mover.download(url(), newFile(), limits({ signal })));
    const copy = join(folder, 'source');
    writeFileSync(copy, film);
    expect(await mover.hash(copy)).toMatchObject({ bytes: film.length });
    for (const off of slow) off.abort();
    await Promise.allSettled(downloads);
  });
});
