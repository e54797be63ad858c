import sharp from 'sharp';
import { colourOf, hexOf } from './colour.ts';
import type { Palette } from './palette.ts';
import type { Random } from './random.ts';

/** Pixels. */
export interface Size {
  width: number;
  height: number;
}

/** How far type keeps from the lower edge: on tall frames the apps put their buttons there. */
export const footroom = ({ width, height }: Size): number =>
  height > width * 1.5 ? height * 0.18 : Math.min(width, height) * 0.075;

/** A soft field of colour: big circles, blurred while small, so that it costs little. */
export async function mesh(size: Size, palette: Palette, random: Random): Promise<Buffer> {
  const small = {
    width: Math.max(24, Math.round(size.width / 8)),
    height: Math.max(24, Math.round(size.height / 8)),
  };
  const reach = Math.hypot(small.width, small.height);
  const circles = Array.from({ length: 8 }, (_, i) => {
    const colour = palette.glows[i % palette.glows.length];
    const [x, y] = [random.between(-0.05, 1.05) * small.width, random.between(-0.05, 1.05) * small.height];
    const r = reach * random.between(0.14, 0.3);
    return `<circle cx="${x}" cy="${y}" r="${r}" fill="${colour}" opacity="${random.between(0.55, 0.95).toFixed(2)}"/>`;
  });
  const svg = `${open(small)}<rect width="100%" height="100%" fill="${palette.ground}"/>${circles.join('')}</svg>`;
  const blurred = await sharp(Buffer.from(svg))
    .blur(reach * 0.07)
    .png()
    .toBuffer();
  return sharp(blurred)
    .resize({ ...size, fit: 'fill', kernel: 'cubic' })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

export const open = ({ width, height }: Size): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`;

/** One glossy body: where it stands (share of the frame), and how big (share of the short side). */
export interface Body {
  x: number;
  y: number;
  r: number;
  colour: number;
}

export const layouts = ['hero', 'planet', 'parade', 'cluster', 'orbit'] as const;
export type Layout = (typeof layouts)[number];

/** Where the bodies stand; each layout leaves a side free for the title. */
export function bodiesOf(layout: Layout, random: Random): Body[] {
  const side = random() < 0.5 ? 0 : 1;
  const flip = (body: Body): Body => (side ? { ...body, x: 1 - body.x } : body);
  const j = (v: number, by = 0.03) => v + random.between(-by, by);
  const plans: Record<Layout, () => Body[]> = {
    hero: () => [
      body(j(0.7), j(0.46), j(0.27), 0),
      body(j(0.5), j(0.7), 0.055, 1),
      body(j(0.9), j(0.2), 0.035, 2),
    ],
    planet: () => [
      body(j(0.52), 1.18, j(0.82, 0.05), 0),
      body(j(0.2), j(0.3), 0.07, 1),
      body(j(0.32), j(0.18), 0.025, 2),
    ],
    parade: () =>
      [0, 1, 2, 3, 4].map((i) => body(0.12 + i * 0.19, 0.5 - Math.sin(i * 0.9) * 0.1, 0.05 + i * 0.032, i)),
    cluster: () => [
      body(j(0.72), j(0.4), 0.2, 0),
      body(j(0.88), j(0.56), 0.14, 1),
      body(j(0.63), j(0.66), 0.1, 2),
      body(j(0.8), j(0.18), 0.07, 3),
      body(j(0.53), j(0.42), 0.045, 1),
    ],
    orbit: () => [body(0.5, 0.42, j(0.16), 0), ...[0, 1, 2, 3].map((i) => onOrbit(i, random))],
  };
  return plans[layout]().map(flip);
}

const body = (x: number, y: number, r: number, colour: number): Body => ({ x, y, r, colour });

function onOrbit(i: number, random: Random): Body {
  const angle = (i / 4) * Math.PI * 2 + random.between(-0.5, 0.5);
  return body(0.5 + Math.cos(angle) * 0.34, 0.42 + Math.sin(angle) * 0.2, random.between(0.025, 0.06), i + 1);
}

/** Where the light comes from: -1 or 1 across and down. */
export interface Light {
  x: number;
  y: number;
}

/** The bodies on a clear ground, lit from one side. Gradients only: filters cost a hundred times as much. */
export function bodies(size: Size, palette: Palette, all: readonly Body[], light: Light): Buffer {
  const short = Math.min(size.width, size.height);
  const drawn = all.map((each, i) => {
    const colour = palette.bodies[each.colour % palette.bodies.length] ?? palette.accent;
    const placed = { i, x: each.x * size.width, y: each.y * size.height, r: each.r * short, colour };
    return each.r > 0.5 ? planet(placed, palette) : sphere(placed, palette, light);
  });
  return Buffer.from(`${open(size)}${drawn.join('')}</svg>`);
}

interface Placed {
  i: number;
  x: number;
  y: number;
  r: number;
  colour: string;
}

const stop = (offset: number, colour: string, opacity = 1): string =>
  `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`;

const radial = (id: string, [cx, cy, r]: [number, number, number], stops: string): string =>
  `<radialGradient id="${id}" cx="${cx}" cy="${cy}" r="${r}">${stops}</radialGradient>`;

function sphere({ i, x, y, r, colour }: Placed, palette: Palette, light: Light): string {
  const [lx, ly] = [0.5 + light.x * 0.2, 0.5 + light.y * 0.24];
  const deep = palette.light ? 0.34 : 0.72;
  const defs = [
    radial(
      `b${i}`,
      [lx, ly, 0.8],
      stop(0, mixed(colour, 0.55)) + stop(0.22, mixed(colour, 0.18)) + stop(0.55, colour) + stop(1, colour),
    ),
    radial(
      `s${i}`,
      [lx, ly, 0.86],
      stop(0.42, '#000', 0) + stop(0.82, '#000', deep) + stop(1, '#000', deep * 0.6),
    ),
    radial(
      `r${i}`,
      [0.5 + light.x * 0.05, 0.5 + light.y * 0.05, 0.545],
      stop(0.9, palette.accent, 0) + stop(1, palette.accent, 0.95),
    ),
    radial(`h${i}`, [0.5, 0.5, 0.5], stop(0, '#fff', 0.95) + stop(0.35, '#fff', 0.5) + stop(1, '#fff', 0)),
    radial(`d${i}`, [0.5, 0.5, 0.5], stop(0.45, '#000', palette.light ? 0.26 : 0.5) + stop(1, '#000', 0)),
  ];
  const [hx, hy] = [x + light.x * r * 0.4, y + light.y * r * 0.5];
  return `<defs>${defs.join('')}</defs>
<circle cx="${x - light.x * r * 0.22}" cy="${y - light.y * r * 0.34}" r="${r * 1.28}" fill="url(#d${i})"/>
${['b', 's', 'r'].map((id) => `<circle cx="${x}" cy="${y}" r="${r}" fill="url(#${id}${i})"/>`).join('')}
<ellipse cx="${hx}" cy="${hy}" rx="${r * 0.34}" ry="${r * 0.2}" transform="rotate(${light.x * 34} ${hx} ${hy})" fill="url(#h${i})"/>`;
}

/** Too near to see whole: a dark limb with the light rising behind it. */
function planet({ i, x, y, r, colour }: Placed, palette: Palette): string {
  const core = palette.light ? mixed(colour, 0.5) : palette.ground;
  const defs = [
    radial(
      `g${i}`,
      [0.5, 0.5, 0.5],
      stop(0.78, palette.accent, 0.55) + stop(0.84, colour, 0.3) + stop(1, colour, 0),
    ),
    radial(
      `p${i}`,
      [0.5, 0.53, 0.53],
      stop(0.55, core) +
        stop(0.86, colour) +
        stop(0.95, mixed(colour, 0.3)) +
        stop(1, mixed(palette.accent, 0.5)),
    ),
  ];
  return `<defs>${defs.join('')}</defs><circle cx="${x}" cy="${y}" r="${r * 1.28}" fill="url(#g${i})"/><circle cx="${x}" cy="${y}" r="${r}" fill="url(#p${i})"/>`;
}

/** A colour with a share of white. */
function mixed(hex: string, share: number): string {
  const colour = colourOf(hex);
  return colour
    ? hexOf({ ...colour, l: colour.l + (1 - colour.l) * share, c: colour.c * (1 - share * 0.5) })
    : hex;
}
