import type { Mood } from './mood.ts';
import type { Palette } from './palette.ts';
import type { Random } from './random.ts';
import type { Size } from './scenery.ts';

/** What a picture is made of. */
export interface Canvas {
  size: Size;
  palette: Palette;
  mood: Mood;
  random: Random;
  title: string;
  tagline: string;
  reference: { path: string; purpose: string } | null;
  /** Left without the mark, where the film around it bears one. */
  unmarked?: boolean;
}
