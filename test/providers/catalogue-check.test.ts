import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { findModel, Model } from '../../src/campaign/model.ts';
import { everyModel } from '../../src/providers/catalogue.ts';
import { checkModels } from '../../src/providers/catalogue-check.ts';
import { namesOf } from '../../src/providers/catalogue-names.ts';
import { proposeReplicate } from '../../src/providers/replicate/probe.ts';
import { serve } from '../net/server.ts';
import { captured } from '../support/replicate/schemas.ts';
import { world } from './replicate-world.ts';

const all = await everyModel();
const today = '2026-11-21';
const named = (id: string) => findModel(all, id) as Model;

describe('a check', () => {
  test('of every entry with a captured schema: it fits', async () => {
    const { common, server } = await world();
    const known = all.filter((m) => m.provider === 'replicate' && captured[m.slug ?? m.id]);
    const found = await checkModels(known, { replicate: common });
    expect(found.filter((f) => f.verdict !== 'fits')).toEqual([]);
    expect(server.log.every((e) => e.method === 'GET')).toBe(true);
  });

  test('says what differs', async () => {
    const { common } = await world();
    const model = { ...named('kling-v2.6'), seconds: [5, 7] };
    const [found] = await checkModels([model], { replicate: common });
    expect(found).toMatchObject({ verdict: 'differs', says: 'duration is none of 5, 10' });
  });

  test('says what is gone, and what could not be asked', async () => {
    const { common, server } = await world();
    server.retired.add('kwaivgi/kling-v2.6');
    const [gone] = await checkModels([named('kling-v2.6')], { replicate: common });
    expect(gone?.verdict).toBe('gone');
    server.faults.next('model', { kind: 'status', status: 500 });
    const [unknown] = await checkModels([named('kling-v3')], { replicate: common });
    expect(unknown?.verdict).toBe('unknown');
  });

  test('asks nobody without a key, and nobody about the retired', async () => {
    expect(await checkModels(all, {})).toEqual([]);
    expect(await checkModels([named('sora-2'), named('dall-e-3')], { openai: { apiKey: 'k' } })).toEqual([]);
  });

  test('of OpenAI: when a model ends', async () => {
    const { port } = await serve((request, response) => {
      const id = request.url?.split('/').at(-1);
      const known = id !== 'gpt-image-2';
      response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
      const body = {
        id,
        shutdown_date: id === 'gpt-4o' ? '2027-01-14' : id === 'gpt-6-luna' ? null : '2027-02-01',
      };
      response.end(JSON.stringify(known ? body : { error: { code: 'model_not_found' } }));
    });
    const openai = { apiKey: 'k', baseURL: `http://127.0.0.1:${port}/v1` };
    const models = ['gpt-6-luna', 'gpt-4o', 'gpt-5.6-luna', 'gpt-image-2'].map(named);
    expect((await checkModels(models, { openai })).map(({ verdict, says }) => `${verdict}: ${says}`)).toEqual(
      [
        'lives: no end is announced',
        'ends: on 2027-01-14',
        'ends: on 2027-02-01, which the catalogue does not say',
        'gone: no such model',
      ],
    );
  });
});

describe('a proposal from the live parameters', () => {
  test('is an entry', async () => {
    const { common } = await world();
    const model = await proposeReplicate(common, 'pixverse/pixverse-v6', today);
    expect(model).toMatchObject({ slug: 'pixverse/pixverse-v6', verifiedOn: today, seconds: [5, 8, 10, 15] });
  });

  test.each([
    ['runwayml/gen4-aleph', 'wants video'],
    ['nobody/nothing', 'knows no'],
  ])('%s: %s', async (slug, says) => {
    const { common } = await world();
    expect(await proposeReplicate(common, slug, today)).toContain(says);
  });
});

describe('what a name gets today', () => {
  const gets = (name: string, ...keys: string[]) =>
    namesOf(all, new Set(keys), today).find((each) => each.name === name);

  test.each([
    ['Sora 2', ['replicate'], 'kling-v3-omni'],
    ['Sora 2', [], 'sample-cinema'],
    ['Sora 2', ['openai'], 'sample-cinema'],
    ['Sample Cinema', ['openai'], 'sample-cinema'],
    ['Sample Cinema', ['replicate'], null],
    ['runway-gen3', ['runway'], 'runway-gen-4.5'],
    ['runway-gen3', ['replicate'], 'kling-v3-omni'],
    ['dalle3', ['openai'], 'gpt-image-2.6-flare'],
    ['dalle3', ['replicate'], 'nano-banana-2'],
    ['Google Veo 3.1', ['replicate'], 'veo-3.1'],
  ])('%s with keys of %j: %s', (name, keys, runs) => {
    expect(gets(name, ...keys)).toMatchObject({ runs, needsKey: null });
  });

  test('a living one without its key says whose', () => {
    expect(gets('runway', 'replicate')).toMatchObject({ runs: null, needsKey: 'runway' });
  });
});

describe('npm run models', () => {
  const script = fileURLToPath(new URL('../../src/cli/models.ts', import.meta.url));

  /** Not spawnSync: the stand-in has to answer meanwhile. */
  async function models(args: readonly string[], env: Record<string, string> = {}) {
    const child = spawn(process.execPath, [script, ...args], { env });
    const [stdout, stderr, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    return { stdout, stderr, status: status as number };
  }

  const withKey = async () => {
    const { server } = await world();
    return { server, env: { REPLICATE_API_TOKEN: server.token, REPLICATE_BASE_URL: server.url } };
  };

  test('add prints an entry that lacks nothing but its price', async () => {
    const { env } = await withKey();
    const { stdout, status } = await models(['add', 'prunaai/p-video'], env);
    expect(status).toBe(0);
    const [entry] = parse(stdout) as [object];
    expect(Model.parse(entry)).toMatchObject({
      id: 'p-video',
      price: {},
      inputs: { still: { name: 'image' } },
    });
    expect(stdout).toContain('# The catalogue has it as p-video');
  });

  test('add says why it cannot', async () => {
    const { env } = await withKey();
    const { stderr, status } = await models(['add', 'runwayml/gen4-aleph'], env);
    expect([status, stderr]).toEqual([1, expect.stringContaining('wants video')]);
  });

  test('check prints a table, and fails where a model is gone', async () => {
    const { env } = await withKey();
    const { stdout, status } = await models(['check'], env);
    expect(stdout).toMatch(/^kling-v2\.6 +replicate +fits +every order is taken$/m);
    expect(stdout).toMatch(/^hailuo-2\.3 +replicate +gone +no such model$/m);
    expect(stdout).toMatch(/^veo-3\.1-fast +replicate +fits +every order is taken; unproven: life$/m);
    expect(status).toBe(1);
  });

  test('list --json prints the catalogue and every name', async () => {
    const { stdout, status } = await models(['list', '--json']);
    const printed = JSON.parse(stdout) as {
      models: { id: string }[];
      names: { name: string; runs: string }[];
    };
    expect(status).toBe(0);
    expect(printed.models.map((m) => m.id)).toEqual(all.map((m) => m.id));
    expect(printed.names.find((n) => n.name === 'sora')?.runs).toBe('sample-cinema');
  });

  test.each([[['add', 'google/veo-3.1']], [['add', 'nonsense']], [['frobnicate']], [['--frobnicate']]])(
    '%j: one clear sentence and a non-zero exit',
    async (args) => {
      const { stderr, status } = await models(args);
      expect(status).toBe(1);
      expect(stderr).toMatch(/REPLICATE_API_TOKEN is not set|npm run models -- list/);
      expect(stderr).not.toContain('    at ');
    },
  );
});
