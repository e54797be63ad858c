import { copyFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { type FilmJob, type FilmStream, runFilm, withFolder } from './film.ts';
import { AAC, bring, H264, patience, picture, SOUND_END, sound } from './graph.ts';
import { inspect, type Reel } from './probe.ts';
import { TIME } from './studio.ts';

/** Bits a second: with fewer it is no film any more. */
const fewestBits = 80_000;

/** A fifth is for the ears, between what is sound at all and what nobody hears the end of. */
const soundRate = (bits: number): number => Math.round(Math.min(128_000, Math.max(32_000, bits / 5)));

/** Bits of film for one pixel of one frame that still look decent. */
const bitsPerPixel = 0.07;
const smallestHeight = 180;

/** Encoders miss a little, in short films more, and the container needs some. */
const aim = 0.93;
const tries = 3;

/**
 * Writes the film again so that it has at most `bytes`, smaller in its frame where bits are few. False, and nothing
 * written, where that cannot be done decently.
 *
 * @throws Never what `probe` throws, `film-failed` | `film-timeout`
 */
export async function preview(file: string, out: string, bytes: number): Promise<boolean> {
  const reel = await inspect(file);
  const timeout = 2 * patience(reel.seconds, reel.width, reel.height);
  return withFolder(async (folder) => {
    await bring(file, folder, 'in.mp4');
    const made = join(folder, 'out.mp4');
    let bits = Math.floor((bytes * 8 * aim) / reel.seconds);
    for (let n = 0; n < tries && bits >= fewestBits; n++) {
      await runFilm(jobOf(reel, bits), { folder, timeout });
      const { size } = await stat(made);
      if (size <= bytes) return copyFile(made, out).then(() => true);
      bits = Math.floor((bits * bytes * aim) / size);
    }
    return false;
  });
}

function jobOf(reel: Reel, all: number): FilmJob {
  const ears = reel.audioCodec === null ? 0 : soundRate(all);
  const bits = all - ears;
  const { width, height } = frameFor(reel, bits);
  const { crf: _, ...options } = H264.options ?? {};
  const film: FilmStream = {
    ...H264,
    options: { ...options, b: `${bits}`, maxrate: `${bits}`, bufsize: `${Math.round(bits / 2)}` },
  };
  const size = `scale=${width}:${height}:flags=bicubic,setsar=1,format=yuv420p,buffersink@v`;
  const graph = `${picture(reel, 'in.mp4')},${size}`;
  const isSilent = reel.audioCodec === null;
  const heard = isSilent ? '' : `;${sound(reel, 'in.mp4', reel.seconds)},${SOUND_END},abuffersink@a`;
  const sounding: FilmStream = { ...AAC, options: { b: `${ears}` } };
  return {
    graph: graph + heard,
    outputs: [
      {
        file: 'out.mp4',
        format: 'mp4',
        muxer: { movflags: '+faststart' },
        streams: isSilent ? [film] : [film, sounding],
      },
    ],
  };
}

function frameFor({ width, height, fps }: Reel, bits: number): { width: number; height: number } {
  const scale = Math.min(1, Math.sqrt(bits / (bitsPerPixel * fps * width * height)));
  const most = Math.max(scale, Math.min(1, smallestHeight / Math.min(width, height)));
  const even = (pixels: number) => Math.max(2, Math.round((pixels * most) / 2) * 2);
  return { width: even(width), height: even(height) };
}

const sides = [1600, 1024, 640, 320];

/** A PNG or JPEG again in at most `bytes`, in the same format; null where that cannot be. */
export async function smallerPicture(bytes: Buffer, most: number): Promise<Buffer | null> {
  for (const side of sides) {
    const small = sharp(bytes).resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
    const { format } = await sharp(bytes).metadata();
    const made = format === 'png' ? small.png() : small.jpeg({ quality: 80 });
    const data = await made.timeout(TIME).toBuffer();
    if (data.length <= most) return data;
  }
  return null;
}
