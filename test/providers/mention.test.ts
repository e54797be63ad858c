import { expect, test } from 'vitest';
import { mentioning, tagFor } from '../../src/campaign/mention.ts';
import { findModel, type Model } from '../../src/campaign/model.ts';
import { everyModel } from '../../src/providers/catalogue.ts';
import { inputOf, speaksOf } from '../../src/providers/replicate/input.ts';

const catalogue = await everyModel();
const wording = `The bottle (${tagFor(1)}) turns beside ${tagFor(2)}, slowly.`;
const wish = { prompt: wording, seconds: 6, aspect: '16:9', seed: 1 } as const;
const reference = (n: number) => ({ url: `https://x/${n}.png`, purpose: 'product' as const });
const named = (id: string) => findModel(catalogue, id) as Model;

test.each([
  [2, 'The bottle (<1>) turns beside <2>, slowly.'],
  [1, 'The bottle (<1>) turns beside, slowly.'],
  [0, 'The bottle turns beside, slowly.'],
])('of its tags the first %i have pictures', (count, said) => {
  expect(mentioning(wording, count, (n) => `<${n}>`)).toBe(said);
});

test('words without a tag stay as they are, whatever they look like', () => {
  for (const words of [
    '',
    'mail me @Images',
    'a (nice) @ImageMagick party',
    '$& $1 \\1',
    '@Image0 (@Image99)',
  ])
    expect(mentioning(words, 0, null)).toBe(words.replace('@Image0 (@Image99)', ''));
});

test.each([
  ['seedance-2.5', 'The bottle ([Image1]) turns beside [Image2], slowly.'],
  ['kling-v3-omni', 'The bottle (<<<image_1>>>) turns beside <<<image_2>>>, slowly.'],
  ['kling-v2.6', 'The bottle turns beside, slowly.'],
])('%s is told in its own manner, and the order is known again by it', (id, said) => {
  const model = named(id);
  const references = model.references > 0 ? [reference(1), reference(2)] : [];
  const input = inputOf(model, wish, { still: null, references });
  expect(input['prompt']).toContain(said);
  expect(speaksOf(model, input, wording)).toBe(true);
  expect(speaksOf(model, input, 'Another wording')).toBe(false);
});
