import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Storage } from '../../src/storage/storage.ts';

export interface StorageWorld {
  storage: Storage;
  now(): number;
  /** Lets time go by; false where the driver's clock cannot be moved. */
  pass(milliseconds: number): boolean;
  /** How many things are kept. */
  count(): Promise<number>;
  /** Spoils the kept bytes behind the driver's back. */
  spoil(key: string): Promise<void>;
  end(): Promise<void>;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const day = 24 * 60 * 60 * 1000;

/** What every storage does. */
export function storageContract(
  name: string,
  open: () => Promise<StorageWorld>,
  /** What this server is known to do wrong, with the reason. */
  cannot: { readFirstByte?: string } = {},
): void {
  describe(`the storage on ${name}`, () => {
    let world: StorageWorld;
    let here = '';
    beforeEach(async () => {
      world = await open();
      here = mkdtempSync(join(tmpdir(), 'dailies-here-'));
    });
    afterEach(async () => {
      await world.end();
      rmSync(here, { recursive: true });
    });

    const film = Buffer.from('a film of some length, or so it says');
    const put = (bytes: Uint8Array = film, more: { workspace?: string; shelf?: 'references' } = {}) =>
      world.storage.put({ shelf: 'generated', workspace: 'w1', ending: 'mp4', from: { bytes }, ...more });
    const read = async (key: string, range?: { start: number; end: number }) =>
      (await buffer(await world.storage.read(key, range))).toString();
    const missing = { name: 'Never', code: 'storage-missing' };

    it('keeps bytes under their shelf, workspace and hash', async () => {
      const hash = sha256(film);
      const stored = { key: `generated/w1/${hash}.mp4`, sha256: hash, bytes: film.length };
      expect(await put()).toEqual(stored);
      expect(await read(stored.key)).toBe(film.toString());
      expect(await world.storage.size(stored.key)).toBe(film.length);
    });

    describe('what is sent elsewhere', () => {
      const elsewhere = async (status: number) => {
        const got: { length: string | undefined; mime: string | undefined; body: Buffer }[] = [];
        const server = createServer(async (request, response) => {
          const body = await buffer(request);
          got.push({
            length: request.headers['content-length'],
            mime: request.headers['content-type'],
            body,
          });
          response.writeHead(status).end();
        }).listen(0, '127.0.0.1');
        onTestFinished(() => void server.close());
        await once(server, 'listening');
        const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
        return { got, sending: { url, mime: 'video/mp4', timeout: 5_000, pause: 7 } };
      };

      it('arrives whole, with its length and type', async () => {
        const large = Buffer.alloc(3_000_001, 'film');
        const { got, sending } = await elsewhere(200);
        await world.storage.send((await put(large)).key, { ...sending, bytes: large.length });
        expect(got).toEqual([{ length: '3000001', mime: 'video/mp4', body: large }]);
      });

      it('is tried later where it was not accepted, or nobody is there', async () => {
        const { sending } = await elsewhere(500);
        const { key, bytes } = await put();
        const later = { name: 'TryLater', delay: 7, sent: false };
        await expect(world.storage.send(key, { ...sending, bytes })).rejects.toMatchObject(later);
        const nobody = { ...sending, url: 'http://127.0.0.1:1/', bytes };
        await expect(world.storage.send(key, nobody)).rejects.toMatchObject(later);
      });

      it('has to be there', async () => {
        const { got, sending } = await elsewhere(200);
        const key = `generated/w1/${'0'.repeat(64)}.mp4`;
        await expect(world.storage.send(key, { ...sending, bytes: 1 })).rejects.toMatchObject(missing);
        expect(got).toEqual([]);
      });
    });

    it('keeps a file, and leaves it where it was', async () => {
      const file = join(here, 'x.mp4');
      const bytes = Buffer.alloc(3_000_001, 'film');
      writeFileSync(file, bytes);
      const stored = await world.storage.put({
        ...{ shelf: 'brands', workspace: 'w1', ending: 'MP4' },
        from: { file },
      });
      expect(stored).toEqual({
        ...{ key: `brands/w1/${sha256(bytes)}.mp4`, sha256: sha256(bytes), bytes: bytes.length },
      });
      expect(existsSync(file)).toBe(true);
      expect(sha256(await buffer(await world.storage.read(stored.key)))).toBe(stored.sha256);
    });

    it('keeps the same bytes once, put one after the other or all at once', async () => {
      const file = join(here, 'x');
      writeFileSync(file, film);
      const { key } = await put();
      const from = { file };
      const again = () => world.storage.put({ shelf: 'generated', workspace: 'w1', ending: 'mp4', from });
      const all = await Promise.all([put(), again(), put(), again(), again()]);
      expect(new Set(all.map((stored) => stored.key))).toEqual(new Set([key]));
      expect(await world.count()).toBe(1);
    });

    it('keeps them apart for each workspace', async () => {
      const [one, two] = [await put(), await put(film, { workspace: 'w2' })];
      expect(one.key).not.toBe(two.key);
      await world.storage.remove(one.key);
      await expect(world.storage.size(one.key)).rejects.toMatchObject(missing);
      expect(await read(two.key)).toBe(film.toString());
    });

    it('keeps nothing at all as well', async () => {
      const { key, bytes } = await put(new Uint8Array());
      expect(bytes).toBe(0);
      expect(await read(key)).toBe('');
    });

    it('reads a part, both ends included', async () => {
      const { key } = await put();
      expect(await read(key, { start: 2, end: 5 })).toBe('film');
      expect(await read(key, { start: 2, end: 2 })).toBe('f');
    });

    const known = cannot.readFirstByte ? ` (not here: ${cannot.readFirstByte})` : '';
    it.skipIf(known !== '')(`reads the first byte alone${known}`, async () => {
      const { key } = await put();
      expect(await read(key, { start: 0, end: 0 })).toBe('a');
    });

    it('says what is missing', async () => {
      const key = `generated/w1/${'0'.repeat(64)}.mp4`;
      await expect(world.storage.read(key)).rejects.toMatchObject(missing);
      await expect(world.storage.size(key)).rejects.toMatchObject(missing);
      await expect(world.storage.fetchTo(key, join(here, 'x'))).rejects.toMatchObject(missing);
      await world.storage.remove(key);
    });

    it.each([
      '../../etc/passwd',
      `generated/../../${'0'.repeat(64)}.mp4`,
      `generated/..%2f/${'0'.repeat(64)}.mp4`,
      `generated/./${'0'.repeat(64)}.mp4`,
      `generated//${'0'.repeat(64)}.mp4`,
      `generated/${'0'.repeat(64)}.mp4`,
      `generated/w1/${'0'.repeat(64)}.mp4/../x`,
      `generated/w1/${'0'.repeat(64)}.mp4\0`,
      `generated/w1/${'0'.repeat(64)}.mp4\n`,
      `secrets/w1/${'0'.repeat(64)}.mp4`,
      `generated/w1/${'0'.repeat(63)}.mp4`,
      `generated/w1/${'0'.repeat(64)}`,
      `/generated/w1/${'0'.repeat(64)}.mp4`,
    ])('takes %j for no key', async (key) => {
      await expect(world.storage.read(key)).rejects.toMatchObject(missing);
      await expect(world.storage.remove(key)).rejects.toMatchObject(missing);
      expect(() => world.storage.url(key, 60)).toThrow();
      expect(() => world.storage.path(key)).toThrow();
    });

    it.each(['..', '.', '', 'a/b', '../w1', 'a\\b', 'a\0'])(
      'keeps nothing for a workspace %j',
      async (workspace) => {
        await expect(put(film, { workspace })).rejects.toThrow();
        expect(await world.count()).toBe(0);
      },
    );

    it('fetches a file whole, in one go', async () => {
      const { key } = await put();
      const file = join(here, 'out.mp4');
      writeFileSync(file, 'older');
      await world.storage.fetchTo(key, file);
      expect(readFileSync(file, 'utf8')).toBe(film.toString());
      expect(readdirSync(here)).toEqual(['out.mp4']);
    });

    it('does not hand out bytes that are not what was put', async () => {
      const { key } = await put();
      await world.spoil(key);
      const file = join(here, 'out.mp4');
      const spoiled = { name: 'Never', code: 'storage-corrupt' };
      await expect(world.storage.fetchTo(key, file)).rejects.toMatchObject(spoiled);
      expect(readdirSync(here)).toEqual([]);
    });

    it('sweeps references of thirty days, counted from when they were last put', async () => {
      const old = await put(film, { shelf: 'references' });
      const renewed = await put(Buffer.from('x'), { shelf: 'references' });
      const kept = await put();
      if (!world.pass(29 * day)) return;
      await put(Buffer.from('x'), { shelf: 'references' });
      expect(await world.storage.sweep(world.now())).toBe(0);
      world.pass(2 * day);
      expect(await world.storage.sweep(world.now())).toBe(1);
      await expect(world.storage.size(old.key)).rejects.toMatchObject(missing);
      for (const { key, bytes } of [renewed, kept]) expect(await world.storage.size(key)).toBe(bytes);
    });
  });
}
