import { existsSync } from 'node:fs';
import { mkdtemp, readFile, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FinishOrder, finish } from '../../src/media/finish.ts';
import { inspect } from '../../src/media/probe.ts';
import { dropFolder } from '../support/folder.ts';
import { expectNear, frameOf, lightOf, loudest, makeClip, type Pixel, pixelOf, samplesOf } from './clips.ts';

const PINK: Pixel = [0xff, 0x2e, 0x93];
const NIGHT: Pixel = [0x14, 0x23, 0x3c];
const WIDE = { width: 320, height: 180 };

let folder: string;
let clip: string;
let logo: Buffer;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'finish-'));
  clip = await makeClip(join(folder, 'clip.mp4'), { size: '320x180' });
  logo = await mark('#ff2e93');
});
afterAll(() => dropFolder(folder));

/** A square logo in the middle of a clear picture. */
const mark = (colour: string) =>
  sharp({ create: { width: 200, height: 200, channels: 4, background: colour } })
    .extend({ top: 90, bottom: 30, left: 10, right: 60, background: '#00000000' })
    .png()
    .toBuffer();

async function finished(more: Partial<FinishOrder> = {}) {
  count += 1;
  const files = { out: join(folder, `${count}.mp4`), poster: join(folder, `${count}.jpg`) };
  const made = await finish({ film: clip, frame: WIDE, seconds: 2, ...files, ...more });
  return { ...made, out: files.out };
}

const mine = (corner: 'top-right' | 'top-left' | 'bottom-right' | 'bottom-left', opacity = 1) => ({
  logo: { bytes: logo, corner, opacity },
});
const endCard = {
  seconds: 1,
  colours: ['#1d4ed8', '#9333ea'],
  title: 'Northwind',
  tagline: 'Slowly roasted',
};

describe.concurrent('frame and length', () => {
  it('are those ordered, with colours and sound kept, ready to be streamed', async () => {
    const { film, notes, out, poster } = await finished({ metadata: { title: 'Night, take 3' } });
    expect(film).toMatchObject({
      ...WIDE,
      seconds: 2,
      fps: 24,
      videoCodec: 'avc',
      audioCodec: 'aac',
      faststart: true,
    });
    expect(notes).toEqual([]);
    expectNear(await pixelOf(await frameOf(out, 1), 160, 90), NIGHT, 4);
    expectNear(await pixelOf(await readFile(poster), 160, 90), NIGHT, 6);
    const sound = await samplesOf(out);
    expect(sound.length / 8_000).toBeCloseTo(2, 1);
    expect(loudest(sound.subarray(4_000, 8_000))).toBeGreaterThan(0.3);
    expect(loudest(sound.subarray(-100))).toBeLessThan(0.05);
    expect((await readFile(out)).includes('Night, take 3')).toBe(true);
  });

  it.each([1.6, 2.08])('are those ordered when the provider sends %s s for 2', async (seconds) => {
    const film = await makeClip(join(folder, `${seconds}.mp4`), { seconds, rate: 25 });
    const made = await finished({ film, frame: { width: 160, height: 90 } });
    expect(made.film.seconds).toBeCloseTo(2, 3);
    expect(made.notes).toEqual(seconds < 2 ? ['last-frame-held'] : []);
    expectNear(await pixelOf(await frameOf(made.out, 1.95), 80, 45), NIGHT, 4);
  });

  it('hold no frame longer than half a second', async () => {
    const film = await makeClip(join(folder, 'short.mp4'), { seconds: 1 });
    const { film: made, notes } = await finished({ film, frame: { width: 160, height: 90 } });
    expect(made.seconds).toBeCloseTo(1.5, 3);
    expect(notes).toEqual(['shorter-than-asked', 'last-frame-held']);
  });

  it('stay without a sound track where the clip has none', async () => {
    const film = await makeClip(join(folder, 'silent.mp4'), { sound: false });
    expect((await finished({ film, frame: { width: 160, height: 90 } })).film.audioCodec).toBeNull();
  });

  it('crop a little and pad a lot', async () => {
    const cropped = await finished({ frame: { width: 240, height: 180 } });
    expect(cropped).toMatchObject({ film: { width: 240, height: 180 }, notes: ['cropped'] });
    const padded = await finished({ frame: { width: 90, height: 160 } });
    expect(padded).toMatchObject({ film: { width: 90, height: 160 }, notes: ['padded'] });
    expectNear(await pixelOf(await frameOf(padded.out, 1), 45, 80), NIGHT, 5);
  });

  it('are upright where the clip is turned by its header', async () => {
    const draw = 'drawbox=w=80:h=60:c=0xff2e93:t=fill';
    const film = await makeClip(join(folder, 'turned.mp4'), { size: '320x180', draw });
    const bytes = await readFile(film);
    const matrix = bytes.indexOf('tkhd') + 44;
    [0, 0x10000, 0, -0x10000, 0].forEach((value, i) => {
      bytes.writeInt32BE(value, matrix + 4 * i);
    });
    await writeFile(film, bytes);
    const { notes, out } = await finished({ film, frame: { width: 180, height: 320 } });
    expect(notes).toEqual([]);
    const frame = await frameOf(out, 1);
    expectNear(await pixelOf(frame, 160, 20), PINK, 6);
    expectNear(await pixelOf(frame, 20, 20), NIGHT, 6);
  });
});

