import { Aspect } from '../../campaign/model.ts';
import type { Property } from './schema.ts';

const words: Record<string, number> = { landscape: 16 / 9, portrait: 9 / 16, square: 1 };

/** Width to height of `16:9`, `1280x720` or `landscape`; null where a value is no shape. */
export function ratioOf(value: unknown): number | null {
  const [, width, height] = /^(\d+)[:x](\d+)$/.exec(String(value)) ?? [];
  return words[String(value)] ?? (width && height ? Number(width) / Number(height) : null);
}

/** What a crop to the wanted shape may cost; a neighbour further off is none. */
const mostLoss = 0.25;

/** Our shapes in the model's own words; those it calls as we do are left out. */
export function valuesIn(property: Property | undefined): { values?: Partial<Record<Aspect, string>> } {
  const found = Aspect.options.flatMap((aspect) => {
    const nearest = nearestTo(aspect, property?.enum ?? []);
    return nearest === null || nearest === aspect ? [] : [[aspect, nearest] as const];
  });
  return found.length > 0 ? { values: Object.fromEntries(found) } : {};
}

function nearestTo(aspect: Aspect, choices: readonly unknown[]): string | null {
  const wanted = ratioOf(aspect) ?? 1;
  const rated = choices.flatMap((value) => {
    const ratio = ratioOf(value);
    return ratio === null
      ? []
      : [{ value: String(value), loss: 1 - Math.min(ratio, wanted) / Math.max(ratio, wanted) }];
  });
  const [best] = rated.sort((a, b) => a.loss - b.loss);
  return best && best.loss <= mostLoss ? best.value : null;
}

/** The shapes a parameter can say, if need be by a neighbour. A model that is told none is cropped afterwards. */
export const shapesIn = (property: Property | undefined): Aspect[] =>
  property
    ? Aspect.options.filter((each) => nearestTo(each, property.enum ?? []) !== null)
    : [...Aspect.options];
