import sharp, { type OverlayOptions } from 'sharp';
import { contrast, luminance, type Rgb, WHITE } from './colour.ts';
import type { Size } from './picture.ts';
import { inStudio } from './studio.ts';

/** A logo without its empty margins. */
export interface Logo extends Size {
  /** PNG with alpha. */
  bytes: Buffer;
  /** The colour of the flat box that it comes in, if it has no transparency. */
  box: Rgb | null;
  opaque: boolean;
  /** A sample of its visible colours. */
  colours: Rgb[];
}

const MARGIN = 0.08;
/** Pixels each way: of less, sharp finds no margins. */
const LEAST_TRIMMED = 3;
const INK: Rgb = [16, 16, 20];

/** Reads a logo for compositing: empty margins trimmed, so that positions are what the eye sees. */
export async function readLogo(bytes: Buffer): Promise<Logo> {
  const whole = await inStudio(bytes, (picture) =>
    picture.toColourspace('srgb').ensureAlpha().png().toBuffer(),
  );
  const { isOpaque } = await sharp(whole).stats();
  const box = isOpaque ? await edgeColour(whole) : null;
  const { width: wide = 1, height: high = 1 } = await sharp(whole).metadata();
  const isBare = (isOpaque && !box) || Math.min(wide, high) < LEAST_TRIMMED;
  const trimmed = isBare ? whole : await trim(whole, box);
  const { width = 1, height = 1 } = await sharp(trimmed).metadata();
  return { bytes: trimmed, width, height, box, opaque: isOpaque, colours: await sample(trimmed, box) };
}

async function trim(bytes: Buffer, box: Rgb | null): Promise<Buffer> {
  const background = box ? { r: box[0], g: box[1], b: box[2], alpha: 1 } : { r: 0, g: 0, b: 0, alpha: 0 };
  const { data, info } = await sharp(bytes)
    .trim({ background, threshold: 12 })
    .png()
    .toBuffer({ resolveWithObject: true });
  if (!box) return data;
  const edge = Math.round(MARGIN * Math.max(info.width, info.height));
  return sharp(data)
    .extend({ top: edge, bottom: edge, left: edge, right: edge, background })
    .png()
    .toBuffer();
}

/** The colour all along the edge, if it is one. */
async function edgeColour(bytes: Buffer): Promise<Rgb | null> {
  const side = 32;
  const raw = await sharp(bytes).resize(side, side, { fit: 'fill' }).removeAlpha().raw().toBuffer();
  const at = (x: number, y: number): Rgb => {
    const i = 3 * (y * side + x);
    return [raw.readUInt8(i), raw.readUInt8(i + 1), raw.readUInt8(i + 2)];
  };
  const first = at(0, 0);
  const far = side - 1;
  for (let i = 0; i < side; i++)
    for (const [x, y] of [
      [i, 0],
      [i, far],
      [0, i],
      [far, i],
    ] as const)
      if (at(x, y).some((value, c) => Math.abs(value - (first[c] ?? 0)) > 14)) return null;
  return first;
}

async function sample(bytes: Buffer, box: Rgb | null): Promise<Rgb[]> {
  const raw = await sharp(bytes).resize(48, 48, { fit: 'fill', kernel: 'nearest' }).raw().toBuffer();
  const colours: Rgb[] = [];
  for (let i = 0; i < raw.length; i += 4) {
    const colour: Rgb = [raw.readUInt8(i), raw.readUInt8(i + 1), raw.readUInt8(i + 2)];
    if (raw.readUInt8(i + 3) > 128 && !(box && contrast(colour, box) < 1.1)) colours.push(colour);
  }
  return colours;
}

/** How much of the logo (0-1) stands out from `ground`. */
export function legibility(logo: Logo, ground: Rgb): number {
  if (logo.colours.length === 0) return 1;
  return logo.colours.filter((colour) => contrast(colour, ground) >= 1.8).length / logo.colours.length;
}

/** The size at which logos of any shape weigh the same: `side` is that of a square one; at most `most` pixels each way. */
export function weigh(logo: Size, side: number, most: Size): Size {
  const ratio = Math.sqrt(logo.width / logo.height);
  const shrink = Math.min(1, most.width / (side * ratio), most.height / (side / ratio));
  return { width: even(side * ratio * shrink), height: even((side / ratio) * shrink) };
}

const even = (pixels: number) => Math.max(2, 2 * Math.round(pixels / 2));

/** The logo drawn at `size`: as it is, in rounded corners if it comes in a box, on a plate of its own if it needs one. */
export async function drawLogo(logo: Logo, size: Size, plate: boolean): Promise<{ bytes: Buffer } & Size> {
  const mark = await sharp(logo.bytes)
    .resize({ ...size, fit: 'fill' })
    .png()
    .toBuffer();
  if (logo.opaque) return { bytes: await rounded(mark, size), ...size };
  if (!plate) return { bytes: mark, ...size };
  const edge = even(0.22 * Math.min(size.width, size.height));
  const outer = { width: size.width + 2 * edge, height: size.height + 2 * edge };
  const [r, g, b] = plateColour(logo);
  const ground = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${outer.width}" height="${outer.height}"><rect width="100%" height="100%" rx="${edge}" fill="rgb(${r},${g},${b})" fill-opacity=".9"/></svg>`,
  );
  const over: OverlayOptions = { input: mark, left: edge, top: edge };
  return { bytes: await sharp(ground).composite([over]).png().toBuffer(), ...outer };
}

function plateColour(logo: Logo): Rgb {
  const [onWhite, onInk] = [legibility(logo, WHITE), legibility(logo, INK)];
  if (onWhite !== onInk) return onWhite > onInk ? WHITE : INK;
  const mean = logo.colours.reduce((sum, colour) => sum + luminance(colour), 0) / logo.colours.length;
  return mean > 0.3 ? INK : WHITE;
}

function rounded(mark: Buffer, { width, height }: Size): Promise<Buffer> {
  const radius = Math.round(0.12 * Math.min(width, height));
  const mask = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" rx="${radius}"/></svg>`,
  );
  return sharp(mark)
    .composite([{ input: mask, blend: 'dest-in' }])
    .png()
    .toBuffer();
}
