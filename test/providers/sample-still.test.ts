import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFacts } from '../../src/providers/sample/book.ts';
import { type SampleStillOptions, sampleStill } from '../../src/providers/sample/still.ts';
import type { StillOrder } from '../../src/providers/still.ts';
import { dropFolder } from '../support/folder.ts';
import { sending, stillOrder } from './orders.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sample-still-'));
});
afterEach(() => dropFolder(folder));

const studio = (more: Partial<SampleStillOptions> = {}) =>
  sampleStill({ folder, price: () => 40_000, scale: 0.2, ...more });
const make = async (more: Partial<StillOrder> = {}) =>
  (await studio().make(stillOrder(more), sending())).bytes;

async function tone(bytes: Buffer) {
  const { channels } = await sharp(bytes).stats();
  const [r, g, b] = channels.map((each) => each.mean) as [number, number, number];
  return { light: 0.21 * r + 0.72 * g + 0.07 * b, warmth: r - b, green: g - (r + b) / 2 };
}

const small = (bytes: Buffer) => sharp(bytes).resize(32, 32, { fit: 'fill' }).removeAlpha().raw().toBuffer();
async function apart(a: Buffer, b: Buffer): Promise<number> {
  const [one, other] = [await small(a), await small(b)];
  return one.reduce((sum, value, i) => sum + Math.abs(value - (other[i] ?? 0)), 0) / one.length;
}

describe('a still is what was ordered', () => {
  it.each([
    ['16:9', 1280, 720],
    ['9:16', 720, 1280],
    ['1:1', 1024, 1024],
    ['4:5', 1024, 1280],
  ] as const)('%s is %d × %d at full size', async (aspect, width, height) => {
    const { bytes, mime, cost } = await studio({ scale: 1 }).make(stillOrder({ aspect }), sending());
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width, height });
    expect({ mime, cost }).toEqual({ mime: 'image/png', cost: 40_000 });
  });

  it('looks the same for the same order', async () => {
    expect((await make()).equals(await make())).toBe(true);
  });

  it('looks clearly different for each seed', async () => {
    const all = await Promise.all([1, 2, 3, 4].map((seed) => make({ seed })));
    for (const [i, a] of all.entries())
      for (const b of all.slice(i + 1)) expect(await apart(a, b)).toBeGreaterThan(12);
  });
});

describe('a still follows the words', () => {
  const seen = async (prompt: string, more: Partial<StillOrder> = {}) =>
    tone(await make({ prompt, ...more }));
  const blue = { look: { colours: ['#2a5bd7'], title: 'Aurora', tagline: '' } };

  it('light', async () => {
    const [dark, plain, bright] = [await seen('dark tea'), await seen('tea'), await seen('bright tea')];
    expect(dark.light).toBeLessThan(plain.light * 0.85);
    expect(bright.light).toBeGreaterThan(plain.light * 1.5);
    expect((await seen('tea at night')).light).toBeLessThan(plain.light * 0.85);
  });

  it('warmth and named colours', async () => {
    const [cold, plain, warm] = [
      await seen('cold tea', blue),
      await seen('tea', blue),
      await seen('warm tea', blue),
    ];
    expect(warm.warmth).toBeGreaterThan(plain.warmth + 10);
    expect(cold.warmth).toBeLessThan(warm.warmth - 10);
    expect((await seen('green tea', blue)).green).toBeGreaterThan(plain.green + 10);
    expect((await seen('tea without green', blue)).green).toBeLessThan(plain.green + 10);
  });

  it('minimal and neon', async () => {
    const plain = await make();
    for (const word of ['minimal', 'neon'])
      expect(await apart(plain, await make({ prompt: `${word} tea` }))).toBeGreaterThan(6);
  });

  it('no wish in a name, and none left out of a title', async () => {
    const look = { colours: ['#2a5bd7'], title: 'Midnight Roast', tagline: '' };
    expect((await seen('tea for Midnight Roast', { look })).light).toBeCloseTo(
      (await seen('tea', { look })).light,
      5,
    );
    const bare = { look: { colours: ['#2a5bd7'], title: '', tagline: '' } };
    expect((await seen('bright tea', bare)).light).toBeGreaterThan((await seen('tea', bare)).light * 1.5);
  });

  it('a reference', async () => {
    const path = join(folder, 'red.png');
    await sharp({ create: { width: 600, height: 400, channels: 3, background: '#d01010' } })
      .png()
      .toFile(path);
    for (const purpose of ['subject', 'style'] as const) {
      const references = [{ path, mime: 'image/png', purpose }];
      const made = await tone(await make({ references, tag: purpose }));
      expect(made.warmth).toBeGreaterThan((await tone(await make())).warmth + 25);
    }
  });

  it('titles in any script, emoji, or none', async () => {
    for (const title of ['朝日', '☕️ Aurora 🎉', '', 'A'.repeat(200), '<b>&"\''])
      expect(
        (await make({ look: { colours: ['#fff', 'x'], title, tagline: title } })).length,
      ).toBeGreaterThan(1000);
  });
});

describe('a still is bought once', () => {
  it('is written down before it is answered, and found again by any process', async () => {
    const seen: unknown[] = [];
    const order = stillOrder();
    const made = await studio({
      onSent: async (name) => void seen.push(name, (await readFacts(folder)).length),
    }).make(order, sending());
    expect(seen).toEqual(['still', 1]);
    const found = await studio().find(order, 0, sending());
    if (typeof found === 'string') throw new Error(found);
    expect(found.bytes.equals(made.bytes) && found.cost === made.cost && found.mime === made.mime).toBe(true);
    expect(await studio().find(stillOrder({ tag: 'other' }), 0, sending())).toBe('absent');
    expect(await readFacts(folder)).toMatchObject([
      { kind: 'still', tag: order.tag, cost: 40_000, seconds: 0 },
    ]);
  });

  it('is found though its reference and the process are gone', async () => {
    const path = join(folder, 'ref.png');
    await sharp({ create: { width: 60, height: 60, channels: 3, background: '#123456' } })
      .png()
      .toFile(path);
    const dying = studio({ onSent: () => Promise.reject(new Error('crash')) });
    await expect(
      dying.make(stillOrder({ references: [{ path, mime: 'image/png', purpose: 'subject' }] }), sending()),
    ).rejects.toThrow('crash');
    await rm(path);
    expect(await studio().find(stillOrder(), 0, sending())).toMatchObject({ cost: 40_000 });
  });

  it.each([
    ['sample:moderation-input', { name: 'Never', code: 'moderation-input' }, 0],
    ['sample:moderation-output', { name: 'Never', code: 'moderation-output' }, 1],
    ['sample:outage', { name: 'Never', code: 'outage' }, 0],
    ['sample:drop', { name: 'TryLater', sent: true }, 1],
    ['sample:busy', { name: 'TryLater', sent: false }, 0],
  ])('%s', async (tag, error, bought) => {
    const provider = studio({ outage: () => true });
    await expect(provider.make(stillOrder({ prompt: `tea ${tag}` }), sending())).rejects.toMatchObject(error);
    expect(await readFacts(folder)).toHaveLength(bought);
  });

  it('sample:garbage is no picture', async () => {
    expect((await make({ prompt: 'tea sample:garbage' })).toString()).toMatch(/^<!DOCTYPE/);
  });
});
