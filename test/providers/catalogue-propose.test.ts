import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Model, makesVideo, offersSeconds, referencesTaken } from '../../src/campaign/model.ts';
import { entryFor } from '../../src/providers/catalogue.ts';
import { propose } from '../../src/providers/propose.ts';
import { inputOf } from '../../src/providers/replicate/input.ts';
import { readInputSchema } from '../../src/providers/replicate/schema.ts';
import { captured, complaints, openapiOf } from '../support/replicate/schemas.ts';

function proposed(slug: string) {
  const schema = captured[slug];
  const read = schema && readInputSchema(openapiOf(schema));
  if (!read) throw new Error(`no schema of ${slug}`);
  return propose({ slug, description: 'Makes film. And more.', day: '2026-11-21' }, read);
}

function modelOf(slug: string): Model {
  const proposal = proposed(slug);
  if ('needs' in proposal) throw new Error(`needs ${proposal.needs}`);
  return proposal.model;
}

const picture = 'https://example.com/a.png';

describe('a proposal', () => {
  const all = Object.keys(captured).filter((slug) => slug !== 'runwayml/gen4-aleph');

  test.each(all)('%s: an entry whose orders its schema takes', (slug) => {
    const [read] = parse(entryFor(modelOf(slug))) as unknown[];
    const model = Model.parse(read);
    expect(model).toEqual(modelOf(slug));
    const lengths = Array.from({ length: 61 }, (_, s) => s).filter((s) => offersSeconds(model, s));
    expect(lengths.length > 0).toBe(makesVideo(model));
    expect(model.aspects.length).toBeGreaterThan(1);
    for (const seconds of makesVideo(model) ? lengths : [0])
      for (const aspect of model.aspects)
        for (const still of [null, picture]) {
          if (still === null && model.kinds[0] === 'image-to-video') continue;
          const most = referencesTaken(model, { seconds, aspect, hasStill: still !== null });
          const references = Array.from({ length: most }, () => ({
            url: picture,
            purpose: 'style' as const,
          }));
          const wish = { prompt: 'Tea. '.repeat(700), aspect, seed: 7, ...(seconds ? { seconds } : {}) };
          const input = inputOf(model, wish, { still, references });
          expect(complaints(captured[slug] as (typeof captured)[string], input)).toEqual([]);
        }
  });

  test.each(Object.keys(captured))('%s: every picture and every flag is known for what it is', (slug) => {
    const proposal = proposed(slug);
    if ('needs' in proposal) return;
    const { inputs } = proposal.model;
    const names = Object.keys(captured[slug]?.input ?? {});
    expect(Boolean(inputs?.audio)).toBe(names.some((n) => /^(generate|save)_audio/.test(n)));
    const lists = names.filter((n) => captured[slug]?.input[n]?.type === 'array' && !/video|audio/.test(n));
    expect(inputs?.references?.name).toBe(lists[0] ?? inputs?.references?.name);
    for (const [name, value] of Object.entries(inputs?.fixed ?? {}))
      if (/^disable_/.test(name)) expect(value).toBe(false);
  });

  test('says what it cannot give', () => {
    expect(proposed('runwayml/gen4-aleph')).toEqual({ needs: ['video'] });
  });

  test('waits to be asked for, and for its price', () => {
    expect(modelOf('bytedance/seedance-2.5')).toMatchObject({
      unproven: ['price'],
      price: {},
      goodFor: 'Makes film',
    });
  });

  test('does not order the dearest because it is the default', () => {
    expect(modelOf('openai/gpt-image-2').orders).toEqual({ resolution: 'medium' });
  });
});
