import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { takeIn } from '../../src/media/intake.ts';
import { heic, pngBomb } from './hostile.ts';

const plain = (width: number, height: number, background = '#336699') =>
  sharp({ create: { width, height, channels: 3, background } });

const noisy = (width: number, height: number) =>
  sharp({
    create: {
      ...{ width, height, channels: 3, background: '#808080' },
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  });

const take = (bytes: Buffer, purpose: 'logo' | 'reference' = 'reference') => takeIn(bytes, { purpose });
const svg = (inside: string, head = '') =>
  Buffer.from(
    `${head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="20">${inside}</svg>`,
  );
const refused = async (bytes: Buffer, code: string, purpose: 'logo' | 'reference' = 'reference') =>
  expect(take(bytes, purpose)).rejects.toMatchObject({ name: 'Never', code });

async function pixel(bytes: Buffer, left: number, top: number): Promise<number[]> {
  const one = await sharp(bytes).removeAlpha().extract({ left, top, width: 1, height: 1 }).raw().toBuffer();
  return [...one];
}

function near(found: number[], wanted: number[], within: number): void {
  found.forEach((value, i) => {
    expect(Math.abs(value - (wanted[i] ?? 0)), `${found} against ${wanted}`).toBeLessThanOrEqual(within);
  });
}

describe.concurrent('what is taken in', () => {
  it.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)(
    'a %s, as a new picture of the same look',
    async (format) => {
      const { bytes, mime, width, height, notes } = await take(
        await plain(640, 520).toFormat(format).toBuffer(),
      );
      expect({ width, height, notes }).toEqual({ width: 640, height: 520, notes: [] });
      expect((await sharp(bytes).metadata()).format).toBe(mime.slice('image/'.length));
      near(await pixel(bytes, 320, 260), [0x33, 0x66, 0x99], 4);
    },
  );

  it('a photo, also on a white ground, told from drawings and from what has a clear ground', async () => {
    const drawn = (inside: string) =>
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640">${inside}</svg>`);
    const round = drawn('<circle cx="320" cy="320" r="200" fill="#e91e63"/>');
    const glow = drawn(
      '<radialGradient id="g" cx=".3" cy="1" r="1.1"><stop stop-color="#fd5"/><stop offset=".4" stop-color="#ff543e"/><stop offset=".7" stop-color="#c837ab"/><stop offset="1" stop-color="#3771c8"/></radialGradient><rect width="640" height="640" fill="url(#g)"/><circle cx="320" cy="320" r="100" fill="none" stroke="#fff" stroke-width="30"/>',
    );
    const photo = await noisy(640, 640).jpeg().toBuffer();
    const cutOut = await sharp(photo)
      .composite([{ input: round, blend: 'dest-in' }])
      .png()
      .toBuffer();
    const notes = async (picture: Buffer) => (await take(picture)).notes;
    expect(await notes(photo)).toEqual(['photo']);
    expect(await notes(await sharp(cutOut).flatten({ background: '#fff' }).jpeg().toBuffer())).toEqual([
      'photo',
    ]);
    expect(await notes(cutOut)).toEqual([]);
    for (const drawing of [round, glow])
      expect(await notes(await sharp(drawing).flatten({ background: '#fff' }).jpeg().toBuffer())).toEqual([]);
  });

  it('a phone’s HEIC', async () => {
    const picture = await take(await heic());
    expect(picture).toMatchObject({ mime: 'image/jpeg', width: 128, height: 96, notes: ['small'] });
    near(await pixel(picture.bytes, 20, 40), [255, 0, 0], 12);
    near(await pixel(picture.bytes, 110, 40), [0x20, 0x40, 0x60], 12);
  });

  it('a logo drawn as SVG, large enough to use, its ground still clear', async () => {
    const picture = await take(svg('<circle cx="10" cy="10" r="8" fill="#e91e63"/>'), 'logo');
    expect(picture).toMatchObject({ mime: 'image/png', width: 1024, height: 512, notes: [] });
    const { channels } = await sharp(picture.bytes).stats();
    expect(channels[3]).toMatchObject({ min: 0, max: 255 });
    near(await pixel(picture.bytes, 256, 256), [0xe9, 0x1e, 0x63], 1);
  });

  it('an SVG as drawing programs write them: doctype, gradients, styles, an embedded picture', async () => {
    const png = (await plain(8, 8).png().toBuffer()).toString('base64');
    const doctype =
      '<?xml version="1.0" encoding="UTF-8"?><!-- Generator: a (b) --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">';
    const drawing = `<title>image (1) of url things</title><style><![CDATA[.a{fill:url(#g)}]]></style><defs><linearGradient id="g"><stop stop-color="red"/></linearGradient></defs><rect class="a" width="20" height="20"/><use xlink:href="#g"/><image href="data:image/png;base64,${png}" x="20" width="20" height="20"/><text>hi</text>`;
    const picture = await take(svg(drawing, doctype), 'logo');
    near(await pixel(picture.bytes, 100, 100), [255, 0, 0], 1);
    near(await pixel(picture.bytes, 700, 256), [0x33, 0x66, 0x99], 2);
    expect(picture.notes).toEqual(['svg-text']);
  });

  it('a canvas of absurd size, drawn at ours', async () => {
    const wide = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="60000" height="60000"><rect width="60000" height="60000" fill="blue"/></svg>',
    );
    const { width, bytes } = await take(wide, 'logo');
    expect(width).toBeLessThanOrEqual(2048);
    near(await pixel(bytes, 100, 100), [0, 0, 255], 1);
  });

  it('a photograph lying on its side: upright, and where it was taken forgotten', async () => {
    const exif = {
      IFD0: { Copyright: 'Somebody' },
      IFD3: { GPSLatitude: '51/1 30/1 0/1', GPSLatitudeRef: 'N' },
    };
    const left = await plain(40, 600, '#ff0000').png().toBuffer();
    const lying = await plain(800, 600)
      .composite([{ input: left, left: 0, top: 0 }])
      .jpeg()
      .withExif(exif)
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const kept = (await sharp(lying).metadata()).exif;
    expect(kept?.length).toBeGreaterThan(50);
    const picture = await take(lying);
    expect(picture).toMatchObject({ width: 600, height: 800, notes: ['rotated'] });
    near(await pixel(picture.bytes, 300, 5), [255, 0, 0], 8);
    const { exif: after, xmp, iptc, icc, orientation } = await sharp(picture.bytes).metadata();
    expect({ after, xmp, iptc, icc, orientation }).toEqual({});
    expect(picture.bytes.includes('Somebody')).toBe(false);
  });

  it('the first frame of an animation, and says so', async () => {
    const frames = await Promise.all(
      ['#ff0000', '#00ff00', '#0000ff'].map((c) => plain(600, 600, c).png().toBuffer()),
    );
    const animated = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    const picture = await take(animated);
    expect(picture).toMatchObject({ width: 600, height: 600, notes: ['animated-first-frame'] });
    near(await pixel(picture.bytes, 300, 300), [255, 0, 0], 3);
  });

  it('a large picture made smaller and a small one as it is, both told', async () => {
    expect(await take(await plain(3000, 1000).jpeg().toBuffer())).toMatchObject({
      width: 2048,
      height: 683,
      notes: ['resized'],
    });
    expect(await take(await plain(900, 300).jpeg().toBuffer())).toMatchObject({
      width: 900,
      notes: ['small'],
    });
    expect(await take(await plain(900, 300).png().toBuffer(), 'logo')).toMatchObject({
      width: 900,
      notes: [],
    });
    expect(await take(await plain(300, 300).png().toBuffer(), 'logo')).toMatchObject({ notes: ['small'] });
  });

  it('colours of CMYK and 16-bit files as sRGB', async () => {
    const cmyk = await plain(600, 600).toColourspace('cmyk').jpeg().toBuffer();
    expect((await sharp((await take(cmyk)).bytes).metadata()).space).toBe('srgb');
    const deep = await plain(600, 600).toColourspace('rgb16').png().toBuffer();
    const { bytes } = await take(deep, 'logo');
    expect((await sharp(bytes).metadata()).depth).toBe('uchar');
    near(await pixel(bytes, 9, 9), [0x33, 0x66, 0x99], 2);
  });

  it('of a file that is two things at once only the picture', async () => {
    const polyglot = Buffer.concat([
      await plain(600, 600).jpeg().toBuffer(),
      Buffer.from('<script>alert(1)</script>PK\x03\x04'),
    ]);
    const { bytes } = await take(polyglot);
    expect(bytes.includes('alert')).toBe(false);
  });
});

