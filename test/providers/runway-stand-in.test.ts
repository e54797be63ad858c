import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dropFolder } from '../support/folder.ts';
import { factsOf, runwayService } from '../support/runway.ts';
import { runwayRig } from '../support/runway-rig.ts';
import { sending, take } from './orders.ts';

const uri = 'https://example.com/a.png';
const gen45 = { model: 'gen4.5', promptText: 'x', duration: 5, ratio: '1280:720' };
const first = [{ uri, position: 'first' }];

/** What the stand-in says to a request, as itself and with what is changed of it. */
async function status(path: string, body: object, headers: Record<string, string> = {}): Promise<number> {
  const service = await runwayService();
  onTestFinished(() => service.close());
  const usual = { authorization: `Bearer ${service.apiKey}`, 'x-runway-version': '2024-11-06' };
  const answer = await fetch(`${service.baseURL}/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...usual, ...headers },
    body: JSON.stringify(body),
  });
  return answer.status;
}

test.each([
  ['text_to_video', gen45],
  ['image_to_video', { ...gen45, promptImage: uri, ratio: '960:960' }],
  ['image_to_video', { model: 'gen4_turbo', promptImage: first, ratio: '1584:672' }],
  ['text_to_video', { model: 'wan3', promptText: 'x', references: [{ uri }, { uri }] }],
])('takes %s %j', async (path, body) => {
  expect(await status(path, body)).toBe(200);
});

test.each([
  ['a field nobody knows', 'text_to_video', { ...gen45, audio: true }, 400],
  ['a shape of another mode', 'text_to_video', { ...gen45, ratio: '960:960' }, 400],
  ['a length beyond', 'text_to_video', { ...gen45, duration: 11 }, 400],
  ['a broken length', 'text_to_video', { ...gen45, duration: 2.5 }, 400],
  ['no words', 'text_to_video', { ...gen45, promptText: '' }, 400],
  ['too many words', 'text_to_video', { ...gen45, promptText: 'x'.repeat(1001) }, 400],
  ['veo for 5 seconds', 'text_to_video', { ...gen45, model: 'veo3.1' }, 400],
  ['two first frames', 'image_to_video', { ...gen45, promptImage: [...first, ...first] }, 400],
  ['an upload that never came', 'image_to_video', { ...gen45, promptImage: 'runway://x' }, 400],
  ['a picture by http', 'image_to_video', { ...gen45, promptImage: 'http://example.com/a.png' }, 400],
  ['a picture at an address', 'image_to_video', { ...gen45, promptImage: 'https://127.0.0.1/a.png' }, 400],
  [
    'a keyframe with a shape of its own',
    'image_to_video',
    { model: 'wan3', promptText: 'x', promptImage: first, ratio: '1280:720' },
    400,
  ],
  [
    'too many references',
    'text_to_video',
    { model: 'wan3', promptText: 'x', references: Array(11).fill({ uri }) },
    400,
  ],
  ['words alone for gen4_turbo', 'text_to_video', { ...gen45, model: 'gen4_turbo' }, 403],
  ['a model that is gone', 'text_to_video', { ...gen45, model: 'gen3a_turbo' }, 403],
  ['a room that is not there', 'text_to_music', gen45, 404],
])('refuses %s', async (_, path, body, expected) => {
  expect(await status(path, body)).toBe(expected);
});

test.each([
  [{ authorization: 'Bearer key_other' }, 401],
  [{ 'x-runway-version': '2020-01-01' }, 400],
  [{ 'content-type': 'text/plain' }, 400],
])('refuses headers %j', async (headers, expected) => {
  expect(await status('text_to_video', gen45, headers)).toBe(expected);
});

test('the log is a file, one fact a line, and bills what nobody watches', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'runway-'));
  onTestFinished(() => dropFolder(folder));
  const file = join(folder, 'log.jsonl');
  const { service, provider } = await runwayRig({ file });
  const { prediction } = await provider.create(take({ model: 'gen4.5', seconds: 5 }), sending());
  const other = await provider.create(take({ model: 'gen4.5', seconds: 4 }), sending());
  await provider.watch(other.prediction);
  expect(factsOf(service.log, 'ended').map(({ task, credits }) => [task, credits])).toEqual([
    [prediction, 60],
    [other.prediction, 48],
  ]);
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(service.log);
  expect(lines.join()).not.toContain(service.apiKey);
});

test('a fault can also be asked for by the prompt', async () => {
  const { service, provider } = await runwayRig();
  const prompt = 'A tea film runway:accept-then-drop';
  const { signal, guard } = sending();
  const lost = provider.create(take({ model: 'gen4.5', seconds: 5, prompt }), { signal, guard });
  await expect(lost).rejects.toMatchObject({ sent: true });
  expect(factsOf(service.log, 'accepted')).toHaveLength(1);
});
