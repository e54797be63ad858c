import type { Sharp } from 'sharp';

const SIDE = 96;
/** Colours beside the ground's that no drawing came to, and the share of their commonest three that no photo reached. */
const MANY = 110;
const FLAT = 0.6;

/** Whether a picture looks like a photo, also of something on a plain ground: no transparency, and many colours alike. */
export async function isPhoto(picture: Sharp): Promise<boolean> {
  const pixels = await picture
    .clone()
    .resize(SIDE, SIDE, { fit: 'fill', kernel: 'nearest' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer();
  const [, ...colours] = countsOf(pixels)?.toSorted((a, b) => b - a) ?? [];
  const many = colours.filter((count) => count > 1).length > MANY;
  return many && sum(colours.slice(0, 3)) / sum(colours) < FLAT;
}

const sum = (counts: number[]): number => counts.reduce((all, count) => all + count, 0);

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
