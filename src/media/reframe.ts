import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkFilm } from './check.ts';
import { runFilm, withFolder } from './film.ts';
import { finishJob, layOut } from './finish-graph.ts';
import { frameFilm } from './framing.ts';
import { patience, steadyRate } from './graph.ts';
import type { Size } from './picture.ts';
import { type Film, inspect } from './probe.ts';

/**
 * Makes an adaptation of `file` in another shape, written to `order.out`: `crop` follows what draws the eye, `pad` shows the
 * whole on a blurred ground. Length and sound stay.
 *
 * @throws Never what `probe` throws of the clip, `film-failed` | `film-timeout`
 */
export async function reframe(
  file: string,
  order: Size & { mode: 'crop' | 'pad'; out: string },
): Promise<Film> {
  const reel = await inspect(file);
  const rate = steadyRate(reel.fps);
  const { graph: framing } = await frameFilm(file, reel, order, order.mode);
  const frames = Math.round(reel.seconds * rate);
  const plan = { film: file, reel, rate, frames, framing, mark: null, card: null, metadata: {} };
  return withFolder(async (folder) => {
    await layOut(plan, folder);
    const timeout = patience(3 * reel.seconds, order.width, order.height);
    await runFilm(finishJob(plan, 'out.mp4'), { folder, timeout });
    const film = await checkFilm(join(folder, 'out.mp4'));
    await copyFile(join(folder, 'out.mp4'), order.out);
    return film;
  });
}
