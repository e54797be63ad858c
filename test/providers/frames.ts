import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runFilm, withFolder } from '../../src/media/film.ts';

const width = 64;
const height = 36;

/** Every frame of a film as small grey pictures. */
export function framesOf(film: string): Promise<Buffer[]> {
  return withFolder(async (folder) => {
    await copyFile(film, join(folder, 'a.mp4'));
    const graph = `movie=a.mp4,scale=${width}:${height}:out_range=full,format=gray,buffersink@v`;
    const stream = { sink: 'v', codec: 'rawvideo' };
    await runFilm(
      { graph, outputs: [{ file: 'a.raw', format: 'rawvideo', streams: [stream] }] },
      { folder, timeout: 20_000 },
    );
    const raw = await readFile(join(folder, 'a.raw'));
    const size = width * height;
    return Array.from({ length: raw.length / size }, (_, i) => raw.subarray(i * size, (i + 1) * size));
  });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** 0 is black, 255 white. */
export const luma = (frames: readonly Buffer[]): number => mean(frames.map((frame) => mean([...frame])));

/** Mean change of a pixel from one frame to the next. */
export const motion = (frames: readonly Buffer[]): number =>
  mean(frames.slice(1).map((frame, i) => difference(frame, frames[i] as Buffer)));

export const difference = (a: Buffer, b: Buffer): number =>
  mean([...a].map((value, i) => Math.abs(value - (b[i] ?? 0))));
