import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { live } from '../../src/cli/chaos/lives.ts';
import { type Findings, verify } from '../../src/cli/chaos/verify.ts';
import { dropFolder } from '../support/folder.ts';

/** Effects that a campaign passes through on the way to its approval; one that is cancelled adds the last. */
const onTheWay = [
  'open-place',
  'read-message',
  'refine-prompt',
  'fetch-reference',
  'moderate',
  'make-still',
  'buy-take',
  'watch-take',
  'download-take',
  'finish-take',
  'check-approver',
  'probe-models',
  'sync-card',
  'wait-until',
];
const points = ['before', 'sent', 'acked', 'committed'];
const mostLives = 100;

/** Lives on one folder, each killed at a point where none was killed before, until one is done. */
async function livesOf(scenario: string): Promise<{ died: string[]; findings: Findings }> {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-kill-'));
  for (let i = 0; i < mostLives; i++) {
    const end = await live(folder, ['1', 'points', scenario]);
    if (end.how === 'failed') throw new Error(end.said);
    if (end.how === 'done') break;
  }
  const died = (await readFile(join(folder, 'died-at.txt'), 'utf8')).trim().split('\n');
  const findings = await verify(folder);
  await dropFolder(folder);
  return { died, findings };
}

/** Waiting sends nothing. */
const everyPointOf = (effects: readonly string[]) =>
  effects
    .flatMap((effect) => points.map((point) => `${effect} ${point}`))
    .filter((name) => name !== 'wait-until sent')
    .sort();

test('killed at every named point of every effect, the campaign is paid once, posted once and ends', async () => {
  const { died, findings } = await livesOf('approve');
  expect(died.sort()).toEqual(everyPointOf(onTheWay));
  expect(findings).toMatchObject({ broken: [], campaigns: 1, takes: 2 });
}, 300_000);

test('killed at every point while it is called back, a take is billed as the provider says, and ends', async () => {
  const { died, findings } = await livesOf('cancel');
  expect(died).toEqual(expect.arrayContaining(everyPointOf(['buy-take', 'cancel-take', 'watch-take'])));
  expect(findings).toMatchObject({ broken: [], campaigns: 1, takes: 1 });
}, 300_000);
