import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { runFilm, withFolder } from './film.ts';
import { bring, patience, picture } from './graph.ts';
import { inspect, type Reel } from './probe.ts';

const COLUMNS = 4;
const ROWS = 2;
/** Pixels of the longer side of one picture. */
const LONGER = 320;

/** Writes a JPEG of eight evenly spaced moments of `file`, in reading order, to `out`. */
export async function contactSheet(file: string, out: string): Promise<void> {
  const reel = await inspect(file);
  await withFolder(async (folder) => {
    await bring(file, folder, 'in.mp4');
    const timeout = patience(2 * reel.seconds, reel.width, reel.height);
    await runFilm(
      {
        graph: sheetGraph(reel),
        outputs: [
          {
            file: 'sheet.png',
            format: 'image2',
            muxer: { update: '1' },
            streams: [{ sink: 'v', codec: 'png' }],
          },
        ],
        maxFrames: 1,
      },
      { folder, timeout },
    );
    await writeFile(
      out,
      await sharp(await readFile(join(folder, 'sheet.png')))
        .jpeg({ quality: 85 })
        .toBuffer(),
    );
  });
}

function sheetGraph(reel: Reel): string {
  const shrink = LONGER / Math.max(reel.width, reel.height);
  const size = `scale=${even(reel.width * shrink)}:${even(reel.height * shrink)}:in_color_matrix=bt709:in_range=tv`;
  const count = COLUMNS * ROWS;
  const cells = Array.from({ length: count }, (_, i) => {
    const from = ((i + 0.5) * reel.seconds) / count;
    return `${picture(reel, 'in.mp4', from)},trim=end_frame=1,${size},setsar=1,format=rgb24,setpts=0[t${i}]`;
  });
  const all = cells.map((_, i) => `[t${i}]`).join('');
  const tile = `tile=${COLUMNS}x${ROWS}:padding=6:margin=6:color=0x111111`;
  return `${cells.join(';')};${all}concat=n=${count}:v=1:a=0,${tile},buffersink@v`;
}

const even = (pixels: number) => Math.max(2, 2 * Math.round(pixels / 2));
