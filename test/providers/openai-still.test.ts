import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Model } from '../../src/campaign/model.ts';
import { Never, TryLater } from '../../src/errors.ts';
import { everyModel } from '../../src/providers/catalogue.ts';
import type { StillUsage } from '../../src/providers/openai/purchase.ts';
import { type OpenAIStillOptions, openaiStill } from '../../src/providers/openai.ts';
import type { StillOrder } from '../../src/providers/still.ts';
import { dropFolder } from '../support/folder.ts';
import { type Entry, openaiStandIn, type StandIn } from '../support/openai.ts';
import type { Fault } from '../support/openai-faults.ts';
import { sending, stillOrder } from './orders.ts';

const model = 'gpt-image-2.6-flare';
let service: StandIn;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openai-still-'));
  service = await openaiStandIn({ file: join(folder, 'log.jsonl') });
});
afterEach(async () => {
  await service.close();
  await dropFolder(folder);
});

const named = `
- id: our-flare
  name: Our Flare
  provider: openai
  slug: gpt-image-2.6-flare
  goodFor: tests
  kinds: [still]
  references: 1
  inputs:
    prompt: { name: prompt }
    aspect: { name: size, values: { "16:9": 1536x1024 } }
    fixed: { quality: high, output_format: webp, n: 10, moderation: low }
  price: { perItem: 1 }
  typicalWait: 1
  quality: good
  verifiedOn: "2026-11-21"
  status: live
`;
const price = (_: StillOrder, usage: StillUsage | null) =>
  usage ? usage.text * 5 + usage.images * 8 + usage.output * 30 : 13_000;
const studio = (more: Partial<OpenAIStillOptions> = {}) =>
  openaiStill({ apiKey: service.key, baseURL: service.url, catalogue: [], price, ...more });
const order = (more: Partial<StillOrder> = {}) => stillOrder({ model, ...more });
const make = (more: Partial<StillOrder> = {}, options: Partial<OpenAIStillOptions> = {}) =>
  studio(options).make(order(more), sending());
const failure = async (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('it went well'),
    (error: unknown) => error as Never | TryLater,
  );

function only({ log }: StandIn): Entry {
  expect(log).toHaveLength(1);
  return log[0] as Entry;
}

async function reference(name: string, purpose: 'logo' | 'product' | 'style' | 'subject') {
  const path = join(folder, name);
  const create = { width: 16, height: 16, channels: 3 as const, background: 'red' };
  await writeFile(path, await sharp({ create }).png().toBuffer());
  return { path, mime: 'image/png', purpose };
}

