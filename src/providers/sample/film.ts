import { join } from 'node:path';
import { runFilm } from '../../media/film.ts';
import { graphOf } from './graph.ts';
import { prepare } from './props.ts';
import { plan, type Script } from './shoot.ts';

/** Makes the clip `film.mp4` in a folder: the same script gives the same pictures. */
export async function makeFilm(
  script: Script,
  folder: string,
  run: { scale: number; signal: AbortSignal; onFrames: (written: number) => void },
): Promise<string> {
  const shoot = plan(script, folder, run.scale);
  await prepare(shoot);
  const sound = { sink: 'a', codec: 'aac', options: { b: '96k' } };
  const picture = { sink: 'v', codec: 'libx264', options: { preset: 'veryfast', crf: '22', g: '48' } };
  const output = {
    file: 'film.mp4',
    muxer: { movflags: '+faststart' },
    metadata: { title: shoot.words.title, comment: 'SAMPLE' },
    streams: [picture, sound],
  };
  const { signal, onFrames } = run;
  await runFilm({ graph: graphOf(shoot), outputs: [output] }, { folder, timeout: 180_000, signal, onFrames });
  return join(folder, 'film.mp4');
}
