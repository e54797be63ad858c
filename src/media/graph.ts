import { copyFile, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { FilmStream } from './film.ts';
import type { Reel } from './probe.ts';

/** Says of a picture stream what nearly every clip is, tagged or not; without it overlaid colours change hue. */
export const BT709 = 'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';

/** From a PNG's RGB to the clip's YUV, exactly. */
export const FROM_RGB = 'flags=lanczos:out_color_matrix=bt709:out_range=tv';

const TURNS = { 0: '', 90: ',transpose=clock', 180: ',hflip,vflip', 270: ',transpose=cclock' } as const;
const FOREIGN_MATRICES = new Map([
  ['smpte170m', 'smpte170m'],
  ['bt470bg', 'bt470bg'],
  ['bt2020-ncl', 'bt2020'],
]);

/** Opens the picture of `name` as an upright BT.709 stream; the container is never guessed. */
export function picture(reel: Reel, name: string, from?: number): string {
  const matrix = FOREIGN_MATRICES.get(reel.matrix ?? '');
  const seek = from === undefined ? '' : `:sp=${from.toFixed(3)}`;
  const trim = from === undefined ? '' : `,trim=start=${from.toFixed(3)},setpts=PTS-STARTPTS`;
  const colour = matrix ? `,scale=in_color_matrix=${matrix}:out_color_matrix=bt709:out_range=tv` : '';
  return `movie=f=mov:filename=${name}${seek}${trim}${TURNS[reel.rotation]}${colour},${BT709}`;
}

/** Exactly `seconds` of the clip's sound, of silence where it has none; ready for an AAC encoder after `SOUND_END`. */
export function sound(reel: Reel, name: string, seconds: number): string {
  const length = seconds.toFixed(3);
  if (reel.audioCodec === null) return `anullsrc=r=48000:cl=stereo:d=${length},${STEREO}`;
  return `amovie=f=mov:filename=${name},aresample=48000,${STEREO},apad,atrim=end=${length},asetpts=PTS-STARTPTS`;
}

const STEREO = 'aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo';

/** The frame size that AAC wants. */
export const SOUND_END = 'asetnsamples=1024:p=0';

export const H264: FilmStream = {
  sink: 'v',
  codec: 'libx264',
  options: {
    preset: 'veryfast',
    crf: '20',
    profile: 'high',
    g: '48',
    color_range: 'tv',
    color_primaries: 'bt709',
    color_trc: 'bt709',
    colorspace: 'bt709',
  },
};

export const AAC: FilmStream = { sink: 'a', codec: 'aac', options: { b: '160k' } };

/** The usual rate next to the clip's own; 24 where that makes no sense. */
export function steadyRate(fps: number): number {
  const near = [24, 25, 30, 48, 50, 60].find((rate) => Math.abs(rate - fps) < 0.6);
  return near ?? (fps > 24 && fps < 40 ? 30 : fps >= 40 && fps < 500 ? 60 : 24);
}

/** Milliseconds after which work on `seconds` of film at this size is surely stuck. */
export function patience(seconds: number, width: number, height: number): number {
  const cpuSeconds = (seconds * width * height) / 1_000_000;
  return 20_000 + 4_000 * cpuSeconds;
}

/** Puts `file` into the job's folder under a plain name, so that no graph holds a path of ours. */
export async function bring(file: string, folder: string, name: string): Promise<void> {
  const target = join(folder, name);
  // Windows lets only administrators link.
  await symlink(resolve(file), target).catch(() => copyFile(file, target));
}
