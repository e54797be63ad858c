import { readFileSync } from 'node:fs';
import { PlatformName, placements } from '../../campaign/platform.ts';
import { Reading, Refinement } from '../../campaign/prompt.ts';
import { TemplateName, templates } from '../../campaign/template.ts';
import type { ReadOrder, RefineOrder } from '../language.ts';
import type { Question } from './ask.ts';

const page = (name: string): string => readFileSync(new URL(`./${name}.md`, import.meta.url), 'utf8');
const pages = { refine: page('refine'), read: page('read') };

// Two sheets of 2,000 characters each, also in scripts where every character is a token or two.
const mostRefined = 6000;
const mostRead = 3000;

const framings = [
  'cinematic composition',
  'consistent lighting',
  'clear focal point',
  'film still',
  'establishing shot',
] as const;

export function refining(order: RefineOrder): Question<Refinement> {
  const pictures = order.references.flatMap(({ picture }) => picture ?? []);
  return {
    name: 'refinement',
    schema: Refinement,
    instructions: pages.refine,
    data: refineData(order),
    ...(pictures.length > 0 ? { seen: { pictures, unseen: refineData(unseen(order)) } } : {}),
    most: mostRefined,
  };
}

/** The same order for a model that is shown nothing. */
export const unseen = (order: RefineOrder): RefineOrder => ({
  ...order,
  references: order.references.map((each) => ({ ...each, picture: null })),
});

export const reading = ({ words, phase, stills, asked = null }: ReadOrder): Question<Reading> => ({
  name: 'reading',
  schema: Reading,
  instructions: pages.read,
  data: JSON.stringify({ words, phase, stills, asked }),
  most: mostRead,
});

/** An order as the model sees it. People's texts stay inside JSON strings: no word of theirs can close one. */
function refineData({ seed, template, platform, references, ...order }: RefineOrder): string {
  return JSON.stringify({
    ...order,
    references: references.map(({ picture, ...said }) => ({ ...said, shown: picture !== null })),
    template: templateOf(template),
    platform: platformOf(platform),
    framing: framings[Math.abs(seed) % framings.length],
  });
}

function templateOf(name: string | null): unknown {
  const known = TemplateName.safeParse(name).data;
  return known ? { name, summary: templates[known].summary } : name;
}

function platformOf(name: string | null): unknown {
  const known = PlatformName.safeParse(name).data;
  return known ? { name, style: placements[known].style, covered: placements[known].safe } : name;
}

/** A name for the screen counts only where the person wrote it: a model that makes one up is not heard. */
export function spoken(name: string | null, order: RefineOrder): string | null {
  const said = [order.words, order.product, order.tagline, order.description, ...order.notes, ...order.musts];
  return name?.trim() && plain(said.join('\n')).includes(plain(name)) ? name.trim() : null;
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{P}]+/gu, ' ')
    .trim();
