import { createHash } from 'node:crypto';
import { forgotten } from '../campaign/words.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Texts by their SHA-256. */
export type Texts = Map<string, string>;

interface Reference {
  words_ref: string;
}

export const isReference = (value: unknown): value is Reference =>
  typeof value === 'object' && value !== null && typeof (value as Reference).words_ref === 'string';

/** A value with each text named `words` replaced by its hash; the texts are added to `texts`. */
export function hide(value: unknown, texts: Texts): string {
  return JSON.stringify(value ?? null, (name: string, part: unknown) => {
    if (name !== 'words' || typeof part !== 'string' || part === '' || part === forgotten) return part;
    const hash = sha256(part);
    texts.set(hash, part);
    return { words_ref: hash };
  });
}

/** Whether stored JSON holds texts that are kept elsewhere. */
export const hasHidden = (json: string): boolean => json.includes('"words_ref"');

/** The value as it was, with `[forgotten]` for each text that is no longer kept. */
export function reveal(json: string, texts: Texts): unknown {
  const value: unknown = JSON.parse(json);
  return hasHidden(json) ? fill(value, texts) : value;
}

function fill(value: unknown, texts: Texts): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const parts = value as Record<string, unknown>;
  for (const [name, part] of Object.entries(parts)) {
    const hidden = name === 'words' && isReference(part);
    parts[name] = hidden ? (texts.get(part.words_ref) ?? forgotten) : fill(part, texts);
  }
  return value;
}
