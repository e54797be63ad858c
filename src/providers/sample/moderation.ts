import type { Harm } from '../../campaign/screening.ts';
import type { Moderator } from '../moderation.ts';

/** Whole words that no brief needs. What is harmless in other trades (nude tones, Gore-Tex) is not among them. */
const denied: readonly (readonly [Harm, RegExp])[] = [
  ['hate', /\b(?:ethnic cleansing|white power|master race)\b/],
  ['harassment', /\b(?:kill yourself|go die)\b/],
  ['illicit', /\b(?:pipe bomb|build a bomb|crystal meth)\b/],
  ['self-harm', /\b(?:suicide|self-harm(?:ing)?)\b/],
  ['sexual', /\b(?:porn\w*|hardcore sex)\b/],
  ['violence', /\b(?:behead\w*|massacre\w*|mutilat\w*|dismember\w*)\b/],
];

const plain = (words: string): string => words.normalize('NFKC').toLowerCase();

/** A moderator played by lists: it reads words, and knows pictures by their SHA-256 alone. */
export function sampleModerator(pictures: ReadonlyMap<string, Harm> = new Map()): Moderator {
  return {
    name: 'sample',
    words: async (words) => denied.filter(([, list]) => list.test(plain(words))).map(([harm]) => harm),
    async picture({ sha256 }) {
      const harm = pictures.get(sha256);
      return harm ? [harm] : [];
    },
  };
}
