import { expect, test } from 'vitest';
import { languages } from '../../../commands/languages.ts';
import { registration } from '../../../src/chat/discord/commands.ts';
import { longestDescription } from '../../../src/chat/discord/limits.ts';

const longestName = 32;

interface Entry {
  name: string;
  description?: string;
  description_localizations?: Record<string, string> | null;
  name_localizations?: Record<string, string> | null;
  options?: Entry[];
}

const all = (registration() as Entry[]).flatMap((one) => [one, ...(one.options ?? [])]);
const sentences = all.map(({ name, description }) => description ?? name);
const spoken = ['de', 'es-ES', 'fr', 'ja', 'pt-BR'];

test('every command and option is described in every language', () => {
  for (const { description_localizations: texts, name_localizations: names, name } of all)
    expect(Object.keys(texts ?? names ?? {}).sort(), name).toEqual(spoken);
});

test('no dictionary lacks or keeps a sentence', () => {
  for (const [language, dictionary] of Object.entries(languages))
    expect(Object.keys(dictionary).sort(), language).toEqual([...new Set(sentences)].sort());
});

test('Discord takes their lengths', () => {
  for (const { description_localizations: texts, name_localizations: names } of all) {
    for (const text of Object.values(texts ?? {}))
      expect(text.length).toBeLessThanOrEqual(longestDescription);
    for (const text of Object.values(names ?? {})) expect(text.length).toBeLessThanOrEqual(longestName);
  }
});
