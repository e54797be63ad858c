import type { Mood } from './mood.ts';
import type { Random } from './random.ts';
import type { Size } from './scenery.ts';

export type Move = 'push' | 'pull' | 'pan' | 'rise' | 'orbit';

/** How much faster than usual everything moves: "slow" is half, "faster, faster" three and a half times. */
export const tempo = (mood: Mood): number => 2 ** (mood.pace * 0.9);

const said: readonly (readonly [Move, RegExp])[] = [
  ['pan', /(?<!\p{L})(?:pan|pans|schwenk\p{L}*|panoramique|panote|panea|paneo)(?!\p{L})|パン/iu],
  ['orbit', /(?<!\p{L})(?:orbits?|umkreist|tourne|gira)(?!\p{L})|まわり/iu],
  ['push', /(?<!\p{L})(?:push\p{L}*|dolly|zooms? in|fährt|avance|avanza)(?!\p{L})|寄り/iu],
  ['rise', /(?<!\p{L})(?:rises?|cranes? up|steigt|s’élève|sube)(?!\p{L})|上がる/iu],
  ['pull', /(?<!\p{L})(?:pulls? (?:back|out)|zooms? out)(?!\p{L})/iu],
];

/** The move that the words name first, else one by chance. */
export function moveOf(words: string, random: Random): Move {
  const chance = random.of(['push', 'pull', 'pan', 'rise', 'orbit'] as const);
  const named = said
    .map(([move, pattern]) => ({ move, at: words.search(pattern) }))
    .filter(({ at }) => at >= 0);
  return named.sort((a, b) => a.at - b.at)[0]?.move ?? chance;
}

/** `zoompan` for one still picture: `frames` frames, eased in and out. `depth` > 1 is nearer, and moves more. */
export function camera(
  move: Move,
  frames: number,
  size: Size,
  mood: Mood,
  depth = 1,
  furthest = 0.6,
): string {
  const far = Math.min(furthest, 0.17 * tempo(mood) * depth);
  const u = `(on/${frames})`;
  // Brisk moves start and end hard, calm ones do not.
  const ease = mood.pace > 0 ? u : `(${u}*${u}*(3-2*${u}))`;
  const { z, x, y } = path(move, far, ease);
  return `zoompan=z='${z}':x='(iw-iw/zoom)*${x}':y='(ih-ih/zoom)*${y}':d=${frames}:s=${size.width}x${size.height}:fps=24`;
}

function path(move: Move, far: number, ease: string): { z: string; x: string; y: string } {
  const near = (1 + far).toFixed(4);
  const still = { x: '0.5', y: '0.5' };
  if (move === 'push') return { z: `1+${far}*${ease}`, ...still };
  if (move === 'pull') return { z: `${near}-${far}*${ease}`, ...still };
  if (move === 'pan') return { z: near, x: ease, y: '0.5' };
  if (move === 'rise') return { z: near, x: '0.5', y: `(1-${ease})` };
  return { z: `1+${far}*(0.35+0.65*${ease})`, x: `(1-${ease})`, y: `(0.35+0.3*${ease})` };
}
