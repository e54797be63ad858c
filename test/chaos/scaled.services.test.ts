import { expect, test } from 'vitest';
import { scaledChaos } from './run.ts';

test('two chat processes and three workers keep every promise while they and their servers fail', async () => {
  const report = await scaledChaos({
    ...{ faults: 10, seed: 1, atOnce: 3, patience: 90_000 },
    say: () => undefined,
  });
  expect(report.promises.flatMap(({ broken }) => broken)).toEqual([]);
  for (const { looked } of report.promises) expect(looked).toBeGreaterThan(0);
  expect(report.campaigns).toBeGreaterThanOrEqual(4);
}, 600_000);
