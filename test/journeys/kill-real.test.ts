import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { live } from '../../src/cli/chaos/lives.ts';
import { type Findings, verifyWith } from '../../src/cli/chaos/verify.ts';
import { dropFolder } from '../support/folder.ts';
import { factsOf } from '../support/runway.ts';
import { providers } from '../support/serve.ts';

type Services = Awaited<ReturnType<typeof providers>>;

const points = ['before', 'sent', 'acked', 'committed'];
const everyPointOf = (effects: readonly string[]) =>
  effects.flatMap((effect) => points.map((point) => `${effect} ${point}`)).sort();

let services: Services | undefined;
afterEach(() => services?.close());

interface Given {
  /** Milliseconds. */
  queue?: number;
  prepare?: (services: Services) => void;
  /** What is to have happened when a life ends, one after the other. */
  deaths?: readonly ((services: Services) => boolean)[];
  environment?: Record<string, string>;
  /** Variables that are not set. */
  without?: readonly string[];
}

/** Services of its own, and lives on one folder, each killed at a point where none was killed before. */
async function livesOf(
  scenario: string,
  effects: readonly string[],
  given: Given = {},
): Promise<{ died: string[]; findings: Findings }> {
  const serving = await providers({ seconds: 3, wait: { queue: given.queue ?? 30, run: 60 } });
  services = serving;
  given.prepare?.(serving);
  const folder = await mkdtemp(join(tmpdir(), 'dailies-kill-real-'));
  // Nobody answers there, but the address tells which purchase a prediction is.
  const known = { ...serving.variables, PUBLIC_URL: 'http://127.0.0.1:9', ...given.environment };
  const environment = Object.fromEntries(
    Object.entries(known).filter(([name]) => !given.without?.includes(name)),
  );
  for (let lives = 0; lives < 60; lives++) {
    const death = given.deaths?.[lives];
    const when = death && vi.waitUntil(() => death(serving), { timeout: 60_000, interval: 5 });
    const end = await live(folder, ['1', `points=${effects.join(',')}`, scenario], when, environment);
    if (end.how === 'failed') throw new Error(end.said);
    if (end.how === 'done') break;
  }
  const died = effects.length > 0 ? (await readFile(join(folder, 'died-at.txt'), 'utf8')).trim() : '';
  const findings = await verifyWith(folder, booksOf(serving));
  await dropFolder(folder);
  return { died: died.split('\n').sort(), findings };
}

const credit = 10_000;

function booksOf({ openai, replicate, runway }: Services) {
  const ids = factsOf(runway.log, 'accepted').map(({ task = '' }) => task);
  const credits = factsOf(runway.log, 'ended').reduce((sum, fact) => sum + (fact.credits ?? 0), 0);
  return {
    predictions: replicate.predictions,
    stills: openai.log.filter((e) => e.path.includes('/images/') && e.billed).length,
    unlisted: { ids, charged: credits * credit },
  };
}

describe('the paid path of the real drivers, killed at every point', () => {
  test('on the way to approval: each take is paid once and none is lost', async () => {
    const effects = ['buy-take', 'watch-take', 'download-take'];
    const { died, findings } = await livesOf('film', effects);
    expect(died).toEqual(everyPointOf(effects));
    expect(findings).toMatchObject({ broken: [], campaigns: 1, takes: 2 });
  }, 300_000);

  test('with answers that are lost or wrong and a list that lags, the same', async () => {
    const prepare = ({ replicate }: Services) => {
      replicate.lag.milliseconds = 200;
      replicate.faults.next('create', { kind: 'drop' });
      replicate.faults.next('create', { kind: 'body', text: '{"detail":"Bad gateway"}', status: 502 });
    };
    const { findings } = await livesOf('film', ['buy-take'], { prepare });
    expect(findings).toMatchObject({ broken: [], campaigns: 1, takes: 2 });
    expect(services?.replicate.predictions).toHaveLength(2);
  }, 300_000);

  test('by a model without a seed and without an address to call: each take has one purchase, its own', async () => {
    const environment = { DEFAULT_MODEL: 'kling-v3-omni' };
    const { died, findings } = await livesOf('film', ['buy-take'], { environment, without: ['PUBLIC_URL'] });
    expect(died).toEqual(everyPointOf(['buy-take']));
    expect(findings).toMatchObject({ broken: [], campaigns: 1, takes: 2 });
    expect(services?.replicate.predictions.map(({ model }) => model)).toEqual(
      Array(2).fill('kwaivgi/kling-v3-omni-video'),
    );
  }, 300_000);

  test('while stills that look alike are made by Replicate: each is paid once, and all are there', async () => {
    const without = ['OPENAI_API_KEY', 'PUBLIC_URL'];
    const prepare = ({ replicate }: Services) => {
      replicate.lag.milliseconds = 100;
      replicate.faults.next('create', { kind: 'drop' });
      replicate.faults.next('create', { kind: 'reset' });
    };
    const { died, findings } = await livesOf('stills', ['make-still'], { without, prepare });
    expect(died).toEqual(everyPointOf(['make-still']));
    expect(findings).toMatchObject({ broken: [], campaigns: 1, takes: 0 });
    expect(services?.replicate.predictions.map(({ model }) => model)).toEqual(
      Array(2).fill('google/nano-banana-2'),
    );
  }, 300_000);

  test('while stills are made, of which a provider remembers nothing: at most twice, and booked', async () => {
    const { died, findings } = await livesOf('stills', ['make-still']);
    expect(died).toEqual(everyPointOf(['make-still']));
    expect(findings).toMatchObject({ broken: [], campaigns: 1, takes: 0 });
  }, 300_000);

  test('while it is called back: billed as the provider says', async () => {
    const effects = ['cancel-take'];
    const { died, findings } = await livesOf('cancel', effects, { queue: 60_000 });
    expect(died).toEqual(everyPointOf(effects));
    expect(findings).toMatchObject({ broken: [], campaigns: 1, takes: 1 });
  }, 300_000);

  test('where purchases cannot be looked up, people decide, and what may have been paid is booked', async () => {
    const effects = ['buy-take', 'download-take'];
    const environment = { DEFAULT_MODEL: 'runway-gen-4.5' };
    const { died, findings } = await livesOf('unlisted', effects, { environment });
    expect(died).toEqual(everyPointOf(effects));
    expect(findings).toMatchObject({ broken: [], campaigns: 1, takes: 2 });
    expect(services && factsOf(services.runway.log, 'accepted')).toHaveLength(2);
  }, 300_000);

  test('while the answer is on its way: a take is found and paid once, a still is made anew and both are booked', async () => {
    const prepare = ({ openai, replicate }: Services) => {
      openai.fail('hang', { at: '/images/' });
      replicate.faults.next('create', { kind: 'hang' });
    };
    const deaths = [
      ({ openai }: Services) => openai.log.some(({ status }) => status === 'hung'),
      ({ replicate }: Services) => replicate.predictions.length === 1,
    ];
    const { findings } = await livesOf('approve', [], { prepare, deaths });
    expect(findings).toMatchObject({ broken: [], campaigns: 1, takes: 2 });
    expect(services?.replicate.predictions).toHaveLength(2);
  }, 300_000);
});
