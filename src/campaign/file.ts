import { z } from 'zod';

/** Bytes we keep, named by where they are and what they hash to. */
export const KeptFile = z.object({
  /** Storage key, e.g. `generated/w1/ab12….mp4`. */
  key: z.string(),
  /** Hex SHA-256 of the bytes. */
  sha256: z.string(),
  bytes: z.int().nonnegative(),
  mime: z.string(),
});
export type KeptFile = z.infer<typeof KeptFile>;

/** Pixels. */
export const Frame = z.object({ width: z.int().positive(), height: z.int().positive() });
export type Frame = z.infer<typeof Frame>;

export const Picture = KeptFile.extend(Frame.shape);
export type Picture = z.infer<typeof Picture>;

export const FilmFile = KeptFile.extend({ ...Frame.shape, seconds: z.number() });
export type FilmFile = z.infer<typeof FilmFile>;
