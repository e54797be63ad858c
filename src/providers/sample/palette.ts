import { type Colour, colourOf, hexOf, turned } from './colour.ts';
import type { Mood } from './mood.ts';
import type { Random } from './random.ts';

/** The colours of one picture: a ground, what glows on it, what stands before it, and what is written on it. */
export interface Palette {
  ground: string;
  glows: string[];
  bodies: string[];
  ink: string;
  accent: string;
  /** Whether the ground is light, so that ink is dark. */
  light: boolean;
}

/** Brand colours as they are asked to look: darker, warmer, bare … With no colours, a hue is drawn. */
export function paletteOf(brand: readonly string[], mood: Mood, random: Random): Palette {
  const known = [...mood.colours, ...brand].flatMap((hex) => colourOf(hex) ?? []);
  const drawn: Colour = { l: 0.62, c: 0.17, h: random.between(0, 360) };
  const chosen = known.length > 0 ? known : [drawn];
  const hues = family(chosen, random, mood.neon ? 2.6 : 1);
  const lead = chosen[0] ?? drawn;
  const level = groundLevel(mood, lead);
  const tone = (colour: Colour, l: number, c: number, heat = 0.2): string =>
    hexOf(graded({ ...colour, l, c: colour.c * c }, mood, heat));
  const spread =
    (0.34 + 0.05 * mood.contrast + (mood.neon ? 0.12 : 0)) *
    (1 + 0.14 * Math.min(0, mood.light)) *
    (1 + 0.4 * Math.max(-1, Math.min(0, mood.plenty)));
  const steps = level > 0.6 ? [-0.2, -0.5, 0, -0.85] : [1, 0.6, 0.25, 1.15];
  const glow = (i: number) => level + spread * (steps[i % steps.length] ?? 0);
  return {
    ground: tone(lead, level, level > 0.6 ? 0.18 : 0.5),
    glows: hues.map((colour, i) =>
      tone(colour, clamp(glow(i), 0.03, 0.97), level > 0.6 ? 0.75 : 1, i % 2 === 0 ? 1 : 0.3),
    ),
    bodies: hues.map((colour) =>
      tone({ ...colour, c: Math.max(colour.c, 0.006) }, bodyLevel(colour, level), 1.1),
    ),
    ink: hexOf({ ...lead, l: level > 0.6 ? 0.2 : 0.985, c: Math.min(lead.c, level > 0.6 ? 0.06 : 0.012) }),
    accent: tone(hues[1] ?? lead, level > 0.6 ? 0.55 : 0.78, 1.15),
    light: level > 0.6,
  };
}

const clamp = (v: number, low: number, high: number): number => Math.max(low, Math.min(high, v));

/** Neighbours on the wheel; complements turn to mud under blur. */
function family(chosen: readonly Colour[], random: Random, wide: number): Colour[] {
  const turn = random() < 0.5 ? wide : -wide;
  const lead = chosen[0] as Colour;
  const kin = [0, 28 * turn, -24 * turn, 46 * turn].map((by) => ({ ...lead, h: (lead.h + by + 360) % 360 }));
  return chosen.length === 1 ? kin : [...chosen.slice(0, wide > 1 ? 1 : 4), ...kin.slice(1, 3)];
}

/** Lightness of the ground: dark unless the brand leads with a pale colour, then as the words ask. */
function groundLevel(mood: Mood, lead: Colour): number {
  const start = lead.l > 0.84 && mood.light >= 0 ? 0.9 : 0.2;
  const steps = mood.light + (mood.neon ? -0.8 : 0);
  if (steps === 0) return start;
  if (steps > 0) return Math.min(0.955, 0.8 + 0.05 * steps);
  return Math.max(0.05, 0.2 + steps * 0.045);
}

function bodyLevel(colour: Colour, ground: number): number {
  const natural = clamp(colour.l, 0.42, 0.82);
  return ground > 0.6 ? clamp(natural, 0.5, 0.78) : clamp(natural * (0.72 + ground * 1.4), 0.22, 0.8);
}

/** Warmth is light of another colour: it takes the place of some glows and lies over the rest. */
function graded(colour: Colour, mood: Mood, heat: number): Colour {
  const share = Math.min(1, Math.abs(mood.warmth) * heat);
  const lit = mood.warmth === 0 ? colour : turned(colour, mood.warmth > 0 ? 58 : 240, share);
  const c = lit.c * (1 + 0.16 * mood.plenty - (mood.contrast < 0 ? 0.25 : 0)) * (mood.neon ? 1.6 : 1);
  return { ...lit, c: Math.max(0, c, share > 0.5 ? 0.11 : 0) };
}
