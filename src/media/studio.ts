import sharp, { type Sharp } from 'sharp';
import { Never } from '../errors.ts';
import { limitTo } from './limit.ts';

/** The most pixels of a picture that we open. */
export const MAX_PIXELS = 40_000_000;
/** For libvips, in seconds of work. */
export const TIME = { seconds: 20 };
const place = limitTo(2);

/**
 * Opens a picture in sharp's pool, upright, first frame only; two at a time, each with a time limit.
 *
 * @throws Never `image-truncated` for what sharp cannot read to the end, `image-too-many-pixels`
 */
export function inStudio<T>(bytes: Buffer, work: (picture: Sharp) => Promise<T>): Promise<T> {
  const options = { limitInputPixels: MAX_PIXELS, pages: 1, failOn: 'error' } as const;
  return place(async () => {
    try {
      return await work(sharp(bytes, options).autoOrient().timeout(TIME));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new Never(codeOf(message), message, { cause: error });
    }
  });
}

/** Whatever else a decoder complains about, the file is not whole. */
export const codeOf = (message: string) =>
  /pixel limit/i.test(message) ? 'image-too-many-pixels' : 'image-truncated';
