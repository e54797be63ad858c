import type { Aspect } from '../../campaign/model.ts';
import type { Look } from '../video.ts';
import { type Move, moveOf } from './camera.ts';
import { withoutFaults } from './faults.ts';
import { type Mood, moodOf } from './mood.ts';
import { type Palette, paletteOf } from './palette.ts';
import { scaled } from './picture.ts';
import { type Random, randomOf } from './random.ts';
import type { Size } from './scenery.ts';
import { type Cut, cutOf, fps } from './scenes.ts';
import { screenWords } from './screen-words.ts';

const sizes: Record<Aspect, Size> = {
  '16:9': { width: 1280, height: 720 },
  '9:16': { width: 720, height: 1280 },
  '1:1': { width: 1080, height: 1080 },
  '4:5': { width: 1080, height: 1350 },
};

/** What a clip is made from. */
export interface Script {
  prompt: string;
  seconds: number;
  aspect: Aspect;
  seed: number;
  look: Look;
  still: string | null;
}

/** A script, decided: how the clip will look, move and be cut. */
export interface Shoot {
  script: Script;
  size: Size;
  mood: Mood;
  palette: Palette;
  random: Random;
  words: { title: string; tagline: string };
  cut: Cut;
  move: Move;
  folder: string;
}

export const framesOf = (seconds: number): number => Math.max(1, Math.round(seconds * fps));

/** Reads the script for what is wished; the same script always gives the same plan. */
export function plan(script: Script, folder: string, scale: number): Shoot {
  const prompt = withoutFaults(script.prompt);
  const words = screenWords(script.look, prompt);
  const mood = moodOf(words.wishes);
  const random = randomOf(script.seed, words.title);
  const palette = paletteOf(script.look.colours, mood, random);
  const cut = cutOf(script.seconds, script.still !== null, mood);
  return {
    script,
    size: scaled(sizes[script.aspect], scale),
    mood,
    palette,
    random,
    words,
    cut,
    move: moveOf(prompt, random),
    folder,
  };
}
