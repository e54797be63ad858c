import { french } from './languages/french.ts';
import { german } from './languages/german.ts';
import { japanese } from './languages/japanese.ts';
import { portuguese } from './languages/portuguese.ts';
import { spanish } from './languages/spanish.ts';

/** What a sentence of the menu is in another language; a sentence that is changed here is looked for in vain there. */
export type Dictionary = Readonly<Record<string, string>>;

/** By ISO 639. English is what the menu itself is written in. */
export const languages = { de: german, fr: french, es: spanish, ja: japanese, pt: portuguese } as const;
export type Language = keyof typeof languages;
