import { commands } from '../../commands/index.ts';
import { Aspect } from '../campaign/model.ts';
import { PlatformName } from '../campaign/platform.ts';
import type { ChoiceSource } from '../campaign/question.ts';
import { statusNames } from '../campaign/status.ts';
import { TemplateName } from '../campaign/template.ts';
import type { Suggestion } from './chat.ts';

/** The values of an option that are the same on every day; null for what the catalogue of the day offers. */
export function fixedChoices(source: ChoiceSource): readonly string[] | null {
  switch (source) {
    case 'brand':
    case 'model':
    case 'still-model':
    case 'still-quality':
    case 'still-style':
      return null;
    case 'aspect':
      return Aspect.options;
    case 'template':
      return TemplateName.options;
    case 'platform':
      return PlatformName.options;
    case 'status':
      return Object.values(statusNames);
    case 'command':
      return commands.map(({ name }) => name);
  }
}

/** Those that have in them what was typed so far. */
export function matching(all: readonly Suggestion[], typed: string): Suggestion[] {
  const wanted = typed.trim().toLowerCase();
  return all.filter(({ value, label }) => `${value} ${label}`.toLowerCase().includes(wanted));
}
