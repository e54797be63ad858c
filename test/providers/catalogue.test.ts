import { describe, expect, test } from 'vitest';
import {
  findModel,
  fits,
  fittingModels,
  inPlaceOf,
  isRetired,
  type Model,
  makesVideo,
  type Need,
  offersSeconds,
  referencesTaken,
  stillModels,
  stillPrice,
  takePrice,
} from '../../src/campaign/model.ts';
import { available, everyModel, readCatalogue } from '../../src/providers/catalogue.ts';
import { inputOf, qualityIn } from '../../src/providers/replicate/input.ts';
import { faultsIn, readInputSchema } from '../../src/providers/replicate/schema.ts';
import { captured, complaints, openapiOf } from '../support/replicate/schemas.ts';

const all = await everyModel();
const today = '2026-11-21';
const need = (more: Partial<Need> = {}): Need => ({
  seconds: 6,
  aspect: '16:9',
  hasStill: false,
  today,
  ...more,
});
const named = (name: string): Model => {
  const model = findModel(all, name);
  if (!model) throw new Error(`no ${name}`);
  return model;
};
const withKeys = (...keys: string[]) => available(all, new Set(keys));

describe('the catalogue agrees with itself', () => {
  test('no two models answer to one name', () => {
    const names = all.flatMap((m) => [
      ...new Set([m.id, m.name, ...m.aliases].map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, ''))),
    ]);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  test('every successor exists and lives', () => {
    const heirs = all.flatMap(({ successor }) => successor ?? []);
    expect(heirs.map(named).filter((m) => isRetired(m, today))).toEqual([]);
  });

  test('who is retired says since when, and who is not has not passed its day', () => {
    expect(all.filter((m) => (m.status === 'retired') !== isRetired(m, today))).toEqual([]);
    expect(all.filter((m) => m.status === 'retired' && !m.shutdownOn)).toEqual([]);
  });

  test('every living film and still model has a price above nothing for what it orders', () => {
    const prices = all
      .filter((m) => m.status !== 'retired' && !m.kinds.includes('language'))
      .map((m) => (makesVideo(m) ? takePrice(m, 6) : stillPrice(m)));
    expect(Math.min(...prices)).toBeGreaterThan(0);
  });

  test('an audio flag and a resolution that can be sent are sent', () => {
    const silent = all.filter(
      ({ inputs: i, orders: o }) => (i?.audio && o?.audio === undefined) || (i?.resolution && !o?.resolution),
    );
    expect(silent).toEqual([]);
  });
});

describe('names that people type', () => {
  test.each([
    ['sora-2-pro', 'sora-2-pro', null],
    ['OpenAI Sora 2 Pro', 'sora-2-pro', null],
    ['sora', 'sora-2', null],
    ['Sora 2', 'sora-2', null],
    ['Google Veo 3.1', 'veo-3.1', 'veo-3.1'],
    ['runway-gen3', 'runway-gen3', 'runway-gen-4.5'],
    ['runway-gen2', 'runway-gen2', 'p-video'],
    ['gen4_turbo', 'gen4_turbo', 'gen4_turbo'],
    ['runway', 'gen4_turbo', 'gen4_turbo'],
    ['RunwayML Gen-4', 'gen4_turbo', 'gen4_turbo'],
    ['dalle3', 'dall-e-3', 'gpt-image-2.6-flare'],
    ['DALL-E 3', 'dall-e-3', 'gpt-image-2.6-flare'],
    ['flux', 'flux-1.1-pro', 'flux-1.1-pro'],
    ['Flux.1 Pro', 'flux-1.1-pro', 'flux-1.1-pro'],
    ['gpt-4o', 'gpt-4o', 'gpt-4o'],
  ])('%s is %s, and %s runs', (name, id, runs) => {
    expect(named(name).id).toBe(id);
    expect(inPlaceOf(all, named(name), today)?.id ?? null).toBe(runs);
  });

  test('after its day a model has its successor run', () => {
    expect(inPlaceOf(all, named('gpt-4o'), '2027-01-14')?.id).toBe('gpt-6-luna');
  });

  test('in place of Runway Gen-2 runs the cheapest that lives', () => {
    const [cheapest] = fittingModels(withKeys('replicate', 'runway'), need()).sort(
      (a, b) => takePrice(a, 6) - takePrice(b, 6),
    );
    expect(cheapest?.id).toBe('p-video');
  });
});

