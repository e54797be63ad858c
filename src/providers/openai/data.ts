import { PlatformName, placements } from '../../campaign/platform.ts';
import { TemplateName, templates } from '../../campaign/template.ts';
import type { ReadOrder, RefineOrder } from '../language.ts';

const framings = [
  'cinematic composition',
  'consistent lighting',
  'clear focal point',
  'film still',
  'establishing shot',
] as const;

/** An order as the model sees it. People's texts stay inside JSON strings: no word of theirs can close one. */
export function refineData({ seed, template, platform, ...order }: RefineOrder): string {
  return JSON.stringify({
    ...order,
    template: templateOf(template),
    platform: platformOf(platform),
    framing: framings[Math.abs(seed) % framings.length],
  });
}

export const readData = ({ words, phase, stills }: ReadOrder): string =>
  JSON.stringify({ words, phase, stills });

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
