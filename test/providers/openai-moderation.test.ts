import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openaiModeration, openaiProbe } from '../../src/providers/openai.ts';
import { dropFolder } from '../support/folder.ts';
import { openaiStandIn, type StandIn } from '../support/openai.ts';
import type { Fault } from '../support/openai-faults.ts';

let service: StandIn;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openai-moderation-'));
  service = await openaiStandIn();
});
afterEach(async () => {
  await service.close();
  await dropFolder(folder);
});

const settings = () => ({ apiKey: service.key, baseURL: service.url });
const moderator = () => openaiModeration(settings());
const soon = () => AbortSignal.timeout(10_000);

async function picture(bytes: string) {
  const path = join(folder, `${bytes.length}.png`);
  await writeFile(path, bytes);
  return { path, mime: 'image/png', sha256: bytes };
}

describe('moderation', () => {
  it('lets harmless words and pictures pass', async () => {
    expect(await moderator().words('tea', soon())).toEqual([]);
    expect(await moderator().picture(await picture('a plain cup'), soon())).toEqual([]);
  });

  it('says in our words what it found, each once', async () => {
    expect(await moderator().words('violent and gory', soon())).toEqual(['violence']);
    expect(await moderator().picture(await picture('gory!'), soon())).toEqual(['violence']);
  });

  it.each<[Fault, object]>([
    ['overloaded', { name: 'TryLater' }],
    ['rate-limit', { name: 'TryLater', sent: false }],
    ['not-json', { name: 'TryLater' }],
    ['bad-key', { name: 'Never', code: 'bad-key' }],
    ['bad-request', { name: 'Never', code: 'provider-error' }],
  ])('%s is not taken for harmless', async (fault, error) => {
    service.fail(fault, { times: 2, headers: { 'retry-after-ms': '10' } });
    await expect(moderator().words('tea', soon())).rejects.toMatchObject(error);
  });
});

describe('the probe', () => {
  const probe = (model: string) => openaiProbe(settings())(model);

  it.each([
    ['gpt-6-luna', { alive: true, shutdownOn: null }],
    ['gpt-image-1.5', { alive: true, shutdownOn: '2026-12-01' }],
    ['dall-e-3', { alive: false, shutdownOn: null }],
  ])('%s', async (model, life) => {
    expect(await probe(model)).toEqual(life);
  });

  it('says so where it cannot tell', async () => {
    service.fail('error-500', { times: 2, headers: { 'retry-after-ms': '10' } });
    await expect(probe('gpt-6-luna')).rejects.toMatchObject({ name: 'TryLater' });
    service.fail('bad-key');
    await expect(probe('gpt-6-luna')).rejects.toMatchObject({ code: 'bad-key' });
  });
});
