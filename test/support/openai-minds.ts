import sharp from 'sharp';
import type { Reading, Refinement } from '../../src/campaign/prompt.ts';
import type { ReadOrder, RefineOrder } from '../../src/providers/language.ts';
import { readWords } from '../../src/providers/sample/read.ts';
import { refineWords } from '../../src/providers/sample/refine.ts';

/** What the stand-in's language model says to an order's data: by tables, so that the same gets the same. */
export function say(data: string): Refinement | Reading {
  const order = JSON.parse(data) as (RefineOrder | ReadOrder) & { template?: unknown; platform?: unknown };
  if (!('notes' in order)) return readWords(order as ReadOrder);
  const name = (value: unknown) =>
    typeof value === 'object' && value ? (value as { name: string }).name : (value as string | null);
  const { template, platform, ...rest } = order as RefineOrder;
  return refineWords({ ...rest, template: name(template), platform: name(platform), seed: 1 });
}

/** A real PNG of a size that was asked for. */
export async function draw(size: string | null | undefined): Promise<string> {
  const [width = 1024, height = 1024] = (/^\d+x\d+$/.exec(size ?? '')?.[0] ?? '1024x1024')
    .split('x')
    .map(Number);
  const background = { r: 40, g: 90, b: 120 };
  const png = sharp({ create: { width, height, channels: 3, background } }).png({ compressionLevel: 1 });
  return (await png.toBuffer()).toString('base64');
}

const categories = ['harassment', 'hate', 'illicit', 'self-harm', 'sexual', 'violence', 'violence/graphic'];

/** Flags the words `violent` and `gory`, and pictures whose bytes hold "gory". */
export function moderate(input: string): unknown {
  const text = input.startsWith('data:')
    ? Buffer.from(input.split(',')[1] ?? '', 'base64').toString('latin1')
    : input;
  const found = [
    ...(/violent/.test(text) ? ['violence'] : []),
    ...(/gory/.test(text) ? ['violence', 'violence/graphic'] : []),
  ];
  const each = <T>(value: (name: string) => T) =>
    Object.fromEntries(categories.map((name) => [name, value(name)]));
  return {
    flagged: found.length > 0,
    categories: each((name) => found.includes(name)),
    category_scores: each((name) => (found.includes(name) ? 0.97 : 0.001)),
    category_applied_input_types: each(() => ['text']),
  };
}
