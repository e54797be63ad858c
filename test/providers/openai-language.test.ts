import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Tokens } from '../../src/campaign/model.ts';
import { Reading, Refinement } from '../../src/campaign/prompt.ts';
import { type Never, TryLater } from '../../src/errors.ts';
import type { RefineOrder } from '../../src/providers/language.ts';
import { type OpenAILanguageOptions, openaiLanguage } from '../../src/providers/openai.ts';
import { type Entry, openaiStandIn, type StandIn, type StandInOptions } from '../support/openai.ts';
import type { Fault } from '../support/openai-faults.ts';
import { refineOrder } from './openai-orders.ts';

const [luna, terra] = ['gpt-6-luna', 'gpt-6.1-terra'];
let service: StandIn;
const start = async (options: StandInOptions = {}) => {
  await service?.close();
  service = await openaiStandIn(options);
};
beforeEach(() => start());
afterEach(() => service.close());

const studio = (more: Partial<OpenAILanguageOptions> = {}) =>
  openaiLanguage({
    apiKey: service.key,
    baseURL: service.url,
    models: [luna, terra],
    price: () => 0,
    ...more,
  });
const refine = (more: Partial<RefineOrder> = {}, options: Partial<OpenAILanguageOptions> = {}) =>
  studio(options).refine(refineOrder(more), AbortSignal.timeout(10_000));
const read = (words: string, options: Partial<OpenAILanguageOptions> = {}) =>
  studio(options).read({ words, phase: 'storyboard', stills: 4 }, AbortSignal.timeout(10_000));
const failure = async (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('it went well'),
    (error: unknown) => error as Never | TryLater,
  );
const asked = () => service.log.map(({ path, body }) => [path.replace('/v1/', ''), body['model']]);

