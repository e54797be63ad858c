import { createHash } from 'node:crypto';
import {
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Mover, openMover } from '../../src/storage/mover.ts';

describe('the mover', () => {
  const large = 200 * 1024 * 1024;
  let folder = '';
  let mover: Mover;
  const at = (name: string) => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dailies-mover-'));
    writeFileSync(at('large'), '');
    truncateSync(at('large'), large);
    writeFileSync(at('small'), 'a film');
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeEach(() => {
    mover = openMover();
  });
  afterEach(() => mover.close());

  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

  it('hashes and copies', async () => {
    const moved = { sha256: sha256('a film'), bytes: 6 };
    expect(await mover.hash(at('small'))).toEqual(moved);
    expect(await mover.copy(at('small'), at('copy'))).toEqual(moved);
    expect(readFileSync(at('copy'), 'utf8')).toBe('a film');
  });

  it('adopts a file without writing it again, and copies it where it must', async () => {
    const moved = { sha256: sha256('a film'), bytes: 6 };
    expect(await mover.adopt(at('small'), at('second'))).toEqual(moved);
    expect(statSync(at('second')).ino).toBe(statSync(at('small')).ino);
    symlinkSync(at('small'), at('sign'));
    expect(await mover.adopt(at('sign'), at('third'))).toEqual(moved);
    rmSync(at('sign'));
    expect(readFileSync(at('third'), 'utf8')).toBe('a film');
    await expect(mover.adopt(at('small'), at('third'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(mover.adopt(at('none'), at('fourth'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await mover.adopt('/proc/version', at('fifth'))).toMatchObject({
      bytes: statSync(at('fifth')).size,
    });
  });

  it('says why it could not, and goes on', async () => {
    await expect(mover.hash(at('none'))).rejects.toMatchObject({ code: 'ENOENT' });
    writeFileSync(at('taken'), 'mine');
    await expect(mover.copy(at('small'), at('taken'))).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readFileSync(at('taken'), 'utf8')).toBe('mine');
    expect(await mover.hash(at('small'))).toMatchObject({ bytes: 6 });
  });

  it('moves many, and waits for all of them before it closes', async () => {
    const copies = Array.from({ length: 20 }, (_, n) => mover.copy(at('small'), at(`c${n}`)));
    await mover.close();
    expect(await Promise.all(copies)).toHaveLength(20);
    await expect(mover.hash(at('small'))).rejects.toThrow('closed');
  });

  it('does not hold up the thread that answers people', async () => {
    await mover.hash(at('small'));
    const lateness: number[] = [];
    let last = performance.now();
    const timer = setInterval(() => {
      lateness.push(performance.now() - last - 5);
      last = performance.now();
    }, 5);
    const { bytes } = await mover.hash(at('large'));
    clearInterval(timer);
    expect(bytes).toBe(large);
    expect(lateness.length).toBeGreaterThan(10);
    // A few hiccups are the machine's; the mover's would be one long one, or many.
    lateness.sort((a, b) => b - a);
    expect(lateness[Math.floor(lateness.length / 10)]).toBeLessThan(50);
  });
});