describe.concurrent('the logo', () => {
  it('stands in its corner in its own colour, and only there', async () => {
    const { out } = await finished(mine('top-left'));
    const frame = await frameOf(out, 1);
    expectNear(await pixelOf(frame, 20, 20), PINK, 6);
    expectNear(await pixelOf(frame, 300, 160), NIGHT, 6);
    expectNear(await pixelOf(frame, 160, 90), NIGHT, 6);
  });

  it('and the film keep their colours on a clip that does not say which YUV it is', async () => {
    const film = await makeClip(join(folder, 'untagged.mp4'), {
      size: '320x180',
      untagged: true,
      colour: '0x107030',
    });
    expect((await inspect(film)).matrix).toBeNull();
    const { out } = await finished({ ...mine('top-right'), film });
    expect((await inspect(out)).matrix).toBe('bt709');
    const frame = await frameOf(out, 1);
    expectNear(await pixelOf(frame, 300, 20), PINK, 6);
    expectNear(await pixelOf(frame, 160, 90), [0x10, 0x70, 0x30], 6);
  });

  it('lets the film through as far as asked', async () => {
    const { out } = await finished(mine('top-right', 0.5));
    const half = PINK.map((value, i) => (value + (NIGHT[i] ?? 0)) / 2) as Pixel;
    expectNear(await pixelOf(await frameOf(out, 1), 300, 20), half, 8);
  });

  it('keeps out of what the platform covers', async () => {
    const safe = { top: 0.2, right: 0.1, bottom: 0.3, left: 0 };
    const { out } = await finished({ ...mine('bottom-right'), safe });
    const frame = await frameOf(out, 1);
    expectNear(await pixelOf(frame, 300, 160), NIGHT, 6);
    expectNear(await pixelOf(frame, 268, 106), PINK, 6);
  });

  it('gets a plate where the scene would swallow it', async () => {
    const { out, notes } = await finished({
      logo: { bytes: await mark('#18273f'), corner: 'top-right', opacity: 1 },
    });
    expect(notes).toEqual(['logo-on-plate']);
    const frame = await frameOf(out, 1);
    const [x, y] = [296, 24];
    expectNear(await pixelOf(frame, x, y), [0x18, 0x27, 0x3f], 6);
    expect(await lightOf(frame, { left: x - 19, top: y - 2, width: 2, height: 4 })).toBeGreaterThan(180);
  });

  it('in a box of its own is used as it is, and that is told', async () => {
    const boxed = await sharp(logo).flatten({ background: '#ffffff' }).jpeg().toBuffer();
    const { notes, out } = await finished({
      logo: { bytes: boxed, corner: 'top-left', opacity: 1 },
      endCard,
    });
    expect(notes).toEqual(['logo-without-transparency']);
    // The card takes the colour of the box, so that no edge of it shows.
    const end = await frameOf(out, 1.95);
    expectNear(await pixelOf(end, 10, 10), [255, 255, 255], 4);
    // And the words are dark, since white could not be read.
    expect(await lightOf(end, { left: 100, top: 105, width: 120, height: 25 })).toBeLessThan(235);
  });

  it('that is quite clear harms nothing', async () => {
    const nothing = await sharp({ create: { width: 50, height: 50, channels: 4, background: '#00000000' } })
      .png()
      .toBuffer();
    await finished({ logo: { bytes: nothing, corner: 'top-left', opacity: 1 }, endCard });
  });
});