describe('a still', () => {
  it.each([
    ['16:9', 1536, 864],
    ['9:16', 864, 1536],
    ['1:1', 1024, 1024],
    ['4:5', 1024, 1280],
  ] as const)('%s is bought at %d × %d', async (aspect, width, height) => {
    const { bytes, mime } = await make({ aspect });
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width, height });
    expect(mime).toBe('image/png');
  });

  it('says everything that has a default, and nothing else', async () => {
    await make({ prompt: 'A tea film' }, { user: 'T1' });
    const { body, path } = only(service);
    expect(path).toBe('/v1/images/generations');
    expect(body).toEqual({
      model,
      prompt: 'A tea film',
      n: 1,
      size: '1536x864',
      quality: 'medium',
      output_format: 'png',
      moderation: 'auto',
      safety_identifier: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('costs what its tokens cost', async () => {
    const { cost } = await make({ prompt: 'twelve chars' });
    expect(cost).toBe(3 * 5 + 430 * 30);
  });

  it('is ordered as the catalogue says, but for the number and the format', async () => {
    const [entry] = parse(named) as [object];
    const catalogue = [Model.parse(entry)];
    await make({ model: 'our-flare' }, { catalogue });
    expect(service.log[0]?.body).toMatchObject({
      model,
      size: '1536x1024',
      quality: 'high',
      n: 1,
      output_format: 'png',
      moderation: 'auto',
    });
  });

  it('of every model of ours passes as the service has it', async () => {
    const catalogue = (await everyModel()).filter(
      (m) => m.provider === 'openai' && m.kinds.includes('still') && m.status === 'live',
    );
    for (const { id, aspects } of catalogue)
      for (const aspect of aspects) await make({ model: id, aspect }, { catalogue });
    expect(service.log.map(({ status }) => status)).toEqual(service.log.map(() => 200));
    expect(service.log.length).toBeGreaterThanOrEqual(8);
  });

  it('is forgotten by the provider, and says so', async () => {
    expect(studio().memory).toBe('never');
    expect(await studio().find(order(), 0, sending())).toBe('unknown');
  });
});

describe('references', () => {
  it('go along with what each is for, but the logo', async () => {
    const references = [
      await reference('a.png', 'logo'),
      await reference('b.png', 'product'),
      await reference('c.png', 'style'),
    ];
    const { cost } = await make({ references });
    const { path, body } = only(service);
    expect(path).toBe('/v1/images/edits');
    expect((body['image[]'] as File[]).map(({ name, type }) => [name, type])).toEqual([
      ['reference1.png', 'image/png'],
      ['reference2.png', 'image/png'],
    ]);
    expect(body['prompt']).toMatch(
      /^A tea film\s+Make a new picture\.\s+Image 1 is the product.*\s+Image 2 is the style/,
    );
    expect(body).not.toHaveProperty('moderation');
    expect(cost).toBeGreaterThan(600 * 8);
  });

  it('are sixteen at most', async () => {
    const one = await reference('a.png', 'style');
    await make({ references: Array.from({ length: 20 }, () => one) });
    expect(service.log[0]?.body?.['image[]']).toHaveLength(16);
  });

  it('that are a logo alone leave a picture made anew', async () => {
    await make({ references: [await reference('a.png', 'logo')] });
    expect(service.log[0]?.path).toBe('/v1/images/generations');
  });
});

describe('the guard', () => {
  it('is passed right before the one request, after everything is read', async () => {
    const seen: number[] = [];
    const references = [await reference('a.png', 'style')];
    const guard = async () => {
      seen.push(service.log.length);
      await rm(references[0]?.path ?? '');
    };
    await studio().make(order({ references }), { ...sending(), guard });
    expect(seen).toEqual([0]);
    expect(service.log).toHaveLength(1);
  });

  it('that does not hold keeps the money', async () => {
    const lost = new TryLater('the fence is no longer fresh', { delay: 0, sent: false });
    const guard = () => Promise.reject(lost);
    expect(await failure(studio().make(order(), { ...sending(), guard }))).toBe(lost);
    expect(service.log).toEqual([]);
  });

  it('is passed again where a size was refused, which proves that nothing was bought', async () => {
    let passed = 0;
    const guard = async () => void passed++;
    service.fail('size-refused');
    const provider = studio();
    await provider.make(order(), { ...sending(), guard });
    await provider.make(order(), { ...sending(), guard });
    expect(service.log.map(({ body, billed }) => [body?.['size'], billed])).toEqual([
      ['1536x864', false],
      ['1536x1024', true],
      ['1536x1024', true],
    ]);
    expect(passed).toBe(3);
  });
});

describe('at most one paid request', () => {
  it.each(['drop', 'error-500', 'overloaded', 'half-json', 'not-json'] as const)(
    'after %s nobody knows, and nothing is sent again',
    async (fault) => {
      service.fail(fault, { times: 5 });
      const error = await failure(make());
      expect(error).toBeInstanceOf(TryLater);
      expect(error).toMatchObject({ sent: true });
      expect(service.log).toHaveLength(1);
      const kept = await readFile(join(folder, 'log.jsonl'), 'utf8');
      expect(
        kept
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      ).toEqual(service.log);
    },
  );

  it('a slow answer is waited for', async () => {
    service.fail('slow');
    expect((await make()).cost).toBeGreaterThan(0);
    expect(service.log).toHaveLength(1);
  });

  it('also with references', async () => {
    service.fail('drop', { times: 5 });
    const references = [await reference('a.png', 'style')];
    expect(await failure(make({ references }))).toMatchObject({ name: 'TryLater', sent: true });
    expect(service.log).toHaveLength(1);
  });

  it.each(['hang', 'stall'] as const)('after a time-out nobody knows: %s', async (fault) => {
    service.fail(fault, { times: 5 });
    expect(await failure(make({}, { timeout: 80 }))).toMatchObject({ name: 'TryLater', sent: true });
    expect(service.log).toHaveLength(1);
  });

  it('called off under way, nobody knows; before, nothing was sent', async () => {
    service.fail('hang');
    const signal = AbortSignal.timeout(80);
    expect(await failure(studio().make(order(), { ...sending(), signal }))).toMatchObject({ sent: true });
    expect(await failure(studio().make(order(), { ...sending(), signal }))).toMatchObject({ sent: false });
    expect(service.log).toHaveLength(1);
  });

  it('which the log can tell: the SDK left to itself sends three', async () => {
    service.fail('drop', { times: 5 });
    const client = new OpenAI({ apiKey: service.key, baseURL: service.url, logLevel: 'off' });
    await failure(client.images.generate({ model, prompt: 'A tea film' }));
    expect(service.log.filter(({ billed }) => billed)).toHaveLength(3);
  });
});

describe('nothing was accepted', () => {
  it('where nobody listens', async () => {
    const { url } = service;
    await service.close();
    const provider = openaiStill({ apiKey: 'k', baseURL: url, catalogue: [], price });
    expect(await failure(provider.make(order(), sending()))).toMatchObject({ name: 'TryLater', sent: false });
    service = await openaiStandIn();
  });

  it('where the name is unknown', async () => {
    const error = await failure(make({}, { baseURL: 'http://nobody.invalid/v1' }));
    expect(error).toMatchObject({ name: 'TryLater', sent: false });
  });

  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after-ms': '250' }, 250],
    [{}, 5000],
    [{ 'retry-after': '86400' }, 600_000],
  ])('at too many requests: %j', async (headers, delay) => {
    service.fail('rate-limit', { headers });
    expect(await failure(make())).toMatchObject({ name: 'TryLater', sent: false, delay });
    expect(service.log).toHaveLength(1);
  });
});

