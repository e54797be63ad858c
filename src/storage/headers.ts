import type { KeyParts } from './key.ts';
import type { Shelf } from './storage.ts';

const types: Record<string, string> = {
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  json: 'application/json',
  txt: 'text/plain; charset=utf-8',
  vtt: 'text/vtt; charset=utf-8',
};

// Private: a shared cache would show a file after its link has expired.
const caching: Record<Shelf, string> = {
  generated: 'private, max-age=31536000, immutable',
  brands: 'private, max-age=31536000, immutable',
  references: 'private, max-age=604800',
};

/** How a thing is described to whoever fetches it. `type` is null for what a browser might run: SVG, HTML. */
export const described = ({ shelf, ending }: KeyParts): { type: string | null; cacheControl: string } => ({
  type: types[ending] ?? null,
  cacheControl: caching[shelf],
});
