import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { type FilmJob, runFilm, withFolder } from './film.ts';
import { bring, patience, picture } from './graph.ts';
import { inspect, type Reel } from './probe.ts';

/** Where to look for a poster, as fractions of the length: the best guess first. */
const LOOKS = [0.35, 0.5, 0.65, 0.2, 0.8];

/** Mean brightness (0-255) below which a frame says nothing. */
const DARK = 20;

/** Writes a JPEG of the frame at 35 % of `file` to `out`; where that is near black, of the first other that is not. */
export async function poster(file: string, out: string): Promise<void> {
  const reel = await inspect(file);
  await writeFile(out, await bestFrame(file, reel));
}

/** The frame shown at `seconds`, as PNG bytes. */
export function frameAt(file: string, reel: Reel, seconds: number): Promise<Buffer> {
  return withFolder(async (folder) => {
    await bring(file, folder, 'in.mp4');
    const from = Math.min(seconds, reel.seconds - 1 / reel.fps);
    await runFilm(stillJob(reel, Math.max(0, from)), {
      folder,
      timeout: patience(reel.seconds, reel.width, reel.height),
    });
    return readFile(join(folder, 'still.png'));
  });
}

function stillJob(reel: Reel, from: number): FilmJob {
  const size = `scale=${reel.width}:${reel.height}:in_color_matrix=bt709:in_range=tv`;
  return {
    graph: `${picture(reel, 'in.mp4', from)},${size},setsar=1,format=rgb24,buffersink@v`,
    outputs: [
      {
        file: 'still.png',
        format: 'image2',
        muxer: { update: '1' },
        streams: [{ sink: 'v', codec: 'png', options: { compression_level: '1' } }],
      },
    ],
    maxFrames: 1,
  };
}

async function bestFrame(file: string, reel: Reel): Promise<Buffer> {
  let best: { light: number; bytes: Buffer } = { light: -1, bytes: Buffer.alloc(0) };
  for (const look of LOOKS) {
    const bytes = await frameAt(file, reel, reel.seconds * look);
    const light = await brightness(bytes);
    if (light > best.light) best = { light, bytes };
    if (light >= DARK) break;
  }
  return sharp(best.bytes).jpeg({ quality: 88, chromaSubsampling: '4:4:4', mozjpeg: true }).toBuffer();
}

async function brightness(bytes: Buffer): Promise<number> {
  const { channels } = await sharp(bytes).greyscale().stats();
  return channels[0]?.mean ?? 0;
}