describe('what runs when nobody says', () => {
  test('without any key only samples live, and retired names are still known', async () => {
    const catalogue = await readCatalogue();
    expect(catalogue[0]?.id).toBe('sample-cinema');
    expect(new Set(catalogue.filter((m) => m.status !== 'retired').map((m) => m.provider))).toEqual(
      new Set(['sample']),
    );
    expect(findModel(catalogue, 'sora')?.status).toBe('retired');
  });

  test('an opt-in model never comes by itself, also where it is the best', () => {
    const chosen = fittingModels(withKeys('replicate'), need());
    expect(chosen.map((m) => m.id)).not.toContain('veo-3.1');
    expect(fits(named('veo-3.1'), need())).toBe(true);
  });

  test('references lead to a model that takes as many', () => {
    const chosen = fittingModels(withKeys('replicate'), need({ references: 8 }));
    expect(chosen.map((m) => m.id)).toEqual(['seedance-2.5', 'seedance-2.0', 'seedance-2.0-fast']);
  });

  test('a model that films references alone fits where there are some', () => {
    expect(fits(named('wan-2.7-r2v'), need())).toBe(false);
    expect(fits(named('wan-2.7-r2v'), need({ references: 2 }))).toBe(true);
  });

  test('a model past its day does not fit any more', () => {
    const soon = { ...named('kling-v3'), shutdownOn: today };
    expect(fits(soon, need())).toBe(false);
    expect(fits(soon, need({ today: '2026-11-20' }))).toBe(true);
  });

  test('stills come in the order of the file', () => {
    expect(stillModels(withKeys('openai', 'replicate'), today).map((m) => m.id)).toEqual([
      'gpt-image-2.6-flare',
      'gpt-image-2.5-flare',
      'gpt-image-2',
      'nano-banana-2',
      'flux-2-pro',
      'replicate-gpt-image-2.5-flare',
      'replicate-gpt-image-2.5-sunburst',
      'replicate-gpt-image-2',
      'ideogram-4.5',
    ]);
  });
});

describe('rules', () => {
  test.each([
    ['veo-3.1', { seconds: 8 }, 3],
    ['veo-3.1', { seconds: 6 }, 0],
    ['veo-3.1', { seconds: 8, aspect: '9:16' as const }, 0],
    ['seedance-2.5', {}, 30],
    ['seedance-2.5', { hasStill: true }, 0],
    ['kling-v3-omni', { hasStill: true }, 7],
  ])('%s with %o takes %i references', (id, more, taken) => {
    expect(referencesTaken(named(id), need(more))).toBe(taken);
  });

  test('a still decides the shape where the model wants it so', () => {
    const wish = { prompt: 'p', seconds: 5, aspect: '9:16', seed: 1 } as const;
    const still = { still: 'https://x/a.png', references: [] };
    expect(inputOf(named('seedance-2.5'), wish, still)).toMatchObject({ aspect_ratio: 'adaptive' });
    expect(inputOf(named('seedance-2.0'), wish, still)).toMatchObject({ aspect_ratio: '9:16' });
  });
});

describe('prices', () => {
  test.each([
    ['seedance-2.5', 5, 1_156_000],
    ['kling-v3', 5, 1_120_000],
    ['kling-v2.6', 5, 350_000],
    ['wan-2.2-i2v-fast', 5, 110_000],
    ['runway-seedance-2-mini', 4, 640_000],
    ['pixverse-v6', 5, 900_000],
  ])('%s for %i s', (id, seconds, price) => {
    expect(takePrice(named(id), seconds)).toBe(price);
  });

  test('sound and resolution have their price', () => {
    expect(takePrice(named('kling-v3'), 5, { resolution: 'pro', audio: true })).toBe(1_680_000);
    expect(takePrice(named('veo-3.1'), 4, { resolution: '1080p', audio: false })).toBe(800_000);
  });

  test('what the table does not know costs the most', () => {
    expect(takePrice(named('seedance-2.0'), 1, { resolution: '8k' })).toBe(1_000_000);
  });

  test('references of a still have theirs', () => {
    expect(stillPrice(named('flux-2-pro'), 2)).toBe(105_000);
  });
});

