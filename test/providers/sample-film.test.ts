import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { withFolder } from '../../src/media/film.ts';
import { makeFilm } from '../../src/providers/sample/film.ts';
import type { Script } from '../../src/providers/sample/shoot.ts';
import { difference, framesOf, luma, motion } from './frames.ts';
import { sending, take } from './orders.ts';

const script = (prompt: string, more: Partial<Script> = {}): Script => ({
  ...take({ prompt, seconds: 2 }),
  ...more,
});

async function film<T>(order: Script, look: (file: string) => Promise<T>): Promise<T> {
  return withFolder(async (folder) => {
    return look(
      await makeFilm(order, folder, { scale: 0.1, signal: sending().signal, onFrames: () => undefined }),
    );
  });
}

const shots = new Map<string, Promise<Buffer[]>>();

/** The frames of a film; the same order is filmed once for all tests. */
function shot(prompt: string, more: Partial<Script> = {}): Promise<Buffer[]> {
  const key = JSON.stringify([prompt, more]);
  const made = shots.get(key) ?? film(script(prompt, more), framesOf);
  shots.set(key, made);
  return made;
}

async function facts(file: string) {
  const input = new Input({ source: new FilePathSource(file), formats: ALL_FORMATS });
  const video = await input.getPrimaryVideoTrack();
  const audio = await input.getPrimaryAudioTrack();
  return {
    seconds: await input.computeDuration(),
    video: await video?.getCodec(),
    audio: await audio?.getCodec(),
    shape: ((await video?.getDisplayWidth()) ?? 0) / ((await video?.getDisplayHeight()) ?? 1),
  };
}

describe('a film is what was ordered', () => {
  it.each([
    ['16:9', 1, 16 / 9],
    ['9:16', 2, 9 / 16],
    ['1:1', 3, 1],
    ['4:5', 5, 4 / 5],
  ] as const)('%s, %d seconds', async (aspect, seconds, shape) => {
    const made = await film(script('tea', { aspect, seconds }), facts);
    expect(made).toMatchObject({ video: 'avc', audio: 'aac' });
    expect(Math.abs(made.seconds - seconds)).toBeLessThan(0.05);
    expect(made.shape).toBeCloseTo(shape, 1);
  });

  it('shows the same pictures for the same order, and others for another seed', async () => {
    const [one, other] = [await shot('tea'), await shot('tea', { seed: 8 })];
    const again = await film(script('tea'), framesOf);
    expect(one.map((frame, i) => difference(frame, again[i] as Buffer)).every((change) => change === 0)).toBe(
      true,
    );
    expect(difference(one[30] as Buffer, other[30] as Buffer)).toBeGreaterThan(8);
  });

  it('opens on the still', async () => {
    const frames = await withFolder(async (folder) => {
      const still = join(folder, 'still.png');
      const white = { create: { width: 640, height: 180, channels: 3, background: '#fff' } } as const;
      await writeFile(
        still,
        await sharp({ create: { width: 640, height: 360, channels: 3, background: '#000' } })
          .composite([{ input: await sharp(white).png().toBuffer(), left: 0, top: 0 }])
          .png()
          .toBuffer(),
      );
      return shot('tea', { still });
    });
    const first = frames[0] as Buffer;
    const rows = (from: number, to: number) => luma([first.subarray(from * 64, to * 64)]);
    expect(rows(8, 15)).toBeGreaterThan(200);
    expect(rows(22, 34)).toBeLessThan(40);
  });

  it('survives words that mean something to a filter graph or a subtitle', async () => {
    const look = {
      colours: ['nonsense', '#12'],
      title: `{\\pos(0,0)}';[v],%:\n\\N`,
      tagline: "it's 100% {b}",
    };
    expect(await shot(`{x}';[s0]`, { look })).toHaveLength(48);
    expect(await shot('', { look: { colours: [], title: '', tagline: '' } })).toHaveLength(48);
    expect(await shot('茶', { look: { colours: [], title: '朝日 ☕️', tagline: '🎉' } })).toHaveLength(48);
  });

  it('stops when it is called off', async () => {
    const abort = new AbortController();
    await withFolder(async (folder) => {
      const run = { scale: 0.1, signal: abort.signal, onFrames: () => abort.abort() };
      await expect(makeFilm(script('tea', { seconds: 5 }), folder, run)).rejects.toThrow();
    });
  });
});

describe('a film follows the words', () => {
  it.each(['tea', 'Ein Film für unseren Tee'])('light, in "%s"', async (words) => {
    const german = words !== 'tea';
    const darker = german ? 'dunkler' : 'darker';
    const [plain, dark, darkest, bright] = await Promise.all([
      shot(words),
      shot(`${words}, ${darker}`),
      shot(`${words}, ${darker}. ${darker}`),
      shot(`${words}, ${german ? 'heller' : 'brighter'}`),
    ]);
    expect(luma(dark)).toBeLessThan(luma(plain) * 0.8);
    expect(luma(darkest)).toBeLessThan(luma(dark) * 0.8);
    expect(luma(bright)).toBeGreaterThan(luma(plain) * 1.2);
  });

  it.each(['moody tea', 'tea at night', '夜のお茶', 'tea, low-key'])('%s is dark', async (words) => {
    expect(luma(await shot(words))).toBeLessThan(luma(await shot('tea')) * 0.8);
  });

  it('pace, in steps', async () => {
    const words = ['tea, slower, slower', 'slow tea', 'tea', 'energetic tea', 'tea, faster. Faster'];
    const found = (await Promise.all(words.map((each) => shot(each)))).map(motion);
    found
      .slice(1)
      .forEach((value, i) => void expect(value, words[i + 1]).toBeGreaterThan((found[i] ?? 0) * 1.1));
  });

  it('light and pace over a given still', async () => {
    await withFolder(async (folder) => {
      const still = join(folder, 'still.jpg');
      await sharp({
        create: {
          width: 640,
          height: 360,
          channels: 3,
          background: '#888',
          noise: { type: 'gaussian', mean: 128, sigma: 60 },
        },
      })
        .blur(6)
        .jpeg()
        .toFile(still);
      const [plain, dark, slow, fast] = await Promise.all(
        ['tea', 'tea, darker', 'slow tea', 'fast tea'].map((each) => shot(each, { still })),
      );
      expect(luma(dark as Buffer[])).toBeLessThan(luma(plain as Buffer[]) * 0.85);
      expect(motion(slow as Buffer[])).toBeLessThan(motion(plain as Buffer[]) * 0.95);
      expect(motion(fast as Buffer[])).toBeGreaterThan(motion(plain as Buffer[]) * 1.2);
    });
  });
});
