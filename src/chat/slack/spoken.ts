import type { Offer } from '../../campaign/reference.ts';
import type { File } from './incoming.ts';
import { attachmentOf } from './places.ts';

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/**
 * What somebody typed, without Slack's markup: links become addresses, mentions names, and the mention of ourselves
 * nothing.
 */
export function spoken(text: string, botUser: string): string {
  return text
    .replace(/<([^<>]+)>/g, (_, inside: string) => plain(inside, botUser))
    .replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity)
    .trim();
}

function plain(inside: string, botUser: string): string {
  const [target = '', label = ''] = inside.split('|', 2);
  const rest = target.slice(1);
  if (target.startsWith('@')) return rest === botUser ? '' : `@${label || rest}`;
  if (target.startsWith('#')) return `#${label || rest}`;
  if (target.startsWith('!')) return label || `@${rest.split('^', 1)[0]}`;
  return target.startsWith('mailto:') ? label || target.slice('mailto:'.length) : target;
}

/** Files somebody shared, each as a reference. */
export const offersOf = (team: string, files: readonly File[] = []): Offer[] =>
  files.map(({ id, name }) => ({
    name: name || 'picture',
    purpose: null,
    source: { kind: 'attachment', attachment: attachmentOf(team, id) },
  }));
