import { Never } from '../errors.ts';
import { type FilmJob, runFilm, withFolder } from './film.ts';
import { bring, patience } from './graph.ts';
import { type Film, inspect, type Reel } from './probe.ts';

/** What decoders say of broken data; their other complaints concern odd but sound files. */
const DAMAGE = /conceal|error while decoding|invalid (data|nal)|corrupt|missing picture|error submitting/i;

/**
 * Decodes a film to the end and counts its frames: the only way to see that the bytes themselves are sound.
 *
 * @throws Never what `probe` throws, and `video-damaged` | `film-timeout`
 */
export async function checkFilm(file: string, signal?: AbortSignal): Promise<Film> {
  const { rotation: _, matrix: __, frames: ___, ...film } = await decodeAll(file, signal);
  return film;
}

async function decodeAll(file: string, signal?: AbortSignal): Promise<Reel> {
  const reel = await inspect(file);
  const seen = await withFolder(async (folder) => {
    await bring(file, folder, 'in.mp4');
    const timeout = patience(reel.seconds, reel.width, reel.height);
    return runFilm(nullJob(reel), { folder, timeout, ...(signal ? { signal } : {}) });
  }).catch(asDamage);
  if (DAMAGE.test(seen.complaints)) throw new Never('video-damaged', `video-damaged: ${seen.complaints}`);
  if (seen.frames < expectedFrames(reel))
    throw new Never('video-damaged', `${seen.frames} frames of ${reel.frames}`);
  return reel;
}

function nullJob(reel: Reel): FilmJob {
  const streams = [{ sink: 'v', codec: 'wrapped_avframe' }];
  if (reel.audioCodec !== null) streams.push({ sink: 'a', codec: 'pcm_s16le' });
  const ears = reel.audioCodec === null ? '' : ';amovie=f=mov:filename=in.mp4,aformat=s16,abuffersink@a';
  return {
    graph: `movie=f=mov:filename=in.mp4,null,buffersink@v${ears}`,
    outputs: [{ file: 'none', format: 'null', streams }],
  };
}

/** An edit list may rightly hide frames at both ends; then the length says how many are to be seen. */
const expectedFrames = (reel: Reel) => Math.min(reel.frames, Math.floor(reel.seconds * reel.fps) - 1);

function asDamage(error: unknown): never {
  if (error instanceof Never && error.code === 'film-failed')
    throw new Never('video-damaged', `video-damaged: ${error.message}`, { cause: error });
  throw error;
}
