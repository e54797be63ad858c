import type { LanguageProvider } from '../language.ts';
import { readWords } from './read.ts';
import { refineWords } from './refine.ts';

/** A language model played by tables: the same order always gets the same answer, and nothing leaves the machine. */
export function sampleLanguage(): LanguageProvider {
  return {
    refine: async (order) => refineWords(order),
    read: async (order) => readWords(order),
  };
}
