import { readFile } from 'node:fs/promises';
import sharp, { type OverlayOptions, type Sharp } from 'sharp';
import type { Aspect } from '../../campaign/model.ts';
import { drawable, fitted, type Line, lettering } from './lettering.ts';
import type { Mood } from './mood.ts';
import type { Palette } from './palette.ts';
import type { Random } from './random.ts';
import {
  type Body,
  bodies,
  bodiesOf,
  footroom,
  type Layout,
  layouts,
  mesh,
  open,
  type Size,
} from './scenery.ts';

const sizes: Record<Aspect, Size> = {
  '16:9': { width: 1280, height: 720 },
  '9:16': { width: 720, height: 1280 },
  '1:1': { width: 1024, height: 1024 },
  '4:5': { width: 1024, height: 1280 },
};

/** Even numbers, as film needs them. */
export const scaled = (size: Size, scale: number): Size => ({
  width: Math.max(16, 2 * Math.round((size.width * scale) / 2)),
  height: Math.max(16, 2 * Math.round((size.height * scale) / 2)),
});

export const stillSize = (aspect: Aspect, scale = 1): Size => scaled(sizes[aspect], scale);

/** What a picture is made of. */
export interface Set {
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

type Layer = OverlayOptions;

/** A finished picture: ground, bodies or reference, grain, type and the mark. */
export async function paint(set: Set): Promise<Buffer> {
  const ground = await groundOf(set);
  const layers = [
    ...(ground.free ? [bodyLayer(set)] : []),
    { input: veilOf(set.size, set.palette, drawable(set.title)) },
    await grain(set),
    await type(set),
    set.unmarked ? null : await mark(set),
  ];
  return sharp(ground.picture)
    .composite(layers.filter((layer) => layer !== null))
    .removeAlpha()
    .png()
    .toBuffer();
}

async function groundOf(set: Set): Promise<{ picture: Buffer; free: boolean }> {
  const field = await mesh(set.size, set.palette, set.random);
  if (!set.reference) return { picture: field, free: true };
  const given = sharp(await readFile(set.reference.path)).rotate();
  const { isOpaque } = await given.stats();
  if (!isOpaque) return { picture: await cutout(field, given, set), free: false };
  return set.reference.purpose === 'style'
    ? { picture: await washed(given, set), free: true }
    : { picture: await covered(given, set), free: false };
}

/** A style reference gives its light and colours, not its shapes. */
async function washed(given: Sharp, { size }: Set): Promise<Buffer> {
  const small = await given
    .resize({ width: 64, height: 64, fit: 'fill' })
    .blur(7)
    .removeAlpha()
    .png()
    .toBuffer();
  return sharp(small)
    .resize({ ...size, fit: 'fill', kernel: 'cubic' })
    .png()
    .toBuffer();
}

async function covered(given: Sharp, { size, palette, mood }: Set): Promise<Buffer> {
  const cover = await given
    .resize({ ...size, fit: 'cover', position: 'attention' })
    .removeAlpha()
    .toBuffer();
  const tint = Buffer.from(
    `${open(size)}<defs><linearGradient id="t" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${palette.glows[0]}"/><stop offset="1" stop-color="${palette.glows[1]}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#t)" opacity="0.28"/></svg>`,
  );
  const lit = await sharp(cover)
    .composite([{ input: tint, blend: 'soft-light' }])
    .png()
    .toBuffer();
  return sharp(lit)
    .modulate({ brightness: Math.max(0.3, 1 + mood.light * 0.18), saturation: 1 + mood.plenty * 0.12 })
    .png()
    .toBuffer();
}

/** A subject on a clear ground (a bottle, a mark) stands in the middle, with a shadow under it. */
async function cutout(field: Buffer, given: Sharp, { size, palette }: Set): Promise<Buffer> {
  const box = { width: Math.round(size.width * 0.56), height: Math.round(size.height * 0.46) };
  const { data, info } = await given
    .resize({ ...box, fit: 'inside' })
    .png()
    .toBuffer({ resolveWithObject: true });
  const left = Math.round((size.width - info.width) / 2);
  const top = Math.round(size.height * 0.42 - info.height / 2);
  const shadow = Buffer.from(
    `${open(size)}<filter id="s" x="-1" y="-2" width="3" height="5"><feGaussianBlur stdDeviation="${info.width * 0.06}"/></filter><ellipse cx="50%" cy="${top + info.height}" rx="${info.width * 0.46}" ry="${info.width * 0.06}" fill="#000" opacity="${palette.light ? 0.25 : 0.6}" filter="url(#s)"/></svg>`,
  );
  return sharp(field)
    .composite([{ input: shadow }, { input: data, left, top }])
    .png()
    .toBuffer();
}

export function layoutOf({ mood, random }: Pick<Set, 'mood' | 'random'>): Layout {
  if (mood.plenty < 0) return random.of(['hero', 'planet']);
  if (mood.plenty > 0) return random.of(['cluster', 'orbit', 'parade']);
  return random.of(layouts);
}

export function castOf(set: Pick<Set, 'mood' | 'random'>): Body[] {
  const all = bodiesOf(layoutOf(set), set.random);
  return set.mood.plenty < 0 ? all.slice(0, 1) : all;
}

function bodyLayer(set: Set): Layer {
  const light = { x: set.random() < 0.5 ? -1 : 1, y: -1 };
  return { input: bodies(set.size, set.palette, castOf(set), light) };
}

/** Where type will stand, the picture is held back: the more, the longer the title. */
export function veilOf(size: Size, palette: Palette, title: string): Buffer {
  const top = Math.max(0.05, 0.5 - title.length / 160 - (size.height > size.width * 1.5 ? 0.08 : 0));
  const strength = title ? (palette.light ? 0.8 : 0.62) : 0.15;
  const stops = [0, 0.6, 1].map(
    (at) =>
      `<stop offset="${top + (1 - top) * at}" stop-color="${palette.ground}" stop-opacity="${strength * at ** 0.8}"/>`,
  );
  return Buffer.from(
    `${open(size)}<defs><linearGradient id="v" x1="0" y1="0" x2="0" y2="1">${stops.join('')}</linearGradient></defs><rect width="100%" height="100%" fill="url(#v)"/></svg>`,
  );
}

const grainSide = 256;

/** Film grain; it also keeps the soft fields free of bands. Ours, because sharp's own noise never comes out twice the same. */
async function grain({ size, mood, random }: Set): Promise<Layer> {
  const depth = mood.plenty < 0 ? 14 : 22;
  // The sum of three even numbers is near enough to the bell of real grain.
  const dot = () => 128 + depth * (random() + random() + random() - 1.5);
  const [width, height] = [Math.min(grainSide, size.width), Math.min(grainSide, size.height)];
  const dots = Buffer.from(Array.from({ length: width * height }, dot));
  const raw = { width, height, channels: 1 } as const;
  return {
    input: await sharp(dots, { raw }).png({ compressionLevel: 1 }).toBuffer(),
    blend: 'soft-light',
    tile: true,
  };
}

async function type({ size, palette, title, tagline }: Set): Promise<Layer | null> {
  const short = Math.min(size.width, size.height);
  const padding = Math.round(short * 0.075);
  const words = drawable(title);
  if (!words) return null;
  const { lines, size: largest } = fitted(words, {
    width: (size.width - 2 * padding) * 0.9,
    height: size.height * 0.3,
    largest: short * 0.13,
  });
  const big = lines.map(
    (text): Line => ({ text, size: largest, weight: 800, colour: palette.ink, spacing: -0.025 }),
  );
  const small = drawable(tagline);
  const under: Line[] = small
    ? [
        {
          text: small,
          size: Math.round(short * 0.036),
          weight: 500,
          colour: palette.ink,
          opacity: 0.86,
          gap: short * 0.02,
        },
      ]
    : [];
  return {
    input: await lettering({
      lines: [...big, ...under],
      ...size,
      across: 'flex-start',
      down: 'flex-end',
      below: footroom(size),
      padding,
    }),
  };
}

/** Says that no real model made this. */
export async function mark({ size, palette }: Pick<Set, 'size' | 'palette'>): Promise<Layer> {
  const short = Math.min(size.width, size.height);
  const line: Line = {
    text: 'SAMPLE',
    size: Math.max(5, Math.round(short * 0.018)),
    weight: 500,
    colour: palette.ink,
    spacing: 0.28,
    opacity: 0.55,
  };
  return {
    input: await lettering({
      lines: [line],
      ...size,
      across: 'flex-end',
      down: 'flex-start',
      padding: Math.round(short * 0.045),
    }),
  };
}
