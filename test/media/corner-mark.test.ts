import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type Corner, placeMark } from '../../src/media/corner-mark.ts';
import { readLogo } from '../../src/media/logo.ts';
import { pixelOf } from './clips.ts';

const frame = { width: 1280, height: 720 };
const free = { top: 0, right: 0, bottom: 0, left: 0 };
const flat = (background: string, width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background } })
    .png()
    .toBuffer();

async function placed(logo: Buffer, corner: Corner, scene = '#203040', safe = free) {
  return placeMark({ logo: await readLogo(logo), corner, frame, safe, scene: await flat(scene, 320, 180) });
}

/** A logo in a clear picture with uneven margins. */
const marginal = async (colour: string, width: number, height: number) =>
  sharp(await flat(colour, width, height))
    .extend({ top: 200, bottom: 10, left: 5, right: 150, background: '#00000000' })
    .png()
    .toBuffer();

describe('a mark in a corner', () => {
  it.each([
    ['top-left', 32, 32],
    ['top-right', 1280 - 32 - 98, 32],
    ['bottom-left', 32, 720 - 32 - 98],
    ['bottom-right', 1280 - 32 - 98, 720 - 32 - 98],
  ] as const)('%s keeps the same distance whatever margins the file has', async (corner, left, top) => {
    const mark = await placed(await marginal('#ff8800', 300, 300), corner);
    expect(mark).toMatchObject({ width: 98, height: 98, plate: false });
    expect(Math.abs(mark.left - left)).toBeLessThanOrEqual(2);
    expect(Math.abs(mark.top - top)).toBeLessThanOrEqual(2);
    expect([mark.left % 2, mark.top % 2]).toEqual([0, 0]);
  });

  it.each([
    [1, 1],
    [2, 600],
    [600, 2],
    [3, 3],
  ])('is drawn from %i × %i pixels, too', async (width, height) => {
    for (const colour of ['#ff8800', '#ff880080', '#00000000']) {
      const mark = await placed(await flat(colour, width, height), 'top-right');
      expect(Math.min(mark.width, mark.height)).toBeGreaterThan(0);
    }
  });

  it('weighs the same wide, square and tall, within bounds', async () => {
    const [wide, square, tall] = await Promise.all(
      [
        [900, 300],
        [300, 300],
        [300, 450],
      ].map(async ([w = 1, h = 1]) => placed(await marginal('#fff', w, h), 'top-left')),
    );
    const area = (mark = square) => (mark ? mark.width * mark.height : 0);
    expect(area(wide) / area(square)).toBeCloseTo(1, 1);
    expect(tall?.height).toBeLessThanOrEqual(0.16 * 720 + 2);
    expect((await placed(await marginal('#fff', 3000, 100), 'top-left')).width).toBeLessThanOrEqual(
      0.34 * 720 + 2,
    );
  });

  it.each([
    ['#ffffff', '#203040', false],
    ['#ffffff', '#e8e8e8', true],
    ['#101820', '#203040', true],
    ['#101820', '#e8e8e8', false],
  ])('%s on %s: a plate is %s', async (colour, scene, plate) => {
    const mark = await placed(await marginal(colour, 300, 300), 'top-right', scene);
    expect(mark.plate).toBe(plate);
    if (!plate) return;
    const [r] = await pixelOf(mark.bytes, 4, Math.round(mark.height / 2));
    expect(Math.abs(r - (colour === '#ffffff' ? 16 : 255))).toBeLessThan(8);
  });

  it('looks at its own corner only', async () => {
    const scene = await sharp(await flat('#203040', 320, 180))
      .composite([{ input: await flat('#ffffff', 100, 60), left: 220, top: 0 }])
      .png()
      .toBuffer();
    const logo = await readLogo(await marginal('#ffffff', 300, 300));
    const at = (corner: Corner) => placeMark({ logo, corner, frame, safe: free, scene });
    expect((await at('top-right')).plate).toBe(true);
    expect((await at('top-left')).plate).toBe(false);
  });
});