describe.concurrent('what is refused, each by its own name', () => {
  it('nothing', () => refused(Buffer.alloc(0), 'image-empty'));
  it('more than 25 MB', () => refused(Buffer.alloc(25 * 1024 * 1024 + 1, 0xff), 'image-too-large'));

  it('a picture of a few pixels, as there is for counting who opens a mail', async () => {
    await refused(await plain(1, 1).gif().toBuffer(), 'image-too-small');
    await refused(await plain(600, 2).png().toBuffer(), 'image-too-small', 'logo');
  });

  it('a bomb of 900 million pixels, quickly', async () => {
    const bomb = pngBomb(30_000, 30_000);
    expect(bomb.length).toBeLessThan(200_000);
    const began = Date.now();
    await refused(bomb, 'image-too-many-pixels');
    expect(Date.now() - began).toBeLessThan(4_000);
  });

  it.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('half a %s', async (format) => {
    const whole = await noisy(160, 120).toFormat(format).toBuffer();
    await refused(whole.subarray(0, whole.length / 2), 'image-truncated');
  });
  it('half a HEIC', async () => {
    const whole = await heic();
    await refused(whole.subarray(0, whole.length / 2), 'image-truncated');
  });

  it.each([
    ['a PDF renamed', '%PDF-1.7\n%âãÏÓ', 'image-pdf'],
    ['a web page', '\xef\xbb\xbf\n<!-- hi --><!DOCTYPE html><html><svg></svg>', 'image-html'],
    ['an error page without a head', '<html><body>404', 'image-html'],
    ['a film', '\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41', 'image-video'],
    ['a WebM', '\x1aE\xdf\xa3\x01\0\0\0', 'image-video'],
    ['a TIFF', 'II*\0\x08\0\0\0', 'image-format'],
    ['a bitmap', 'BM\x36\0\0\0\0\0\0\0', 'image-format'],
    ['a layered drawing', '8BPS\0\x01', 'image-format'],
    ['an icon', '\0\0\x01\0\x01\0', 'image-format'],
    ['text', 'just some words', 'image-not-an-image'],
    ['an answer of an API', '{"error":"not found"}', 'image-not-an-image'],
    ['random bytes', '\x01\x02\x03\x04\x05\x06\x07\x08', 'image-not-an-image'],
  ])('%s', (_, text, code) => refused(Buffer.from(text, 'latin1'), code));

  it('a header with nothing behind it', () =>
    refused(Buffer.from('\x89PNG\r\n\x1a\nrubbish', 'latin1'), 'image-truncated'));
  it('an SVG that is no logo', () => refused(svg('<rect/>'), 'image-svg-not-here'));
  it('an SVG in another alphabet, where rules cannot be checked', () =>
    refused(Buffer.from(`\ufeff${svg('<script/>')}`, 'utf16le'), 'image-format', 'logo'));

  it('an SVG with script, one that reaches out, one with entities', async () => {
    await refused(svg('<script>alert(1)</script>'), 'image-svg-script', 'logo');
    await refused(svg('<image href="http://10.0.0.1/x.png"/>'), 'image-svg-external', 'logo');
    const bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
    await refused(svg('<text>&b;</text>', bomb), 'image-svg-entities', 'logo');
  });

  it('an SVG that stops in the middle', () => refused(svg('<g><rect/>'), 'image-truncated', 'logo'));

  it('a bomb inside an SVG', async () => {
    const png = pngBomb(30_000, 30_000).toString('base64');
    await refused(svg(`<image href="data:image/png;base64,${png}"/>`), 'image-too-many-pixels', 'logo');
  });

  it('an SVG that takes for ever to draw', async () => {
    const level = (n: number) => `<g id="l${n}">${`<use href="#l${n - 1}"/>`.repeat(30)}</g>`;
    const blur = '<filter id="f"><feGaussianBlur stdDeviation="90"/></filter>';
    const slow = svg(
      `${blur}<rect id="l0" width="40" height="20" filter="url(#f)"/>${[1, 2, 3, 4].map(level).join('')}`,
    );
    await expect(takeIn(slow, { purpose: 'logo', timeout: 700 })).rejects.toMatchObject({
      code: 'image-timeout',
    });
  });
});

it('lets the event loop go on while a large picture is decoded', async () => {
  const large = await noisy(2000, 1500).jpeg().toBuffer();
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  await Promise.all([take(large), take(large)]);
  clearInterval(timer);
  expect(longest).toBeLessThan(250);
});
