import sharp from 'sharp';
import type { Rgb } from './colour.ts';
import type { Safe } from './end-card.ts';
import { drawLogo, type Logo, legibility, weigh } from './logo.ts';
import type { Size } from './picture.ts';

export type Corner = 'top-right' | 'top-left' | 'bottom-right' | 'bottom-left';

/** A logo ready to be laid over the film, at pixels from the frame's top left. */
export interface CornerMark extends Size {
  bytes: Buffer;
  left: number;
  top: number;
  /** It stands on a plate of its own, because the scene would swallow it. */
  plate: boolean;
}

/** Of the short side: the side of a square logo, and the distance from the edge. */
const SIDE = 0.135;
const MARGIN = 0.045;
const LEGIBLE = 0.55;

/** Sizes a logo for a corner of `frame` that the platform leaves free, and sees to it that it stands out from `scene`. */
export async function placeMark(order: {
  logo: Logo;
  corner: Corner;
  frame: Size;
  safe: Safe;
  scene: Buffer;
}): Promise<CornerMark> {
  const { logo, corner, frame, safe } = order;
  const short = Math.min(frame.width, frame.height);
  const size = weigh(logo, SIDE * short, { width: 0.34 * short, height: 0.16 * short });
  const ground = await cornerColour(order.scene, corner);
  const plate = !logo.opaque && legibility(logo, ground) < LEGIBLE;
  const drawn = await drawLogo(logo, size, plate);
  return { ...drawn, ...place(drawn, corner, frame, safe), plate };
}

function place(size: Size, corner: Corner, frame: Size, safe: Safe): { left: number; top: number } {
  const margin = MARGIN * Math.min(frame.width, frame.height);
  const free = {
    top: safe.top * frame.height + margin,
    left: safe.left * frame.width + margin,
    bottom: frame.height * (1 - safe.bottom) - margin - size.height,
    right: frame.width * (1 - safe.right) - margin - size.width,
  };
  const [vertical, horizontal] = corner.split('-') as ['top' | 'bottom', 'left' | 'right'];
  return { left: even(free[horizontal]), top: even(free[vertical]) };
}

/** Chroma has half the resolution: on odd places the logo's edges would bleed. */
const even = (pixels: number) => Math.max(0, 2 * Math.round(pixels / 2));

async function cornerColour(scene: Buffer, corner: Corner): Promise<Rgb> {
  const { width, height } = await sharp(scene).metadata();
  const [w, h] = [Math.ceil(width / 4), Math.ceil(height / 5)];
  const left = corner.endsWith('right') ? width - w : 0;
  const top = corner.startsWith('bottom') ? height - h : 0;
  const { channels } = await sharp(
    await sharp(scene).extract({ left, top, width: w, height: h }).toBuffer(),
  ).stats();
  return [channels[0]?.mean ?? 0, channels[1]?.mean ?? 0, channels[2]?.mean ?? 0];
}
