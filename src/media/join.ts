import { copyFile } from 'node:fs/promises';
import { join as path } from 'node:path';
import { Never } from '../errors.ts';
import { checkFilm } from './check.ts';
import { type FilmJob, runFilm, withFolder } from './film.ts';
import { frameFilm } from './framing.ts';
import { AAC, bring, H264, patience, picture, SOUND_END, sound, steadyRate } from './graph.ts';
import type { Size } from './picture.ts';
import { type Film, inspect, type Reel } from './probe.ts';

interface Shot {
  reel: Reel;
  framing: string;
  /** Whole frames of the common rate. */
  frames: number;
}

const FADE_SECONDS = 0.5;

/**
 * Joins clips of any size and rate into one film, each fading into the next for half a second: the length is the sum less
 * the fades. A silent clip is silent there; all silent, the film has no sound.
 *
 * @throws Never what `probe` throws of a clip, `film-failed` (also for a clip shorter than two fades) | `film-timeout`
 */
export async function join(files: string[], order: Size & { out: string }): Promise<Film> {
  const reels = await Promise.all(files.map(inspect));
  const rate = Math.max(...reels.map(({ fps }) => Math.min(30, steadyRate(fps))));
  const shots = await Promise.all(
    reels.map(async (reel, i): Promise<Shot> => {
      const { graph: framing } = await frameFilm(files[i] ?? '', reel, order);
      return { reel, framing, frames: Math.round(reel.seconds * rate) };
    }),
  );
  if (shots.some(({ frames }) => frames < 2 * FADE_SECONDS * rate))
    throw new Never('film-failed', 'film-failed: a shot is too short to fade');
  return withFolder(async (folder) => {
    for (const [i, file] of files.entries()) await bring(file, folder, `${i}.mp4`);
    const seconds = reels.reduce((sum, reel) => sum + reel.seconds, 0);
    await runFilm(joinJob(shots, rate), {
      folder,
      timeout: patience(4 * seconds, order.width, order.height),
    });
    const film = await checkFilm(path(folder, 'out.mp4'));
    await copyFile(path(folder, 'out.mp4'), order.out);
    return film;
  });
}

function joinJob(shots: Shot[], rate: number): FilmJob {
  const audible = shots.some(({ reel }) => reel.audioCodec !== null);
  const graphs = [pictures(shots, rate), ...(audible ? [sounds(shots, rate)] : [])];
  return {
    graph: graphs.join(';'),
    outputs: [
      {
        file: 'out.mp4',
        format: 'mp4',
        muxer: { movflags: '+faststart' },
        streams: audible ? [H264, AAC] : [H264],
      },
    ],
  };
}

function pictures(shots: Shot[], rate: number): string {
  const clips = shots.map(({ reel, framing, frames }, i) => {
    // Some FFmpegs lose the last frame in `xfade`; so there are more than needed, and the end is cut.
    const spare = i === shots.length - 1 ? 4 : 0;
    const length = `tpad=stop_mode=clone:stop_duration=0.5,trim=end_frame=${frames + spare}`;
    const labels = framing.replaceAll(/\[(p\w+)\]/g, `[${i}$1]`);
    return `${picture(reel, `${i}.mp4`)},setpts=PTS-STARTPTS,fps=${rate},${labels},${length},format=yuv420p,settb=AVTB[v${i}]`;
  });
  let offset = 0;
  const joins = shots.slice(1).map((_, i) => {
    offset += (shots[i]?.frames ?? 0) / rate - FADE_SECONDS;
    return `[${i === 0 ? 'v0' : `x${i - 1}`}][v${i + 1}]xfade=transition=fade:duration=${FADE_SECONDS}:offset=${offset.toFixed(4)}[x${i}]`;
  });
  const last = shots.length > 1 ? `x${shots.length - 2}` : 'v0';
  const total = Math.round(offset * rate) + (shots.at(-1)?.frames ?? 0);
  return [
    ...clips,
    ...joins,
    `[${last}]fps=${rate},trim=end_frame=${total},format=yuv420p,buffersink@v`,
  ].join(';');
}

function sounds(shots: Shot[], rate: number): string {
  const clips = shots.map(({ reel, frames }, i) => `${sound(reel, `${i}.mp4`, frames / rate)}[a${i}]`);
  const joins = shots
    .slice(1)
    .map((_, i) => `[${i === 0 ? 'a0' : `y${i - 1}`}][a${i + 1}]acrossfade=d=${FADE_SECONDS}[y${i}]`);
  const last = shots.length > 1 ? `y${shots.length - 2}` : 'a0';
  return [...clips, ...joins, `[${last}]${SOUND_END},abuffersink@a`].join(';');
}
