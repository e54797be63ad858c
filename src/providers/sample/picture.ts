import sharp, { type OverlayOptions } from 'sharp';
import type { Aspect } from '../../campaign/model.ts';
import type { Canvas } from './canvas.ts';
import { drawable, fitted, type Line, lettering } from './lettering.ts';
import type { Palette } from './palette.ts';
import { groundOf } from './reference.ts';
import { type Body, bodies, bodiesOf, footroom, type Layout, layouts, open, type Size } from './scenery.ts';

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

type Layer = OverlayOptions;

/** A finished picture: ground, bodies or reference, grain, type and the mark. */
export async function paint(canvas: Canvas): Promise<Buffer> {
  const ground = await groundOf(canvas);
  const layers = [
    ...(ground.free ? [bodyLayer(canvas)] : []),
    { input: veilOf(canvas.size, canvas.palette, drawable(canvas.title)) },
    await grain(canvas),
    await type(canvas),
    canvas.unmarked ? null : await mark(canvas),
  ];
  return sharp(ground.picture)
    .composite(layers.filter((layer) => layer !== null))
    .removeAlpha()
    .png()
    .toBuffer();
}

function layoutOf({ mood, random }: Pick<Canvas, 'mood' | 'random'>): Layout {
  if (mood.plenty < 0) return random.of(['hero', 'planet']);
  if (mood.plenty > 0) return random.of(['cluster', 'orbit', 'parade']);
  return random.of(layouts);
}

export function castOf(canvas: Pick<Canvas, 'mood' | 'random'>): Body[] {
  const all = bodiesOf(layoutOf(canvas), canvas.random);
  return canvas.mood.plenty < 0 ? all.slice(0, 1) : all;
}

function bodyLayer(canvas: Canvas): Layer {
  const light = { x: canvas.random() < 0.5 ? -1 : 1, y: -1 };
  return { input: bodies(canvas.size, canvas.palette, castOf(canvas), light) };
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
async function grain({ size, mood, random }: Canvas): Promise<Layer> {
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

async function type({ size, palette, title, tagline }: Canvas): Promise<Layer | null> {
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
async function mark({ size, palette }: Pick<Canvas, 'size' | 'palette'>): Promise<Layer> {
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
