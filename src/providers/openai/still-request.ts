import { readFile } from 'node:fs/promises';
import { toFile, type Uploadable } from 'openai';
import type { Aspect } from '../../campaign/model.ts';
import type { Purpose } from '../../campaign/reference.ts';
import type { StillOrder } from '../still.ts';

type Reference = StillOrder['references'][number];

/** Exact shapes for a film's first frame; both sides divide by 16. The second is what every image model knows. */
export const sizes: Record<Aspect, readonly [exact: string, common: string]> = {
  '16:9': ['1536x864', '1536x1024'],
  '9:16': ['864x1536', '1024x1536'],
  '1:1': ['1024x1024', '1024x1024'],
  '4:5': ['1024x1280', '1024x1536'],
};

/** As many as one edit takes. */
const mostReferences = 16;

/** The logo is laid over the finished film, pixel for pixel: a model that sees it draws a crooked one. */
export const shownReferences = ({ references }: StillOrder): Reference[] =>
  references.filter(({ purpose }) => purpose !== 'logo').slice(0, mostReferences);

export const upload = (references: readonly Reference[]): Promise<Uploadable[]> =>
  Promise.all(
    references.map(async ({ path, mime }, i) =>
      toFile(await readFile(path), `reference${i + 1}.${mime.split('/')[1]}`, { type: mime }),
    ),
  );

const use: Record<Exclude<Purpose, 'logo'>, string> = {
  product: 'the product: keep its shape, colours and lettering exactly',
  style: 'the style: take its light, palette and mood, not what it shows',
  subject: 'the subject: the same person or thing, recognisable, in the new scene',
};

/** An edit means to change its pictures unless it is told what each is for. */
export function promptWith(references: readonly Reference[], prompt: string): string {
  const lines = references.map(({ purpose }, i) => `Image ${i + 1} is ${use[purpose as keyof typeof use]}.`);
  return [prompt, ...(lines.length > 0 ? ['Make a new picture.', ...lines] : [])].join('\n');
}
