import type { Sharp } from 'sharp';
import sharp from 'sharp';
import { inStudio, TIME } from './studio.ts';

export interface Size {
  width: number;
  height: number;
}

/** The largest part of a picture that a crop may drop; beyond it the whole is shown on a blurred ground. */
const MAX_LOSS = 0.4;

/** Crop or pad: which one keeps a picture of size `from` presentable in a frame of size `to`. */
export function modeFor(from: Size, to: Size): 'crop' | 'pad' {
  const [a, b] = [from.width / from.height, to.width / to.height];
  return 1 - Math.min(a, b) / Math.max(a, b) > MAX_LOSS ? 'pad' : 'crop';
}

/**
 * Makes a PNG of exactly `frame` pixels from a PNG, JPEG, WebP, GIF or AVIF: cropped around what draws the eye, or whole
 * on a blurred ground where a crop would drop too much.
 *
 * @throws Never `image-truncated` | `image-too-many-pixels`
 */
export async function fitPicture(
  bytes: Buffer,
  frame: Size,
): Promise<{ bytes: Buffer; mode: 'crop' | 'pad' }> {
  const upright = await inStudio(bytes, (picture) =>
    picture.toColourspace('srgb').png({ compressionLevel: 1 }).toBuffer({ resolveWithObject: true }),
  );
  const mode = modeFor(upright.info, frame);
  const place = mode === 'crop' ? crop : pad;
  return { bytes: await inStudio(upright.data, (picture) => place(picture, frame, upright.data)), mode };
}

/** A small JPEG of a whole picture, at most `side` pixels each way, for somebody who only has to see what it is. */
export const sketch = (bytes: Buffer, side: number): Promise<Buffer> =>
  inStudio(bytes, (picture) =>
    picture
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 80 })
      .toBuffer(),
  );

const crop = (picture: Sharp, { width, height }: Size) =>
  picture.resize({ width, height, fit: 'cover', position: 'attention' }).png().toBuffer();

async function pad(picture: Sharp, { width, height }: Size, bytes: Buffer): Promise<Buffer> {
  const whole = await picture
    .resize({ width, height, fit: 'inside' })
    .png({ compressionLevel: 1 })
    .toBuffer();
  // Blurring at an eighth is what keeps it cheap.
  const [w, h] = [Math.ceil(width / 8), Math.ceil(height / 8)];
  const ground = await sharp(bytes)
    .resize({ width: w, height: h, fit: 'cover' })
    .flatten({ background: '#202020' })
    .blur(Math.max(1, Math.min(w, h) / 14))
    .modulate({ brightness: 0.82 })
    .png({ compressionLevel: 1 })
    .toBuffer();
  return sharp(ground)
    .resize({ width, height, fit: 'fill', kernel: 'cubic' })
    .composite([{ input: whole }])
    .timeout(TIME)
    .png()
    .toBuffer();
}
