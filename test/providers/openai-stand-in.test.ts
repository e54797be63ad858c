import { zodTextFormat } from 'openai/helpers/zod';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Reading, Refinement } from '../../src/campaign/prompt.ts';
import { openaiStandIn, type StandIn } from '../support/openai.ts';
import { faultInSchema } from '../support/openai-schema.ts';

let service: StandIn;
beforeEach(async () => {
  service = await openaiStandIn();
});
afterEach(() => service.close());

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(service.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.key}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { error?: Record<string, unknown> } };
}

const still = { model: 'gpt-image-2.6-flare', prompt: 'tea', n: 1 };

describe('the stand-in refuses', () => {
  it.each([
    ['an unknown field', '/images/generations', { ...still, seed: 7 }, 'unknown_parameter'],
    ['a wrong enum', '/images/generations', { ...still, quality: 'hd' }, 'invalid_value'],
    ['a size not in sixteens', '/images/generations', { ...still, size: '1280x720p' }, 'invalid_value'],
    ['a side not divided by 16', '/images/generations', { ...still, size: '1530x864' }, 'invalid_value'],
    ['too narrow a size', '/images/generations', { ...still, size: '512x2048' }, 'invalid_value'],
    ['too small a size', '/images/generations', { ...still, size: '512x512' }, 'invalid_value'],
    [
      'two pictures to moderate',
      '/moderations',
      { input: [pictureOf('a'), pictureOf('b')] },
      'invalid_value',
    ],
    ['a model it never had', '/images/generations', { ...still, model: 'dall-e-3' }, 'model_not_found'],
    [
      'an answer too short to give',
      '/responses',
      { model: 'gpt-6-luna', input: 'x', max_output_tokens: 1 },
      'invalid_value',
    ],
  ])('%s', async (_, path, body, code) => {
    expect((await post(path, body)).body.error).toMatchObject({ code });
    expect(service.log.filter(({ billed }) => billed)).toEqual([]);
  });

  it('a wrong key', async () => {
    const answer = await post('/images/generations', still, { authorization: 'Bearer sk-other' });
    expect(answer.status).toBe(401);
  });
});

describe('strict schemas', () => {
  const refinement = zodTextFormat(Refinement, 'refinement').schema;
  const reading = zodTextFormat(Reading, 'reading').schema;

  it('ours pass, the union of meanings too', () => {
    expect(faultInSchema(refinement)).toBeNull();
    expect(faultInSchema(reading)).toBeNull();
    expect(JSON.stringify(reading)).not.toContain('oneOf');
  });

  it.each([
    ['an open object', { ...refinement, additionalProperties: true }],
    ['an optional key', { ...refinement, required: ['still'] }],
    ['a union at the root', { ...refinement, anyOf: [] }],
    ['oneOf', { ...refinement, properties: { still: { oneOf: [] } }, required: ['still'] }],
    ['a default', { ...refinement, properties: { still: { default: '' } }, required: ['still'] }],
    ['a root that is no object', { type: 'array' }],
    ['branches that begin alike', JSON.parse(JSON.stringify(reading).replaceAll('"const"', '"description"'))],
  ])('%s does not', (_, schema) => {
    expect(faultInSchema(schema)).toEqual(expect.any(String));
  });
});

function pictureOf(data: string) {
  return { type: 'image_url', image_url: { url: `data:image/png;base64,${data}` } };
}
