import { tempo } from './camera.ts';
import type { Mood } from './mood.ts';
import type { Cue } from './titles.ts';

export const fps = 24;

/** One scene: what it shows and how many frames it lasts, the crossings to its neighbours included. */
export interface Scene {
  kind: 'bodies' | 'picture' | 'card';
  frames: number;
}

/** The scenes of a clip, and the frames by which each overlaps the next. Their sum less the overlaps is the clip. */
export interface Cut {
  scenes: Scene[];
  overlap: number;
  frames: number;
}

type Share = readonly [kind: Scene['kind'], share: number];

/** A still comes first, as the order says; without one the clip opens on the bodies. */
function shares(seconds: number, hasStill: boolean, mood: Mood): Share[] {
  if (hasStill && seconds <= 2) return [['picture', 1]];
  if (hasStill && mood.pace > 0)
    return [
      ['picture', 0.36],
      ['picture', 0.26],
      ['card', 0.38],
    ];
  if (hasStill)
    return [
      ['picture', 0.62],
      ['card', 0.38],
    ];
  if (seconds <= 3 || mood.pace < 0)
    return [
      ['bodies', 0.6],
      ['card', 0.4],
    ];
  if (mood.pace > 0)
    return [
      ['bodies', 0.3],
      ['picture', 0.2],
      ['bodies', 0.22],
      ['card', 0.28],
    ];
  return [
    ['bodies', 0.44],
    ['picture', 0.3],
    ['card', 0.26],
  ];
}

export function cutOf(seconds: number, hasStill: boolean, mood: Mood): Cut {
  const frames = Math.max(1, Math.round(seconds * fps));
  const list = shares(seconds, hasStill, mood);
  const overlap =
    list.length === 1 ? 0 : Math.max(3, Math.min(16, Math.round(11 / tempo(mood)), Math.floor(frames / 8)));
  const total = frames + overlap * (list.length - 1);
  const scenes = list.map(([kind, share]) => ({ kind, frames: Math.floor(total * share) }));
  const rest = total - scenes.reduce((sum, scene) => sum + scene.frames, 0);
  const last = scenes.at(-1);
  if (last) last.frames += rest;
  return { scenes, overlap, frames };
}

/** The frame at which each scene begins in the finished clip. */
const starts = ({ scenes, overlap }: Cut): number[] =>
  scenes.map((_, i) => scenes.slice(0, i).reduce((sum, scene) => sum + scene.frames - overlap, 0));

/** What is read when: the title on the first scene without a still, the tagline on pictures, both on the card. */
export function cuesOf(cut: Cut, words: { title: string; tagline: string }, hasStill: boolean): Cue[] {
  const begins = starts(cut);
  return cut.scenes.flatMap((scene, i): Cue[] => {
    const from = (begins[i] ?? 0) / fps + (i > 0 ? cut.overlap / fps / 2 : 0.05);
    const to = ((begins[i] ?? 0) + scene.frames - (i < cut.scenes.length - 1 ? cut.overlap * 0.6 : 0)) / fps;
    const span = { from, to };
    if (scene.kind === 'card') return [{ kind: 'card', text: words.title, under: words.tagline, ...span }];
    if (scene.kind === 'picture') return hasStill ? [] : [{ kind: 'line', text: words.tagline, ...span }];
    return i === 0 ? [{ kind: 'title', text: words.title, under: '', ...span }] : [];
  });
}
