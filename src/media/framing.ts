import sharp from 'sharp';
import { modeFor, type Size } from './picture.ts';
import { frameAt } from './poster.ts';
import type { Reel } from './probe.ts';

export interface Framing {
  mode: 'same' | 'crop' | 'pad';
  /** The part of a filter chain that brings the clip to the frame. */
  graph: string;
}

const LOOKS = [0.2, 0.5, 0.8];

/** How to bring a clip into `frame`: as it is, cropped around what draws the eye, or whole on a blurred ground. */
export async function frameFilm(
  file: string,
  reel: Reel,
  frame: Size,
  mode: 'crop' | 'pad' = modeFor(reel, frame),
): Promise<Framing> {
  const { width, height } = frame;
  if (reel.width === width && reel.height === height) return { mode: 'same', graph: 'setsar=1' };
  const stretch = reel.width / reel.height / (width / height);
  if (Math.abs(stretch - 1) < 0.01)
    return { mode: 'same', graph: `scale=${width}:${height}:flags=bicubic,setsar=1` };
  if (mode === 'pad') return { mode, graph: padded(frame) };
  const { x, y } = await eye(file, reel, frame);
  const place = `(iw-ow)*${x.toFixed(3)}:(ih-oh)*${y.toFixed(3)}`;
  const scale = `scale=${width}:${height}:force_original_aspect_ratio=increase:flags=bicubic`;
  return { mode, graph: `${scale},crop=${width}:${height}:${place},setsar=1` };
}

/** Blurring at an eighth is what keeps it cheap. */
function padded({ width, height }: Size): string {
  const eighth = `${Math.ceil(width / 8)}:${Math.ceil(height / 8)}`;
  const cover = `scale=${eighth}:force_original_aspect_ratio=increase:flags=fast_bilinear,crop=${eighth}`;
  const ground = `${cover},gblur=sigma=6,scale=${width}:${height}:flags=bicubic,eq=brightness=-0.08`;
  const whole = `scale=${width}:${height}:force_original_aspect_ratio=decrease:flags=bicubic`;
  return `split[pb][pf];[pb]${ground}[pbb];[pf]${whole}[pff];[pbb][pff]overlay=(W-w)/2:(H-h)/2,setsar=1`;
}

/** Where a crop should stand, 0-1 of its room each way: the median of what draws the eye in three frames. */
async function eye(file: string, reel: Reel, frame: Size): Promise<{ x: number; y: number }> {
  const found = await Promise.all(
    LOOKS.map(async (look) => attention(await frameAt(file, reel, look * reel.seconds), reel, frame)),
  );
  return { x: median(found.map(({ x }) => x)), y: median(found.map(({ y }) => y)) };
}

async function attention(bytes: Buffer, reel: Reel, { width, height }: Size) {
  const scale = 480 / Math.max(reel.width, reel.height);
  const small = await sharp(bytes)
    .resize(Math.round(reel.width * scale))
    .png()
    .toBuffer({ resolveWithObject: true });
  const cover = Math.min(small.info.width / width, small.info.height / height);
  const crop = { width: Math.round(width * cover), height: Math.round(height * cover) };
  const { info } = await sharp(small.data)
    .resize({ ...crop, fit: 'cover', position: 'attention' })
    .toBuffer({ resolveWithObject: true });
  const room = { x: small.info.width - crop.width, y: small.info.height - crop.height };
  return {
    x: share(info.cropOffsetLeft, room.x),
    y: share(info.cropOffsetTop, room.y),
  };
}

/** sharp counts the offset from the crop, so it is negative. */
const share = (offset: number | undefined, room: number) =>
  room <= 0 ? 0.5 : Math.min(1, Math.abs(offset ?? room / 2) / room);

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0.5;
