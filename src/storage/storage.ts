import type { Readable } from 'node:stream';
import type { Sending } from '../net/send-stream.ts';

export interface Stored {
  key: string;
  /** Hex SHA-256 of the bytes. */
  sha256: string;
  bytes: number;
}

/** Where a thing is kept decides how long: references for `referenceDays`, everything else for good. */
export type Shelf = 'references' | 'brands' | 'generated';

/** How long a reference is kept after it was last put there, in days. */
export const referenceDays = 30;

export interface Put {
  shelf: Shelf;
  workspace: string;
  /** File ending without the dot, e.g. `mp4`. */
  ending: string;
  /** A file on this machine that nobody changes any more (moved and hashed off the main thread), or bytes in hand. */
  from: { file: string } | { bytes: Uint8Array };
}

/**
 * Keeps bytes under `<shelf>/<workspace>/<sha256>.<ending>`: the same bytes are kept once, and are never changed.
 * Throws Never(`storage-missing`) for a key that is not there, Never(`storage-full`) when no room is left,
 * Never(`storage-unwritable`), TryLater for what may pass.
 */
export interface Storage {
  put(put: Put): Promise<Stored>;
  /** `range` in bytes, both ends included, as in HTTP. */
  read(key: string, range?: { start: number; end: number }): Promise<Readable>;
  size(key: string): Promise<number>;
  /** Posts the bytes to an address elsewhere, as they come. Throws TryLater where they were not all accepted. */
  send(key: string, sending: Sending): Promise<void>;
  /** Copies the bytes to a path on this machine, checked against the key's hash. */
  fetchTo(key: string, file: string): Promise<void>;
  /** A path on this machine that people can open, or null where bytes are elsewhere. */
  path(key: string): string | null;
  /** A link that works for `ttl` seconds and cannot be made up. */
  url(key: string, ttl: number): string;
  remove(key: string): Promise<void>;
  /** Deletes what has outlived its shelf (references: 30 days); returns how many. */
  sweep(now: number): Promise<number>;
}