describe.concurrent('the end card', () => {
  it('lies over the end in the brand’s colours, with the logo in the middle and not in the corner', async () => {
    const { out, film } = await finished({ ...mine('top-right'), endCard });
    expect(film.seconds).toBe(2);
    expectNear(await pixelOf(await frameOf(out, 0.9), 160, 120), NIGHT, 6);
    const end = await frameOf(out, 1.95);
    const corner = await pixelOf(end, 300, 20);
    expect(corner[2]).toBeGreaterThan(corner[0]);
    expect(corner[2]).toBeGreaterThan(corner[1] + 20);
    expectNear(await pixelOf(end, 160, 66), PINK, 6);
  });

  it('shows title and tagline, each only if there is one', async () => {
    expect(await writing({ ...endCard, tagline: '' })).toBeGreaterThan(150);
    expect(await writing({ ...endCard, title: '' })).toBeGreaterThan(30);
  });

  it.each([
    ['漢字のタイトル', 'Rocket 🚀👩‍🚀 go', ['title-left-out:Han', 'tagline-without-emoji']],
    ['{\\p1}m 0 0 l 9 9{\\p0}\\N\n%s, [x];\u0000\u202e', 'Donaudampfschifffahrt'.repeat(40), []],
  ])('survives the title %j', async (title, tagline, notes) => {
    const card = { ...endCard, title, tagline };
    expect((await finished({ frame: { width: 90, height: 160 }, endCard: card })).notes.slice(1)).toEqual(
      notes,
    );
  });

  it('takes no more than the clip has, whatever is asked', async () => {
    const card = { seconds: 30, colours: ['nonsense'], title: '', tagline: '' };
    const { out, film } = await finished({ endCard: card });
    expect(film.seconds).toBe(2);
    expect(await whitePixels(out)).toBe(0);
    expectNear(await pixelOf(await frameOf(out, 0.4), 20, 20), NIGHT, 6);
  });

  /** Pixels of white writing at the end. */
  const writing = async (card: FinishOrder['endCard'] & object) =>
    whitePixels((await finished({ endCard: card })).out);

  async function whitePixels(out: string): Promise<number> {
    const { data } = await sharp(await frameOf(out, 1.97))
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return data.filter((value) => value > 150).length;
  }
});

it('refuses a clip that is cut off, and leaves nothing behind', async () => {
  const film = await makeClip(join(folder, 'broken.mp4'));
  await truncate(film, 4_000);
  const out = join(folder, 'never.mp4');
  await expect(finished({ film, out })).rejects.toMatchObject({ name: 'Never', code: 'video-truncated' });
  expect(existsSync(out)).toBe(false);
});

it('keeps to its time', async () => {
  await expect(finished({ tempo: { timeout: 30 } })).rejects.toMatchObject({ code: 'film-timeout' });
});

it('tells how far it is, and can be called off', async () => {
  const heard: number[] = [];
  await finished({ onProgress: (fraction) => heard.push(fraction) });
  expect(heard.at(-1)).toBe(1);
  expect(heard).toEqual(heard.toSorted((a, b) => a - b));
  await expect(finished({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
});
