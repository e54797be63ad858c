import sharp, { type Sharp } from 'sharp';
import { limitTo } from './limit.ts';

/** The most pixels of a picture that we open. */
export const MAX_PIXELS = 40_000_000;
const SECONDS = 20;
const place = limitTo(2);

/** Opens a picture of ours in sharp's pool, upright, first frame only; no more than two at a time, with a time limit. */
export function inStudio<T>(bytes: Buffer, work: (picture: Sharp) => Promise<T>): Promise<T> {
  return place(() =>
    work(sharp(bytes, { limitInputPixels: MAX_PIXELS, pages: 1, failOn: 'error' }).autoOrient()),
  );
}

/** The same limits for a picture that is made from nothing or from several. */
export const SHARP_SECONDS = { seconds: SECONDS };
