import type { types } from '@slack/bolt';
import type { Field } from '../card.ts';
import { plainly } from '../fitted.ts';
import * as limits from './limits.ts';
import { isPerson } from './places.ts';
import { escaped, pieces } from './text.ts';

export type Block = types.KnownBlock;
type Text = types.MrkdwnElement;

/** Where Slack's clients get a picture from: a file they were given, or an address. */
export type Source = { slack_file: { id: string } } | { image_url: string };

/** Text that was escaped already. `verbatim`: Slack makes no links and no mentions of its own in it. */
export const mrkdwn = (text: string): Text => ({ type: 'mrkdwn', text, verbatim: true });
/** Never empty, because Slack refuses that. */
export const plain = (text: string, most: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: plainly(text, most) || '…',
});

export const section = (text: string): types.SectionBlock => ({ type: 'section', text: mrkdwn(text) });

/** A whole text, however long. */
export const paragraphs = (text: string): Block[] => pieces(text, limits.longestSection).map(section);

/** A headline where it fits, else a sentence in bold. */
export function heading(text: string): Block[] {
  const title = plainly(text, limits.longestSection);
  if (!title) return [];
  if (title.length <= limits.longestHeader && !title.includes('\n'))
    return [{ type: 'header', text: plain(title, limits.longestHeader) }];
  return paragraphs(title);
}

/** Lines, escaped already, as few sections as hold them. */
export function lines(all: readonly string[]): types.SectionBlock[] {
  const texts: string[] = [];
  for (const line of all.filter(Boolean)) {
    const last = texts.at(-1);
    const fits = last !== undefined && last.length + 1 + line.length <= limits.longestSection;
    if (fits) texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line.trimStart());
  }
  return texts.map(section);
}

export const context = (text: string): Block[] => {
  const small = escaped(text, limits.longestContext);
  return small ? [{ type: 'context', elements: [mrkdwn(small)] }] : [];
};

/** A name before what it names, or above it and with room around where that is long. Whoever is named is called. */
export function labelled(field: Field): string {
  const { name, value } = field;
  const label = escaped(name, limits.longestCardTitle);
  const isLong = value.length > limits.longestOneLine || value.includes('\n');
  const said = escaped(value, limits.longestField);
  const words = [called(field), said].filter(Boolean).join('; ');
  if (!label) return words;
  return isLong ? `\n*${label}*\n${words}` : `*${label}*  ${words}`;
}

/** Whoever a field names, as Slack calls them. */
export const called = ({ people = [], groups = [] }: Field): string =>
  [...people, ...groups].slice(0, limits.mostCalled).map(mention).join(' ');

/** A person, a user group or a channel as Slack calls them; what is none of these stays a word. */
function mention(id: string): string {
  if (isPerson(id)) return `<@${id}>`;
  if (/^S[A-Z0-9]+$/.test(id)) return `<!subteam^${id}>`;
  if (/^D[A-Z0-9]{6,}$/.test(id)) return 'a direct message';
  return /^[CG][A-Z0-9]+$/.test(id) ? `<#${id}>` : escaped(id, limits.longestOption);
}

export const imageElement = (source: Source, alt: string): types.ImageElement => ({
  type: 'image',
  ...source,
  // Whoever cannot see it is read these words.
  alt_text: plainly(alt, limits.longestAlt) || 'Picture',
});

export const imageBlock = (source: Source, alt: string): types.ImageBlock => ({
  ...imageElement(source, alt),
});

export const actions = (elements: readonly types.ActionsBlockElement[]): Block[] =>
  chunks(elements, limits.buttonsInRow).map((some) => ({ type: 'actions', elements: some }));

export function chunks<T>(all: readonly T[], size: number): T[][] {
  const count = Math.ceil(all.length / size);
  return Array.from({ length: count }, (_, i) => all.slice(i * size, (i + 1) * size));
}
