import { hex, parseColour, type Rgb, toHsl } from './colour.ts';
import { inStudio } from './studio.ts';

interface Cluster {
  colour: Rgb;
  /** 0-1 of the opaque pixels. */
  share: number;
}

const SIDE = 64;
const CLUSTERS = 6;
const ROUNDS = 8;
/** Distance in RGB below which two colours are one to the eye. */
const SAME = 40;
const FEW = 0.015;

/**
 * The brand colours of a picture as `#rrggbb`, most important first: large and vivid before small and grey. Near-white and
 * near-black are left out unless there is nothing else.
 *
 * @throws Never `image-truncated` | `image-too-many-pixels`
 */
export async function palette(bytes: Buffer): Promise<string[]> {
  const clusters = merge(cluster(await opaquePixels(bytes)).filter(({ share }) => share >= FEW));
  const coloured = clusters.filter(({ colour }) => !isPaper(colour));
  const chosen = coloured.length > 0 ? coloured : clusters;
  return chosen.toSorted((a, b) => weight(b) - weight(a)).map(({ colour }) => hex(colour));
}

const weight = ({ colour, share }: Cluster) => share * (0.25 + chroma(colour));
const chroma = (colour: Rgb) => (Math.max(...colour) - Math.min(...colour)) / 255;

function isPaper(colour: Rgb): boolean {
  const [, , light] = toHsl(colour);
  return light > 0.93 || light < 0.08 || (chroma(colour) < 0.06 && (light > 0.88 || light < 0.14));
}

async function opaquePixels(bytes: Buffer): Promise<Rgb[]> {
  const { data } = await inStudio(bytes, (picture) =>
    picture
      .resize({ width: SIDE, height: SIDE, fit: 'inside', kernel: 'nearest' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true }),
  );
  const pixels: Rgb[] = [];
  for (let i = 0; i < data.length; i += 4)
    if (data.readUInt8(i + 3) >= 128)
      pixels.push([data.readUInt8(i), data.readUInt8(i + 1), data.readUInt8(i + 2)]);
  return pixels;
}

/** k-means; the start is spread by taking the farthest pixel each time, so that small vivid parts get a say. */
function cluster(pixels: Rgb[]): Cluster[] {
  let centres = farthest(pixels);
  let groups: Rgb[][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    groups = centres.map(() => []);
    for (const pixel of pixels) groups[nearest(pixel, centres)]?.push(pixel);
    centres = groups.map((group, i) => (group.length > 0 ? mean(group) : (centres[i] ?? [0, 0, 0])));
  }
  return groups
    .filter((group) => group.length > 0)
    .map((group) => ({ colour: flat(group) ?? mean(group), share: group.length / pixels.length }));
}

/** The one exact colour that a drawn area has; a photograph's areas have none. */
function flat(group: Rgb[]): Rgb | undefined {
  const counts = new Map<string, number>();
  for (const pixel of group) counts.set(hex(pixel), (counts.get(hex(pixel)) ?? 0) + 1);
  const [colour, count] = [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best));
  return count > group.length / 3 ? parseColour(colour) : undefined;
}

function farthest(pixels: Rgb[]): Rgb[] {
  const [first] = pixels;
  if (!first) return [];
  const centres = [first];
  let gaps = pixels.map((pixel) => distance(pixel, first));
  while (centres.length < CLUSTERS) {
    const widest = gaps.reduce((most, gap) => Math.max(most, gap));
    const next = pixels[gaps.indexOf(widest)];
    if (!next || widest < SAME / 2) break;
    centres.push(next);
    gaps = gaps.map((gap, i) => Math.min(gap, distance(pixels[i] ?? next, next)));
  }
  return centres;
}

function nearest(pixel: Rgb, centres: Rgb[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  centres.forEach((centre, i) => {
    const gap = distance(pixel, centre);
    if (gap < least) [best, least] = [i, gap];
  });
  return best;
}

const distance = (a: Rgb, b: Rgb) => Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2);

function mean(pixels: Rgb[]): Rgb {
  const sum = pixels.reduce<Rgb>((s, p) => [s[0] + p[0], s[1] + p[1], s[2] + p[2]], [0, 0, 0]);
  return [sum[0] / pixels.length, sum[1] / pixels.length, sum[2] / pixels.length];
}

/** Soft edges make in-between colours; they go to the larger neighbour. */
function merge(clusters: Cluster[]): Cluster[] {
  const kept: Cluster[] = [];
  for (const one of clusters.toSorted((a, b) => b.share - a.share)) {
    const twin = kept.find((other) => distance(one.colour, other.colour) < SAME);
    if (twin) twin.share += one.share;
    else kept.push({ ...one });
  }
  return kept;
}
