import { bothOf, type ReadOptions, readNamed, readOptions } from '../src/campaign/option.ts';
import type { Typed } from './command.ts';

/** Typed text and options by name, read by the same reader; a named option beats a typed one. */
export const readTyped = (typed: Typed): ReadOptions =>
  bothOf(readOptions(typed.text), readNamed(typed.options));

/** One word as people write it: `/video-help`, "Needs review" and `needs-review` become comparable. */
export const plainWord = (text: string): string =>
  text
    .toLowerCase()
    .replace(/^\/|[?!.]+$/g, '')
    .replace(/[\s_-]+/g, '-')
    .replace(/^-|-$/g, '');
