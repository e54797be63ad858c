import { Never } from '../errors.ts';
import type { Shelf } from './storage.ts';

/** A key taken apart: `<shelf>/<workspace>/<sha256>.<ending>`. */
export interface KeyParts {
  shelf: Shelf;
  workspace: string;
  sha256: string;
  ending: string;
}

const form =
  /^(?<shelf>references|brands|generated)\/(?<workspace>[\w-][\w.-]{0,99})\/(?<sha256>[0-9a-f]{64})\.(?<ending>[a-z0-9]{1,10})$/;

/** The parts of a key that can be one, else null: nothing else ever becomes a path. */
export function partsOf(key: string): KeyParts | null {
  const found = form.exec(key)?.groups;
  return found ? ({ ...found } as unknown as KeyParts) : null;
}

/** Throws Never(`storage-missing`): what has no key was never kept. */
export function mustParts(key: string): KeyParts {
  const parts = partsOf(key);
  if (!parts) throw new Never('storage-missing', `"${key.slice(0, 200)}" is no key`);
  return parts;
}

/** Throws RangeError for a workspace or an ending that no key can carry. */
export function keyOf({ shelf, workspace, sha256, ending }: KeyParts): string {
  const key = `${shelf}/${workspace}/${sha256}.${ending.toLowerCase()}`;
  if (!partsOf(key)) throw new RangeError(`"${key}" cannot be a key`);
  return key;
}
