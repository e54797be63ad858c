import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Linked } from '../../src/storage/link.ts';
import { s3Client } from '../../src/storage/s3-client.ts';
import { ourRules, setUp } from '../../src/storage/s3-setup.ts';
import { serveStored } from '../../src/storage/serve.ts';
import { storageContract } from '../contracts/storage.ts';
import { placeOf, s3World } from './s3-world.ts';

storageContract('S3', s3World);

describe('the storage on S3', () => {
  let world: Awaited<ReturnType<typeof s3World>>;
  beforeEach(async () => {
    world = await s3World();
  });
  afterEach(() => world.end());

  const bytes = Buffer.from('a film');
  const put = (shelf: 'generated' | 'references' = 'generated') =>
    world.storage.put({ shelf, workspace: 'w1', ending: 'mp4', from: { bytes } });
  const puts = () => world.bucket.log.filter(({ method }) => method === 'PUT');

  it('sends a file in one request of known length, signed over the very bytes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dailies-s3-'));
    const file = join(folder, 'film.mp4');
    writeFileSync(file, Buffer.alloc(20_000_000, 'film'));
    const from = { file };
    const { key, sha256 } = await world.storage.put({
      shelf: 'generated',
      workspace: 'w',
      ending: 'mp4',
      from,
    });
    expect(puts()).toHaveLength(1);
    expect(puts()[0]?.headers).toMatchObject({
      ...{ 'content-length': '20000000', 'x-amz-content-sha256': sha256, 'if-none-match': '*' },
      ...{ 'content-type': 'video/mp4', 'cache-control': 'private, max-age=31536000, immutable' },
    });
    expect(puts()[0]?.headers).not.toHaveProperty('x-amz-trailer');
    expect(world.bucket.objects.get(key)?.body).toHaveLength(20_000_000);
    rmSync(folder, { recursive: true });
  });

  it('says so where a file is gone before it is sent, and ends no process by it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dailies-s3-'));
    const file = join(folder, 'film.mp4');
    writeFileSync(file, 'a film');
    const hash = async (of: string) => {
      rmSync(of);
      return { sha256: 'a'.repeat(64), bytes: 6 };
    };
    const other = await s3World({ mover: { hash } });
    const sent = other.storage.put({ shelf: 'generated', workspace: 'w', ending: 'mp4', from: { file } });
    await expect(sent).rejects.toMatchObject({ name: 'Error', code: 'ENOENT' });
    expect(other.bucket.objects.size).toBe(0);
    await other.end();
    rmSync(folder, { recursive: true });
  });

  it('does not send again what is there, but renews the age of a reference', async () => {
    const { key } = await put();
    const first = world.bucket.objects.get(key);
    await put();
    expect(puts().map(({ status }) => status)).toEqual([200, 412]);
    expect(world.bucket.objects.get(key)).toBe(first);
    await put('references');
    await put('references');
    expect(puts().map(({ status }) => status)).toEqual([200, 412, 200, 200]);
    expect(puts().at(-1)?.headers['cache-control']).toBe('private, max-age=604800');
  });

  it('asks once, says that it may pass, and finds the bytes there when the answer was lost', async () => {
    for (const fault of ['error', 'slow-down', 'conflict', 'drop'] as const) {
      world.bucket.befall('PUT', fault);
      await expect(put()).rejects.toMatchObject({ name: 'TryLater' });
    }
    expect(puts()).toHaveLength(4);
    expect(await put()).toMatchObject({ bytes: bytes.length });
    expect(puts().at(-1)?.status).toBe(412);
  });

  it('waits for an operator where the bucket lets it not in', async () => {
    const refused = { name: 'Never', code: 'storage-refused', isHouseTrouble: true };
    world.bucket.befall('PUT', 'denied');
    await expect(put()).rejects.toMatchObject(refused);
    for (const wrong of [{ secretKey: 'no' }, { keyId: 'no' }, { bucket: 'no' }, { region: 'no' }]) {
      const other = await s3World({ ...placeOf(world.bucket), ...wrong });
      const from = { bytes };
      const tried = other.storage.put({ shelf: 'brands', workspace: 'w', ending: 'png', from });
      await expect(tried).rejects.toMatchObject(refused);
      await other.end();
    }
  });

  it('is away, not broken, when nobody answers', async () => {
    const nowhere = await s3World({ endpoint: 'http://127.0.0.1:1' });
    const from = { bytes };
    const tried = nowhere.storage.put({ shelf: 'brands', workspace: 'w', ending: 'png', from });
    await expect(tried).rejects.toMatchObject({ name: 'TryLater' });
    await nowhere.end();
  });

  it('does not take for the bucket what our own disk says', async () => {
    const { key } = await put();
    const inTheWay = join(tmpdir(), `dailies-${randomUUID()}`);
    writeFileSync(inTheWay, '');
    const fetched = world.storage.fetchTo(key, join(inTheWay, 'film.mp4'));
    await expect(fetched).rejects.toMatchObject({ name: 'Never', code: 'storage-unwritable' });
    rmSync(inTheWay);
    for (const [code, ours] of [
      ['ENOSPC', 'storage-full'],
      ['EACCES', 'storage-unwritable'],
    ] as const) {
      const full = { hash: () => Promise.reject(Object.assign(new Error(code), { code })) };
      const other = await s3World({ mover: full });
      const put = other.storage.put({ shelf: 'brands', workspace: 'w', ending: 'png', from: { file: 'f' } });
      await expect(put).rejects.toMatchObject({ name: 'Never', code: ours });
      await other.end();
    }
  });

  it('is served through our own links, in parts too', async () => {
    const server = createServer(serveStored(world.storage as Linked)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { key } = await put();
    const { pathname, search } = new URL(world.storage.url(key, 60));
    const link = `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}${search}`;
    const part = await fetch(link, { headers: { range: 'bytes=2-5' } });
    expect([part.status, await part.text()]).toEqual([206, 'film']);
    expect((await fetch(link.replace('w1', 'w2'))).status).toBe(403);
    expect((await buffer(await world.storage.read(key))).equals(bytes)).toBe(true);
    server.close();
  });

  it('gives the bucket its rules, and leaves it those of others', async () => {
    const client = s3Client(placeOf(world.bucket));
    await setUp(client, world.bucket.bucket);
    await setUp(client, world.bucket.bucket);
    const ids = [...(world.bucket.lifecycle() ?? '').matchAll(/<ID>(.*?)<\/ID>/g)].map(([, id]) => id);
    expect(ids).toEqual(ourRules.map(({ ID }) => ID));
    expect(world.bucket.lifecycle()).toContain('<Prefix>references/</Prefix>');
    expect(world.bucket.lifecycle()).toContain('<Days>30</Days>');
    world.bucket.setLifecycle(
      '<LifecycleConfiguration><Rule><ID>theirs</ID></Rule></LifecycleConfiguration>',
    );
    await setUp(client, world.bucket.bucket);
    expect(world.bucket.lifecycle()).toContain('theirs');
    client.destroy();
  });
});
