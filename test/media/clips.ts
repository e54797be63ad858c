import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Region } from 'sharp';
import { expect } from 'vitest';
import { type FilmStream, runFilm, withFolder } from '../../src/media/film.ts';
import { frameAt } from '../../src/media/poster.ts';
import { inspect } from '../../src/media/probe.ts';

const BT709 = 'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';
const X264: FilmStream = { sink: 'v', codec: 'libx264', options: { preset: 'ultrafast', crf: '12' } };

export interface ClipOrder {
  size?: string;
  rate?: number;
  seconds?: number;
  /** A filter source without size, rate and length, or drawing after it. */
  colour?: string;
  draw?: string;
  sound?: boolean;
  muxer?: Record<string, string>;
  /** Many providers do not say which YUV theirs is. */
  untagged?: boolean;
}

/** Makes a small clip as a provider would deliver it. */
export async function makeClip(file: string, order: ClipOrder = {}): Promise<string> {
  const { size = '160x90', rate = 24, seconds = 2, colour = '0x14233c', draw, sound = true } = order;
  const tag = order.untagged ? BT709.replaceAll('bt709', 'unknown') : BT709;
  const paint = `scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,${tag}`;
  const picture = `color=${colour}:s=${size}:r=${rate}:d=${seconds}${draw ? `,format=rgb24,${draw}` : ',format=rgb24'},${paint},buffersink@v`;
  const tone = `sine=f=440:r=48000:d=${seconds},volume=6,aformat=sample_fmts=fltp:channel_layouts=stereo,asetnsamples=1024:p=0,abuffersink@a`;
  await runFilm(
    {
      graph: sound ? `${picture};${tone}` : picture,
      outputs: [
        {
          file,
          muxer: order.muxer ?? { movflags: '+faststart' },
          streams: sound ? [X264, { sink: 'a', codec: 'aac' }] : [X264],
        },
      ],
    },
    { folder: '.', timeout: 15_000 },
  );
  return file;
}

export type Pixel = [number, number, number];

/** The colour of one pixel of a picture. */
export async function pixelOf(bytes: Buffer, left: number, top: number): Promise<Pixel> {
  const one = await sharp(bytes).removeAlpha().extract({ left, top, width: 1, height: 1 }).raw().toBuffer();
  return [...one] as Pixel;
}

export async function frameOf(file: string, seconds: number): Promise<Buffer> {
  return frameAt(file, await inspect(file), seconds);
}

export function expectNear(found: Pixel, wanted: Pixel, within: number): void {
  const gap = Math.max(...found.map((value, i) => Math.abs(value - (wanted[i] ?? 0))));
  expect(gap, `${found} is not near ${wanted}`).toBeLessThanOrEqual(within);
}

/** Mean brightness of a part of a picture, 0-255. */
export async function lightOf(bytes: Buffer, part?: Region): Promise<number> {
  const cut = part ? await sharp(bytes).extract(part).toBuffer() : bytes;
  const { channels } = await sharp(cut).greyscale().stats();
  return channels[0]?.mean ?? 0;
}

/** The sound of a film as samples of one channel, -1 to 1, 8,000 a second. */
export function samplesOf(file: string): Promise<Float32Array> {
  return withFolder(async (folder) => {
    await runFilm(
      {
        graph: `amovie=f=mov:filename=${file},aresample=8000,aformat=sample_fmts=flt:channel_layouts=mono,abuffersink@a`,
        outputs: [{ file: 'a.raw', format: 'f32le', streams: [{ sink: 'a', codec: 'pcm_f32le' }] }],
      },
      { folder, timeout: 15_000 },
    );
    const bytes = await readFile(join(folder, 'a.raw'));
    return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  });
}

export const loudest = (samples: Float32Array) => samples.reduce((most, s) => Math.max(most, Math.abs(s)), 0);

/** How many pixels of a picture have about this colour (`#rrggbb`), within what H.264 does to it. */
export async function pixelsLike(bytes: Buffer, colour: string, within = 12): Promise<number> {
  const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const data = await sharp(bytes).removeAlpha().raw().toBuffer();
  let found = 0;
  for (let i = 0; i < data.length; i += 3)
    if (wanted.every((value, n) => Math.abs((data[i + n] ?? -99) - value) <= within)) found += 1;
  return found;
}
