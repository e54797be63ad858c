import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CornerMark } from './corner-mark.ts';
import type { Card } from './end-card.ts';
import type { FilmJob } from './film.ts';
import { AAC, BT709, bring, FROM_RGB, H264, picture, SOUND_END, sound } from './graph.ts';
import { BOLD, MEDIUM } from './lettering.ts';
import type { Reel } from './probe.ts';

/** All that the finishing graph is written from; lengths in frames of `rate`. */
export interface Plan {
  film: string;
  reel: Reel;
  rate: number;
  frames: number;
  /** The part of the chain that brings the clip to its frame. */
  framing: string;
  mark: (CornerMark & { opacity: number }) | null;
  card: (Card & { frames: number }) | null;
  metadata: Record<string, string>;
}

const FADE_SECONDS = 0.4;
/** Some FFmpegs lose the last frame in `xfade`; so there are more than needed, and the end is cut. */
const SPARE_FRAMES = 4;
const SOUND_FADE = 0.3;

/** Puts into the folder what the graph opens. */
export async function layOut({ film, mark, card }: Plan, folder: string): Promise<void> {
  await bring(film, folder, 'clip.mp4');
  if (mark) await writeFile(join(folder, 'mark.png'), mark.bytes);
  if (!card) return;
  await writeFile(join(folder, 'ground.png'), card.ground);
  await writeFile(join(folder, 'card.ass'), card.script);
  if (card.logo) await writeFile(join(folder, 'logo.png'), card.logo.bytes);
  await mkdir(join(folder, 'fonts'));
  for (const [i, { file }] of [BOLD, MEDIUM].entries()) await bring(file, folder, `fonts/${i}.ttf`);
}

/** The one graph: scene, corner logo, end card over the end, sound as long as the picture. */
export function finishJob(plan: Plan, out: string): FilmJob {
  const audible = plan.reel.audioCodec !== null;
  const end = `fps=${plan.rate},trim=end_frame=${plan.frames},format=yuv420p,buffersink@v`;
  return {
    graph: [`${plan.card ? withCard(plan, plan.card) : scene(plan, plan.frames)},${end}`, ...ears(plan)].join(
      ';',
    ),
    outputs: [
      {
        file: out,
        format: 'mp4',
        muxer: { movflags: '+faststart' },
        metadata: plan.metadata,
        streams: audible ? [H264, AAC] : [H264],
      },
    ],
  };
}

/** The clip in its frame, exactly `frames` long: the last one is held where the clip ends early. */
function scene({ reel, rate, framing, mark }: Plan, frames: number): string {
  const length = `tpad=stop_mode=clone:stop_duration=1,trim=end_frame=${frames}`;
  const clip = `${picture(reel, 'clip.mp4')},setpts=PTS-STARTPTS,fps=${rate},${framing},${length},${BT709}`;
  if (!mark) return `${clip},format=yuv420p,settb=AVTB`;
  const see = mark.opacity < 1 ? `colorchannelmixer=aa=${mark.opacity},` : '';
  const logo = `movie=mark.png,format=rgba,${see}${fromRgb('yuva420p')}`;
  return `${clip}[s];${logo}[k];[s][k]overlay=${mark.left}:${mark.top}:format=yuv420,format=yuv420p,settb=AVTB`;
}

const fromRgb = (format: string) => `scale=iw:ih:${FROM_RGB},format=${format},${BT709}`;

function withCard(plan: Plan, card: Card & { frames: number }): string {
  const { rate, frames } = plan;
  const fade = Math.max(1, Math.min(Math.round(FADE_SECONDS * rate), Math.floor(card.frames / 2)));
  const begins = frames - card.frames;
  const join = `xfade=transition=fade:duration=${fade / rate}:offset=${begins / rate}`;
  return `${scene(plan, begins + fade)}[film];${cardFilm(card, rate)}[card];[film][card]${join}`;
}

/** In full chroma, so that the logo can rise by single pixels. */
function cardFilm(card: Card & { frames: number }, rate: number): string {
  const length = card.frames + SPARE_FRAMES;
  const still = `loop=loop=${length - 1}:size=1,setpts=N/${rate}/TB,fps=${rate}`;
  const ground = `movie=ground.png,${fromRgb('yuv444p')},${still}`;
  const end = `ass=card.ass:fontsdir=fonts,trim=end_frame=${length},format=yuv420p,setsar=1,${BT709},settb=AVTB`;
  if (!card.logo) return `${ground},${end}`;
  const { left, top, height } = card.logo;
  const rise = `${top}+${Math.round(0.22 * height)}*pow(1-clip((t-0.1)/0.8,0,1),3)`;
  const logo = `movie=logo.png,format=rgba,${fromRgb('yuva444p')},${still},fade=t=in:st=0.1:d=0.4:alpha=1`;
  return `${ground}[cg];${logo}[cl];[cg][cl]overlay=${left}:'${rise}':format=yuv444,${end}`;
}

function ears({ reel, rate, frames }: Plan): string[] {
  if (reel.audioCodec === null) return [];
  const seconds = frames / rate;
  const fade = `afade=t=out:st=${Math.max(0, seconds - SOUND_FADE).toFixed(3)}:d=${SOUND_FADE}`;
  return [`${sound(reel, 'clip.mp4', seconds)},${fade},${SOUND_END},abuffersink@a`];
}
