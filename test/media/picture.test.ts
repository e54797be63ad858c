import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { palette } from '../../src/media/palette.ts';
import { fitPicture } from '../../src/media/picture.ts';
import { expectNear, lightOf, pixelOf } from './clips.ts';

const draw = (width: number, height: number, inside: string) =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${inside}</svg>`,
    ),
  )
    .png()
    .toBuffer();

describe('a picture fitted to a frame', () => {
  it('is cropped around its subject, wherever that stands', async () => {
    const face = (x: number) =>
      `<rect width="100%" height="100%" fill="#8a939b"/><circle cx="${x}" cy="200" r="70" fill="#e0a07c"/><circle cx="${x - 25}" cy="185" r="9" fill="#222"/><circle cx="${x + 25}" cy="185" r="9" fill="#222"/>`;
    for (const x of [90, 510]) {
      const { bytes, mode } = await fitPicture(await draw(600, 400, face(x)), { width: 200, height: 200 });
      expect(mode).toBe('crop');
      expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 200, height: 200 });
      expect(await shareOf(bytes, [0xe0, 0xa0, 0x7c])).toBeGreaterThan(0.08);
    }
  });

  it('is shown whole on a blurred ground where a crop would drop more than 40 %', async () => {
    const stripes =
      '<rect width="100%" height="100%" fill="#c04020"/><rect width="20" height="100%" fill="#0f0"/><rect x="780" width="20" height="100%" fill="#00f"/>';
    const { bytes, mode } = await fitPicture(await draw(800, 400, stripes), { width: 90, height: 160 });
    expect(mode).toBe('pad');
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 90, height: 160 });
    expectNear(await pixelOf(bytes, 0, 80), [0, 255, 0], 40);
    expectNear(await pixelOf(bytes, 89, 80), [0, 0, 255], 40);
    expect(await lightOf(bytes, { left: 0, top: 0, width: 90, height: 40 })).toBeGreaterThan(20);
  });

  it('is refused when a model sent rubbish or half of it', async () => {
    const half = (
      await sharp({ create: { width: 300, height: 300, channels: 3, background: '#369' } })
        .jpeg()
        .toBuffer()
    ).subarray(0, 700);
    for (const bytes of [half, Buffer.from('<html>')])
      await expect(fitPicture(bytes, { width: 100, height: 100 })).rejects.toMatchObject({
        name: 'Never',
        code: 'image-truncated',
      });
  });

  it('draws the line at 40 %', async () => {
    const plain = await draw(100, 100, '<rect width="100" height="100" fill="red"/>');
    expect((await fitPicture(plain, { width: 100, height: 61 })).mode).toBe('crop');
    expect((await fitPicture(plain, { width: 100, height: 59 })).mode).toBe('pad');
  });
});

/** 0-1 of the pixels near a colour. */
async function shareOf(bytes: Buffer, colour: [number, number, number]): Promise<number> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let near = 0;
  for (let i = 0; i < data.length; i += 3)
    if (colour.every((value, c) => Math.abs((data[i + c] ?? 0) - value) < 12)) near += 1;
  return near / (info.width * info.height);
}

describe('the colours of a brand', () => {
  it('are exact, the larger first, without paper and ink', async () => {
    const logo = await draw(
      300,
      200,
      '<rect width="300" height="200" fill="#fff"/><circle cx="100" cy="100" r="80" fill="#E4572E"/><rect x="200" y="40" width="60" height="60" fill="#17BEBB"/><rect x="190" y="120" width="90" height="20" fill="#0a0a0a"/>',
    );
    expect(await palette(logo)).toEqual(['#e4572e', '#17bebb']);
  });

  it('do not come from what is transparent', async () => {
    expect(await palette(await draw(200, 200, '<circle cx="100" cy="100" r="50" fill="#ff8800"/>'))).toEqual([
      '#ff8800',
    ]);
  });

  it('put what is vivid before what is grey', async () => {
    const mark = await draw(
      200,
      100,
      '<rect width="120" height="100" fill="#8a8a8a"/><rect x="120" width="80" height="100" fill="#d7263d"/>',
    );
    expect(await palette(mark)).toEqual(['#d7263d', '#8a8a8a']);
  });

  it('are black or white where there is nothing else', async () => {
    expect(await palette(await draw(100, 100, '<circle cx="50" cy="50" r="40" fill="#000"/>'))).toEqual([
      '#000000',
    ]);
    expect(await palette(await draw(100, 100, '<circle cx="50" cy="50" r="40" fill="#fff"/>'))).toEqual([
      '#ffffff',
    ]);
  });

  it('are none of an empty picture', async () => {
    expect(await palette(await draw(50, 50, ''))).toEqual([]);
  });
});
