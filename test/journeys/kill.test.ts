import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { live } from '../../src/cli/chaos/lives.ts';
import { verify } from '../../src/cli/chaos/verify.ts';

/** Effects that one whole campaign passes through; the others wait for a day, or for a cancellation. */
const effects = [
  'open-place',
  'read-message',
  'refine-prompt',
  'fetch-reference',
  'make-still',
  'buy-take',
  'watch-take',
  'download-take',
  'finish-take',
  'check-approver',
  'sync-card',
];
const points = ['before', 'sent', 'acked', 'committed'];
const mostLives = effects.length * points.length + 5;

test('killed at every named point of every effect, the campaign is paid once, posted once and ends', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-kill-'));
  let kills = 0;
  for (let i = 0; i < mostLives; i++) {
    const end = await live(folder, ['1', 'points']);
    if (end.how === 'failed') throw new Error(end.said);
    if (end.how === 'done') break;
    kills += 1;
  }
  const died = (await readFile(join(folder, 'died-at.txt'), 'utf8')).trim().split('\n');
  expect(died.sort()).toEqual(
    effects.flatMap((effect) => points.map((point) => `${effect} ${point}`)).sort(),
  );
  const { broken, ...counted } = await verify(folder);
  expect(broken).toEqual([]);
  expect(counted).toMatchObject({ campaigns: 1, takes: 2 });
  expect(kills).toBe(died.length);
  await rm(folder, { recursive: true, force: true });
}, 150_000);
