import type { Sharp } from 'sharp';

const SIDE = 96;
const PIXELS = SIDE * SIDE;
/** Colours that a drawing does not come to, and the share of its commonest three that a photo does not. */
const MANY = 60;
const FLAT = 0.65;

/** Whether a picture looks like a photo: no transparency, many colours, and none that covers most of it. */
export async function isPhoto(picture: Sharp): Promise<boolean> {
  const pixels = await picture
    .clone()
    .resize(SIDE, SIDE, { fit: 'fill', kernel: 'nearest' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer();
  const counts = countsOf(pixels);
  if (!counts) return false;
  const common = counts
    .toSorted((a, b) => b - a)
    .slice(0, 3)
    .reduce((sum, count) => sum + count, 0);
  return counts.filter((count) => count > 1).length > MANY && common / PIXELS < FLAT;
}

/** How often each of 4,096 colours is there; null where something shows through. */
function countsOf(pixels: Buffer): number[] | null {
  const counts = new Map<string, number>();
  for (let i = 0; i < pixels.length; i += 4) {
    if (pixels[i + 3] !== 255) return null;
    const colour = [...pixels.subarray(i, i + 3)].map((value) => value >> 4).join();
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return [...counts.values()];
}
