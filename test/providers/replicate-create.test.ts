import { describe, expect, test } from 'vitest';
import { TryLater } from '../../src/errors.ts';
import { addresses } from '../../src/providers/replicate/address.ts';
import { replicateVideo } from '../../src/providers/replicate.ts';
import type { Fault } from '../support/replicate/faults.ts';
import { key, order, pictureFile, sending, world } from './replicate-world.ts';

describe('one order is one request', () => {
  test('accepted, and its answer lost: sent once, and nobody knows', async () => {
    const { video, server, posts } = await world();
    server.faults.next('create', { kind: 'drop' });
    await expect(video.create(order(), sending())).rejects.toMatchObject({ name: 'TryLater', sent: true });
    expect(posts()).toHaveLength(1);
    expect(server.predictions).toHaveLength(1);
  });

  const fates: [string, Fault, object][] = [
    ['429', { kind: 'status', status: 429, retryAfter: 7 }, { sent: false, delay: 7_000 }],
    [
      '429 in words',
      { kind: 'status', status: 429, detail: 'Request was throttled. Your rate limit resets in ~30s.' },
      { sent: false, delay: 30_000 },
    ],
    ['500', { kind: 'status', status: 500 }, { sent: true }],
    ['503', { kind: 'status', status: 503 }, { sent: true }],
    ['401', { kind: 'status', status: 401 }, { code: 'bad-key' }],
    ['403', { kind: 'status', status: 403 }, { code: 'bad-key' }],
    ['402', { kind: 'status', status: 402 }, { code: 'no-credit' }],
    ['404', { kind: 'status', status: 404 }, { code: 'retired' }],
    ['422', { kind: 'status', status: 422 }, { code: 'provider-error' }],
    [
      'moderation',
      { kind: 'status', status: 422, detail: 'flagged as sensitive (E005)' },
      { code: 'moderation-input' },
    ],
    ['reset', { kind: 'reset' }, { sent: true }],
    ['an answer that is no JSON', { kind: 'body', text: '<html>' }, { sent: true }],
    ['an answer without an id', { kind: 'body', text: '{}' }, { sent: true }],
    ['a hang', { kind: 'hang' }, { sent: true }],
  ];
  test.each(fates)('%s', async (_, fault, error) => {
    const { common, server, posts } = await world();
    server.faults.next('create', fault);
    const video = replicateVideo({ ...common, timeout: 300 });
    await expect(video.create(order(), sending())).rejects.toMatchObject(error);
    expect(posts()).toHaveLength(1);
  });

  test.each([
    ['nobody listens', 'http://127.0.0.1:1/v1'],
    ['no such host', 'http://nowhere.invalid/v1'],
    ['no TLS there', 'https://HOST/v1'],
  ])('%s: proof that nothing was sent', async (_, url) => {
    const { common, server, posts } = await world();
    const video = replicateVideo({ ...common, baseUrl: url.replace('HOST', server.host) });
    await expect(video.create(order(), sending())).rejects.toMatchObject({ name: 'TryLater', sent: false });
    expect(posts()).toHaveLength(0);
  });

  test('a key in no error', async () => {
    const { common } = await world({ token: 'r8_other' });
    const video = replicateVideo({ ...common, token: 'r8_secret' });
    const error = await video.create(order(), sending()).catch((e: Error) => e);
    expect(error).toMatchObject({ code: 'bad-key' });
    expect((error as Error).cause).toBeUndefined();
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('r8_secret');
  });
});

describe('the guard', () => {
  test('is asked once, when all is ready and before anything is bought', async () => {
    const { video, server, posts } = await world();
    const seen: string[] = [];
    const guard = async () => {
      seen.push(...server.log.map((e) => e.path));
      expect(posts()).toHaveLength(0);
    };
    await video.create(order({ still: pictureFile(400_000) }), sending({ guard }));
    expect(seen).toEqual(['/v1/files']);
    expect(posts()).toHaveLength(1);
  });

  test('refuses: nothing is sent, and its own words are heard', async () => {
    const { video, posts } = await world();
    const guard = () => Promise.reject(new TryLater('stale', { delay: 3, sent: false }));
    await expect(video.create(order(), sending({ guard }))).rejects.toMatchObject({ delay: 3, sent: false });
    expect(posts()).toHaveLength(0);
  });

  test('called off before it was sent', async () => {
    const { video, posts } = await world();
    const signal = AbortSignal.abort();
    await expect(video.create(order(), sending({ signal }))).rejects.toMatchObject({ sent: false });
    expect(posts()).toHaveLength(0);
  });

  test('called off while nobody answers', async () => {
    const { video, server } = await world();
    server.faults.next('create', { kind: 'hang' });
    const signal = AbortSignal.timeout(150);
    await expect(video.create(order(), sending({ signal }))).rejects.toMatchObject({ sent: true });
  });
});

describe('what is sent', () => {
  test('flags, shape, length and a deadline; no wait, no webhook', async () => {
    const { video, posts, sent } = await world();
    await video.create(order({ aspect: '4:5' }), sending());
    expect(sent()).toEqual({
      input: {
        prompt: 'A tea film',
        duration: 5,
        aspect_ratio: '3:4',
        resolution: '720p',
        generate_audio: true,
        seed: 4_294_967_295 % 2_147_483_647,
        output_format: 'mp4',
        watermark: false,
      },
    });
    const headers = posts()[0]?.headers;
    expect(headers?.['cancel-after']).toBe('15m');
    expect(headers?.['prefer']).toBeUndefined();
  });

  test('a webhook where there is a public address', async () => {
    const { video, sent } = await world({ provider: { webhooks: addresses(key, 'https://our.host/') } });
    await video.create(order(), sending());
    expect(sent()).toMatchObject({
      webhook: addresses(key, 'https://our.host').to('take-1'),
      webhook_events_filter: ['completed'],
    });
  });

  test('a small picture goes along, a large one is uploaded first', async () => {
    const { video, server, sent } = await world();
    await video.create(order({ model: 'kling-v3', still: pictureFile(1_000) }), sending());
    expect(sent().input['start_image']).toMatch(/^data:image\/png;base64,/);
    await video.create(order({ model: 'kling-v3', still: pictureFile(300_000) }), sending());
    expect(sent().input['start_image']).toMatch(`${server.url}/files/`);
  });

  test('an upload that fails has bought nothing', async () => {
    const { video, server, posts } = await world();
    server.faults.next('file', { kind: 'status', status: 500 });
    const asked = video.create(order({ still: pictureFile(300_000) }), sending());
    await expect(asked).rejects.toMatchObject({ sent: false });
    expect(posts()).toHaveLength(0);
  });

  test('references by what matters most, named in the prompt; a logo is never painted', async () => {
    const { video, sent } = await world();
    const references = (['logo', 'style', 'product'] as const).map((purpose, i) => ({
      path: pictureFile(500 + i),
      mime: 'image/png',
      purpose,
    }));
    await video.create(order({ model: 'kling-v3-omni', references }), sending());
    expect(sent().input['reference_images']).toHaveLength(2);
    expect(sent().input['prompt']).toBe(
      'A tea film\n\nReference pictures: <<<image_1>>> (product), <<<image_2>>> (style)',
    );
  });

  test('a model that is no more', async () => {
    const { video, server } = await world();
    server.retired.add('bytedance/seedance-2.5');
    await expect(video.create(order(), sending())).rejects.toMatchObject({ code: 'retired' });
    await expect(video.create(order({ model: 'nothing' }), sending())).rejects.toMatchObject({
      code: 'retired',
    });
  });
});
