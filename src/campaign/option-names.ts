/** Every option with its other spellings. Case, `-` and `_` do not matter. */
export const optionNames = {
  prompt: ['brief'],
  model: ['engine', 'video-model', 'video-backend'],
  duration: ['length', 'seconds', 'secs', 'sec'],
  aspect: ['ratio', 'aspect-ratio', 'format', 'size', 'shape', 'orientation'],
  template: ['type', 'kind'],
  platform: ['network', 'channel'],
  brand: ['brand-kit', 'kit'],
  product: ['product-name', 'name'],
  tagline: ['slogan', 'claim'],
  description: ['desc', 'details'],
  note: ['refine', 'refinement', 'refinement-note', 'refinement-prompt', 'style', 'look', 'mood', 'tone'],
  'as-is': ['verbatim', 'exact'],
  logo: [],
  reference: ['ref', 'references', 'image', 'picture', 'photo'],
  'product-image': ['product-picture', 'product-photo', 'packshot'],
  'first-frame': ['start-frame', 'first-image', 'start-image'],
  'last-frame': ['end-frame', 'last-image', 'end-image'],
  link: ['url', 'links'],
  'still-model': ['image-model', 'image-backend', 'still-backend'],
  'still-quality': ['image-quality'],
  'still-style': ['image-style'],
  stills: ['still-count', 'number-of-stills'],
} as const satisfies Record<string, readonly string[]>;
export type OptionName = keyof typeof optionNames;

/** A word without what does not matter in a name. */
export const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_.-]/g, '');

/** Every spelling, made plain, and the option it means. */
export const spellings = new Map(
  Object.entries(optionNames).flatMap(([name, more]) =>
    [name, ...more].map((spelling) => [plain(spelling), name as OptionName] as const),
  ),
);

/** The option that a misspelt name probably meant. */
export function nearestName(wanted: string): OptionName | null {
  const [nearest] = [...spellings]
    .map(([known, name]) => ({ name, steps: distance(plain(wanted), known) }))
    .filter(({ steps }) => steps <= Math.min(2, plain(wanted).length / 2))
    .sort((a, b) => a.steps - b.steps);
  return nearest?.name ?? null;
}

/** Letters to change, add or drop on the way from one word to the other. */
function distance(a: string, b: string): number {
  let row = [...b, ''].map((_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