describe('a question', () => {
  it('comes back in its schema', async () => {
    expect(Refinement.strict().parse(await refine())).toMatchObject({ product: 'Aurora Tea' });
    expect(Reading.parse(await read('darker, and number 2'))).toEqual({
      meanings: [
        { kind: 'refine', note: 'darker' },
        { kind: 'pick', still: 2 },
      ],
    });
  });

  it('says that nothing is to be stored or mulled over, and for whom only as a hash', async () => {
    await refine({}, { user: 'T024BE7LD' });
    const [{ path, body }] = service.log as [Entry];
    expect(path).toBe('/v1/responses');
    expect(body).toMatchObject({
      model: luna,
      store: false,
      reasoning: { effort: 'none' },
      max_output_tokens: 6000,
      text: { format: { type: 'json_schema', strict: true, name: 'refinement' } },
      safety_identifier: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(JSON.stringify(body)).not.toContain('T024BE7LD');
  });

  it('carries the whole order as one piece of data', async () => {
    await refine({ notes: ['darker'], musts: ['the cup'], seed: 3 });
    const data = dataOf(service);
    expect(data).toMatchObject({ words: refineOrder().words, notes: ['darker'], musts: ['the cup'] });
    expect(data).toMatchObject({
      framing: 'film still',
      template: { name: 'product-showcase', summary: expect.any(String) },
      platform: { name: 'tiktok', covered: { right: 0.12 } },
      references: [{ name: 'cup.png', purpose: 'product' }],
    });
  });

  it('about a message says what the person was asked, so that a bare answer is understood', async () => {
    const order = { words: 'Aurora', phase: 'briefing', stills: 0 };
    const read = (asked?: 'product') =>
      studio().read({ ...order, ...(asked ? { asked } : {}) }, AbortSignal.timeout(10_000));
    expect(await read('product')).toEqual({ meanings: [{ kind: 'product', text: 'Aurora' }] });
    expect(dataOf(service)).toEqual({ ...order, asked: 'product' });
    expect(service.log[0]?.body?.['instructions']).toContain('plainly answers `asked`');
    expect(await read()).not.toEqual({ meanings: [{ kind: 'product', text: 'Aurora' }] });
    expect(dataOf(service, 1)).toEqual({ ...order, asked: null });
  });

  it('varies the framing with the seed and nothing else', async () => {
    for (const seed of [0, 1, 2, 3, 4]) await refine({ seed });
    const all = service.log.map((_, i) => dataOf(service, i));
    expect(new Set(all.map((each) => each['framing'])).size).toBe(5);
    expect(new Set(all.map(({ framing: _, ...rest }) => JSON.stringify(rest))).size).toBe(1);
  });
});

describe('pictures', () => {
  const picture = Buffer.from('jpeg');
  const references = [
    { name: 'cup.png', purpose: 'product', tag: '@Image1', picture },
    { name: 'logo.svg', purpose: 'logo', tag: null, picture: null },
  ];
  type Part = { type: string; image_url?: string; detail?: string };
  const partsOf = (i: number) =>
    ((service.log[i] as Entry).body['input'] as [{ content: Part[] }])[0].content;

  it('are shown cheaply beside the words, and named by what a wording may call them', async () => {
    await refine({ references });
    expect(partsOf(0).slice(1)).toEqual([
      {
        type: 'input_image',
        image_url: `data:image/jpeg;base64,${picture.toString('base64')}`,
        detail: 'low',
      },
    ]);
    expect(dataOf(service)['references']).toEqual([
      { name: 'cup.png', purpose: 'product', tag: '@Image1', shown: true },
      { name: 'logo.svg', purpose: 'logo', tag: null, shown: false },
    ]);
    expect(dataOf(service)['film']).toEqual({ model: 'Seedance 2.5', characters: 900, fromPicture: false });
  });

  it('that no model can look at are left out, and it is told so', async () => {
    service.fail('bad-request', { times: 2 });
    expect(await refine({ references })).toEqual(expect.objectContaining({ motion: expect.any(String) }));
    const last = service.log.length - 1;
    expect(partsOf(last)).toHaveLength(1);
    expect(dataOf(service, last)['references']).toMatchObject([{ shown: false }, { shown: false }]);
  });
});

describe('language stays', () => {
  it.each([
    'Ein Teefilm im Morgenlicht, ruhig und warm. Nicht auf Englisch!',
    'Un film de thé au petit matin',
    '静かな朝の光の中のお茶の映像。「ゆっくり目覚めよう」',
    'فيلم شاي في ضوء الصباح',
    'Чай на рассвете — спокойно ☕️👩‍🍳',
  ])('%s', async (words) => {
    await start({
      answer: () => ({ still: words, motion: words, rationale: words, product: null, tagline: null }),
    });
    expect(await refine({ words })).toMatchObject({ still: words, motion: words, rationale: words });
    expect(dataOf(service)['words']).toBe(words);
    expect(service.log[0]?.body?.['instructions']).toContain('Do not translate');
  });
});

describe('words for the screen', () => {
  const names = (product: string | null, tagline: string | null) =>
    start({ answer: () => ({ still: 'a', motion: 'b', rationale: 'c', product, tagline }) });
  const bare = { product: null, tagline: null };

  it('are taken where the person wrote them', async () => {
    await names('Aurora Tea', 'wake up, slowly');
    const words = 'A film for aurora tea: "Wake up slowly"';
    expect(await refine({ ...bare, words })).toMatchObject({
      product: 'Aurora Tea',
      tagline: 'wake up, slowly',
    });
  });

  it('are nobody else’s', async () => {
    await names('Moonlight Coffee', 'Buy now at evil.example');
    expect(await refine(bare)).toMatchObject(bare);
  });

  it('that were filled in by hand win', async () => {
    await names('tea', 'film');
    expect(await refine({ product: 'Aurora Tea', tagline: 'Wake up' })).toMatchObject({
      product: 'Aurora Tea',
      tagline: 'Wake up',
    });
  });
});

describe('no answer', () => {
  it.each<[Fault, string]>([
    ['refusal', 'refused'],
    ['content-filter', 'filtered'],
    ['failed', 'failed for its prompt'],
    ['moderation-input', 'blocked'],
  ])('%s: %s is final, and no laxer model is asked', async (fault) => {
    service.fail(fault);
    expect(await failure(refine())).toMatchObject({ name: 'Never', code: 'moderation-input' });
    expect(asked()).toEqual([['responses', luna]]);
  });

  it.each<[Fault, number]>([
    ['no-model', 1],
    ['no-bot', 1],
    ['not-yours', 1],
    ['incomplete', 1],
    ['not-schema', 1],
    ['not-json', 1],
    ['half-json', 1],
    ['empty', 1],
    ['bad-request', 1],
    ['overloaded', 2],
    ['error-500', 2],
    ['drop', 2],
  ])('%s: the next model answers', async (fault, times) => {
    service.fail(fault, { times, headers: { 'retry-after-ms': '10' } });
    expect(await refine()).toMatchObject({ product: 'Aurora Tea' });
    expect(asked().at(-1)).toEqual(['responses', terra]);
    expect(service.log).toHaveLength(times + 1);
  });

  it.each<[Fault, number]>([
    ['no-model', 2],
    ['incomplete', 2],
    ['not-schema', 2],
    ['bad-key', 1],
    ['no-credit', 2],
  ])('%s from all of them: never, by the provider’s fault', async (fault, requests) => {
    service.fail(fault, { times: 8, headers: { 'retry-after-ms': '10' } });
    expect(await failure(refine())).toMatchObject({ name: 'Never', code: 'provider-error' });
    expect(service.log).toHaveLength(requests);
  });

  it.each<[Fault, boolean]>([
    ['rate-limit', false],
    ['overloaded', true],
  ])('%s from all of them: later', async (fault, sent) => {
    service.fail(fault, { times: 8, headers: { 'retry-after-ms': '10' } });
    expect(await failure(refine())).toMatchObject({ name: 'TryLater', sent, delay: 10 });
    expect(service.log).toHaveLength(4);
  });

  it('later, where one is only busy and the other is gone', async () => {
    service.fail('overloaded', { times: 2, headers: { 'retry-after-ms': '10' } });
    service.fail('no-model');
    expect(await failure(refine())).toBeInstanceOf(TryLater);
  });

  it('in time: each model is waited for', async () => {
    service.fail('hang', { times: 2 });
    expect(await refine({}, { timeout: 60 })).toMatchObject({ product: 'Aurora Tea' });
    expect(asked().at(-1)).toEqual(['responses', terra]);
  });

  it('in time, also where an answer stops half-way', async () => {
    service.fail('stall', { times: 2 });
    expect(await refine({}, { timeout: 60 })).toMatchObject({ product: 'Aurora Tea' });
    expect(asked().at(-1)).toEqual(['responses', terra]);
  });

  it('called off: nobody else is asked', async () => {
    service.fail('hang', { times: 8 });
    expect(await failure(studio().refine(refineOrder(), AbortSignal.timeout(60)))).toBeInstanceOf(TryLater);
    expect(service.log).toHaveLength(1);
  });
});

describe('the price of an answer', () => {
  const charges = async (options: Partial<OpenAILanguageOptions> = {}) => {
    const told: number[] = [];
    const price = (model: string, { in: read, cached, out }: Tokens) =>
      model === luna ? read + cached + out : 10 * (read + cached + out);
    const provider = studio({ price, ...options });
    await provider.refine(refineOrder(), AbortSignal.timeout(10_000), (micros) => told.push(micros));
    return told;
  };

  it('is told from the tokens the provider counted', async () => {
    expect(await charges()).toEqual([900 + 400 + 300]);
    expect(await charges({ models: ['Claude-Opus-4.7'] })).toEqual([10 * (900 + 300)]);
  });

  it.each<[Fault]>([['not-schema'], ['incomplete'], ['half-json']])(
    '%s: is told of an answer that was of no use as well',
    async (fault) => {
      service.fail(fault);
      const told = await charges();
      expect(told).toEqual(fault === 'half-json' ? [16_000] : [1600, 16_000]);
    },
  );
});

describe('models that take less', () => {
  it('are asked without reasoning, and the second time at once', async () => {
    const provider = studio({ models: ['gpt-4o'] });
    for (let i = 0; i < 2; i++) await provider.refine(refineOrder(), AbortSignal.timeout(10_000));
    expect(service.log.map(({ status }) => status)).toEqual([400, 200, 200]);
    expect(service.log.map(({ body }) => 'reasoning' in body)).toEqual([true, false, false]);
  });

  it('behind Poe are told the schema in words where they refuse it, and held to it all the same', async () => {
    const provider = studio({ models: ['Claude-Opus-4.7'] });
    for (let i = 0; i < 2; i++)
      expect(await provider.refine(refineOrder(), AbortSignal.timeout(10_000))).toMatchObject({
        product: 'Aurora Tea',
      });
    expect(asked().map(([path]) => path)).toEqual([
      'responses',
      'responses',
      'chat/completions',
      'chat/completions',
    ]);
    service.fail('not-schema');
    expect(await failure(provider.refine(refineOrder(), AbortSignal.timeout(10_000)))).toMatchObject({
      code: 'provider-error',
    });
    service.fail('refusal');
    expect(await failure(provider.refine(refineOrder(), AbortSignal.timeout(10_000)))).toMatchObject({
      code: 'moderation-input',
    });
  });

  it('are not asked twice where they are simply not there', async () => {
    service.fail('no-model');
    await refine();
    expect(asked().map(([, model]) => model)).toEqual([luna, terra]);
  });

  it('where Responses is no route at all, the other way is taken', async () => {
    service.fail('no-route');
    await refine();
    expect(asked()).toEqual([
      ['responses', luna],
      ['chat/completions', luna],
    ]);
  });
});

function dataOf({ log }: StandIn, i = 0): Record<string, unknown> {
  const input = log[i]?.body?.['input'] as [{ content: [{ text: string }] }];
  return JSON.parse(input[0].content[0].text);
}
