import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { live } from '../../src/cli/chaos/lives.ts';
import { type Findings, verifyWith } from '../../src/cli/chaos/verify.ts';
import { providers } from '../support/serve.ts';

type Replicate = Awaited<ReturnType<typeof providers>>['replicate'];

const points = ['before', 'sent', 'acked', 'committed'];
const everyPointOf = (effects: readonly string[]) =>
  effects.flatMap((effect) => points.map((point) => `${effect} ${point}`)).sort();

let services: Awaited<ReturnType<typeof providers>> | undefined;
afterEach(() => services?.close());

/** Services of its own, and lives on one folder, each killed at a point where none was killed before. */
async function livesOf(
  scenario: string,
  effects: readonly string[],
  given: { queue?: number; prepare?: (replicate: Replicate) => void } = {},
): Promise<{ died: string[]; findings: Findings }> {
  services = await providers({ seconds: 3, wait: { queue: given.queue ?? 30, run: 60 } });
  const { openai, replicate, variables } = services;
  given.prepare?.(replicate);
  const folder = await mkdtemp(join(tmpdir(), 'dailies-kill-real-'));
  // Nobody answers there, but the address tells which purchase a prediction is.
  const environment = { ...variables, PUBLIC_URL: 'http://127.0.0.1:9' };
  for (let lives = 0; lives < 60; lives++) {
    const end = await live(folder, ['1', `points=${effects.join(',')}`, scenario], undefined, environment);
    if (end.how === 'failed') throw new Error(end.said);
    if (end.how === 'done') break;
  }
  const died = (await readFile(join(folder, 'died-at.txt'), 'utf8')).trim().split('\n');
  const stills = openai.log.filter((e) => e.path.includes('/images/') && e.billed).length;
  const findings = await verifyWith(folder, { predictions: replicate.predictions, stills });
  await rm(folder, { recursive: true, force: true });
  return { died: died.sort(), findings };
}

describe('the paid path of the real drivers, killed at every point', () => {
  test('on the way to approval: each take is paid once and none is lost', async () => {
    const effects = ['buy-take', 'watch-take', 'download-take'];
    const { died, findings } = await livesOf('approve', effects);
    expect(died).toEqual(everyPointOf(effects));
    expect(findings).toMatchObject({ broken: [], campaigns: 1, takes: 2 });
  }, 120_000);

  test('with answers that are lost and a list that lags, the same', async () => {
    const prepare = (replicate: Replicate) => {
      replicate.lag.milliseconds = 200;
      replicate.faults.next('create', { kind: 'drop' }, 2);
    };
    const { findings } = await livesOf('approve', ['buy-take'], { prepare });
    expect(findings).toMatchObject({ broken: [], campaigns: 1, takes: 2 });
  }, 120_000);

  test('while stills are made, of which a provider remembers nothing: at most twice, and booked', async () => {
    const { died, findings } = await livesOf('stills', ['make-still']);
    expect(died).toEqual(everyPointOf(['make-still']));
    expect(findings).toMatchObject({ broken: [], campaigns: 1, takes: 0 });
  }, 120_000);

  test('while it is called back: billed as the provider says', async () => {
    const effects = ['buy-take', 'cancel-take'];
    const { died, findings } = await livesOf('cancel', effects, { queue: 60_000 });
    expect(died).toEqual(everyPointOf(effects));
    expect(findings).toMatchObject({ broken: [], campaigns: 1, takes: 1 });
  }, 120_000);
});