describe('a plain never', () => {
  it.each<[Fault, string]>([
    ['bad-key', 'bad-key'],
    ['forbidden', 'bad-key'],
    ['no-credit', 'no-credit'],
    ['no-credit-by-type', 'no-credit'],
    ['hard-limit', 'no-credit'],
    ['no-model', 'retired'],
    ['no-bot', 'retired'],
    ['not-yours', 'retired'],
    ['moderation-input', 'moderation-input'],
    ['moderation-unknown', 'moderation-input'],
    ['moderation-output', 'moderation-output'],
    ['policy-violation', 'moderation-input'],
    ['bad-request', 'provider-error'],
    ['redirect', 'provider-error'],
    ['empty', 'provider-error'],
    ['not-schema', 'provider-error'],
  ])('%s is %s', async (fault, code) => {
    service.fail(fault, { times: 3 });
    const error = await failure(make());
    expect(error).toBeInstanceOf(Never);
    expect(error).toMatchObject({ code });
    expect(service.log).toHaveLength(1);
  });

  it('an answer without a picture is billed: what its tokens cost, or the list price where it does not say', async () => {
    service.fail('empty');
    expect(await failure(make({ prompt: 'twelve chars' }))).toMatchObject({ billed: 3 * 5 + 430 * 30 });
    service.fail('not-schema');
    expect(await failure(make())).toMatchObject({ billed: 13_000 });
  });

  it('does not repeat their sentence, which may hold the prompt', async () => {
    service.fail('bad-request');
    const { message } = await failure(make());
    expect(message).toBe('400 invalid_value invalid_request_error req_stand_in');
  });
});
