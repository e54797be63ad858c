import { readFile } from 'node:fs/promises';
import { BadRequestError, toFile, type Uploadable } from 'openai';
import { mentioning } from '../../campaign/mention.ts';
import { type Aspect, type Catalogue, findModel } from '../../campaign/model.ts';
import { type Purpose, steeringOf } from '../../campaign/reference.ts';
import { Never } from '../../errors.ts';
import type { StillOrder } from '../still.ts';

type Reference = StillOrder['references'][number];

/** A purchase, ready to leave. `common` is a size that every image model knows. */
export interface Draft {
  model: string;
  prompt: string;
  images: Uploadable[];
  size: string;
  common: string;
  /** What is sent beside it, as it stands. */
  fixed: Readonly<Record<string, string | number | boolean>>;
}

/** Exact shapes for a film's first frame; both sides divide by 16. */
const exact: Record<Aspect, string> = {
  '16:9': '1536x864',
  '9:16': '864x1536',
  '1:1': '1024x1024',
  '4:5': '1024x1280',
};
const common: Record<Aspect, string> = {
  '16:9': '1536x1024',
  '9:16': '1024x1536',
  '1:1': '1024x1024',
  '4:5': '1024x1536',
};

/** As many as one edit takes. */
const mostReferences = 16;

/** An order in the provider's words. What the catalogue says of its model goes before what is usual. */
export async function drafted(order: StillOrder, catalogue: Catalogue): Promise<Draft> {
  const model = findModel(catalogue, order.model);
  const most = Math.min(mostReferences, model?.references ?? mostReferences);
  // The logo is laid over the finished film, pixel for pixel: a model that sees it draws a crooked one.
  const references = steeringOf(order.references).slice(0, most);
  return {
    model: model?.slug ?? model?.id ?? order.model,
    prompt: promptWith(references, order.prompt),
    images: await Promise.all(references.map(upload)),
    size: model?.inputs?.aspect?.values?.[order.aspect] ?? exact[order.aspect],
    common: common[order.aspect],
    fixed: {
      quality: 'medium',
      ...model?.inputs?.fixed,
      ...(order.quality ? model?.qualities?.[order.quality]?.input : {}),
    },
  };
}

/** A size refused is proof that nothing was made; the newest models are not known to take every size. */
export const isSizeRefused = (error: unknown): boolean =>
  error instanceof Never && error.cause instanceof BadRequestError && error.cause.param === 'size';

const upload = async ({ path, mime }: Reference, i: number): Promise<Uploadable> =>
  toFile(await readFile(path), `reference${i + 1}.${mime.split('/')[1]}`, { type: mime });

const use: Partial<Record<Purpose, string>> = {
  product: 'the product: keep its shape, colours and lettering exactly',
  style: 'the style: take its light, palette and mood, not what it shows',
  subject: 'the subject: the same person or thing, recognisable, in the new scene',
};

/** An edit means to change its pictures unless it is told what each is for. */
function promptWith(references: readonly Reference[], prompt: string): string {
  const lines = references.map(({ purpose }, i) => `Image ${i + 1} is ${use[purpose]}.`);
  const told = mentioning(prompt, references.length, (n) => `image ${n}`);
  return [told, ...(lines.length > 0 ? ['Make a new picture.', ...lines] : [])].join('\n');
}
