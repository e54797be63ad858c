import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { disk } from '../../src/storage/disk.ts';
import { storageContract } from '../contracts/storage.ts';
import { type DiskWorld, diskWorld } from './disk-world.ts';

storageContract('a disk', diskWorld);

describe('the storage on a disk', () => {
  let world: DiskWorld;
  beforeEach(async () => {
    world = await diskWorld();
  });
  afterEach(() => world.end());

  const bytes = Buffer.from('a still');
  const put = { shelf: 'generated', workspace: 'w', ending: 'png', from: { bytes } } as const;
  const refused = (code: string) => async () => Promise.reject(Object.assign(new Error(code), { code }));
  const failing = (code: string) =>
    disk({
      ...{ folder: world.folder, secret: new Uint8Array(1), baseUrl: '', clock: Date.now },
      mover: { copy: refused(code), adopt: refused(code), send: refused(code) },
    });

  it('says where people can open a file', async () => {
    const { key } = await world.storage.put(put);
    expect(readFileSync(world.storage.path(key) ?? '', 'utf8')).toBe('a still');
  });

  it('does not write again what is there', async () => {
    const { key } = await world.storage.put(put);
    const path = world.storage.path(key) ?? '';
    const { ino } = statSync(path);
    const file = join(world.folder, 'same');
    writeFileSync(file, bytes);
    await world.storage.put(put);
    await world.storage.put({ ...put, from: { file } });
    expect(statSync(path).ino).toBe(ino);
    expect(readdirSync(join(world.folder, 'generated/.temp'))).toEqual([]);
  });

  it('keeps a film of its own disk without writing it a second time', async () => {
    const file = join(world.folder, 'film');
    writeFileSync(file, 'a film');
    const { key } = await world.storage.put({ ...put, from: { file } });
    expect(statSync(world.storage.path(key) ?? '').ino).toBe(statSync(file).ino);
  });

  it('leaves what is sent elsewhere to the mover, so that no byte passes the thread that answers people', async () => {
    const { key } = await world.storage.put(put);
    const sent: unknown[] = [];
    const send = async (...given: unknown[]) => void sent.push(given);
    const links = { secret: new Uint8Array(1), baseUrl: '', clock: Date.now };
    const mover = { ...world.mover, send };
    const sending = { url: 'http://127.0.0.1:1/', bytes: 7, mime: 'image/png', timeout: 1, pause: 1 };
    await disk({ folder: world.folder, ...links, mover }).send(key, sending);
    expect(sent).toEqual([[world.storage.path(key), sending]]);
  });

  it('keeps shelves where it is told to', async () => {
    const { folder, mover } = world;
    const elsewhere = join(folder, 'else/where');
    const more = { secret: bytes, baseUrl: '', clock: Date.now, mover, shelves: { generated: elsewhere } };
    const { key, sha256 } = await disk({ folder, ...more }).put(put);
    expect(existsSync(join(elsewhere, 'w', `${sha256}.png`))).toBe(true);
    expect(key).toBe(`generated/w/${sha256}.png`);
  });

  it('leaves nothing of a put that broke off, and sweeps what a kill left', async () => {
    const temp = join(world.folder, 'generated/.temp');
    await expect(world.storage.put({ ...put, from: { file: '/nowhere' } })).rejects.toThrow();
    expect(readdirSync(temp)).toEqual([]);
    writeFileSync(join(temp, 'young'), '');
    writeFileSync(join(temp, 'old'), '');
    const now = world.now() / 1000;
    utimesSync(join(temp, 'young'), now, now - 3600);
    utimesSync(join(temp, 'old'), now, now - 25 * 3600);
    expect(await world.storage.sweep(world.now())).toBe(0);
    expect(readdirSync(temp)).toEqual(['young']);
  });

  it.each([
    ['ENOSPC', { name: 'Never', code: 'storage-full' }],
    ['EDQUOT', { name: 'Never', code: 'storage-full' }],
    ['EROFS', { name: 'Never', code: 'storage-unwritable' }],
    ['EACCES', { name: 'Never', code: 'storage-unwritable' }],
    ['EMFILE', { name: 'TryLater', sent: false }],
  ])('puts %s in our words', async (code, error) => {
    await expect(failing(code).put({ ...put, from: { file: '/x' } })).rejects.toMatchObject(error);
  });

  it('says when its folder cannot be made', async () => {
    rmSync(world.folder, { recursive: true });
    writeFileSync(world.folder, 'a file');
    const unwritable = { name: 'Never', code: 'storage-unwritable' };
    await expect(world.storage.put(put)).rejects.toMatchObject(unwritable);
    rmSync(world.folder);
    mkdirSync(world.folder);
    await world.storage.put(put);
  });
});