describe('orders fit the captured schemas', () => {
  const known = all.filter((m) => m.provider === 'replicate' && captured[m.slug ?? m.id]);
  const orders = known.flatMap((model) => {
    const lengths = makesVideo(model)
      ? Array.from({ length: 31 }, (_, s) => s).filter((s) => offersSeconds(model, s))
      : [undefined];
    return lengths.flatMap((seconds) =>
      model.aspects.map((aspect) => ({ model, wish: wishOf(seconds, aspect) })),
    );
  });

  test('there are such models', () => expect(known.length).toBeGreaterThan(15));

  test.each(known.map((m) => [m.id, m] as const))('%s, at every length and shape', (id, model) => {
    const schema = captured[model.slug ?? id];
    if (!schema) throw new Error('not captured');
    const read = readInputSchema(openapiOf(schema));
    for (const { wish } of orders.filter((order) => order.model === model))
      for (const pictures of picturesFor(model, wish)) {
        const input = inputOf(model, wish, pictures);
        expect(complaints(schema, input)).toEqual([]);
        expect(read && faultsIn(input, read)).toEqual([]);
      }
  });
});

const wishOf = (seconds: number | undefined, aspect: Need['aspect']) => ({
  prompt: 'Tea. '.repeat(800),
  aspect,
  seed: 4_294_967_295,
  ...(seconds === undefined ? {} : { seconds }),
});

function picturesFor(model: Model, wish: { seconds?: number; aspect: Need['aspect'] }) {
  const url = 'https://example.com/a.png';
  const most = referencesTaken(model, need({ ...wish, seconds: wish.seconds ?? 0 }));
  const references = Array.from({ length: most }, () => ({ url, purpose: 'style' as const }));
  const without = { still: null, references };
  const withStill = { still: url, references: [] };
  if (!model.inputs?.still) return [without];
  return model.kinds.includes('text-to-video') ? [without, withStill] : [withStill];
}

describe('stills of a quality that was asked for', () => {
  const wish = { prompt: 'p', aspect: '16:9', seed: 1 } as const;
  const nothing = { still: null, references: [] };

  test('say so to the model, cost what that quality costs, and are known again by what was sent', () => {
    const model = named('nano-banana-2');
    for (const [quality, resolution, price] of [
      ['standard', '1K', 67_000],
      ['hd', '2K', 101_000],
    ] as const) {
      const input = inputOf(model, { ...wish, quality }, nothing);
      expect(input).toMatchObject({ resolution });
      expect(qualityIn(model, input)).toBe(quality);
      expect(stillPrice(model, 0, quality)).toBe(price);
    }
    expect(qualityIn(named('flux-2-pro'), inputOf(named('flux-2-pro'), wish, nothing))).toBeNull();
  });

  test('every quality is priced, and none is cheaper than a lesser one', () => {
    for (const model of all.filter((m) => m.qualities))
      expect(stillPrice(model, 0, 'hd')).toBeGreaterThan(stillPrice(model, 0, 'standard'));
  });

  test('a last frame goes along only beside a first one', () => {
    const film = { ...wish, seconds: 5 };
    const last = 'https://x/b.png';
    const both = inputOf(named('kling-v3'), film, { still: 'https://x/a.png', last, references: [] });
    expect(both).toMatchObject({ start_image: 'https://x/a.png', end_image: last });
    expect(inputOf(named('kling-v3'), film, { still: null, last, references: [] })).not.toHaveProperty(
      'end_image',
    );
  });
});
