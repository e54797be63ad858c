import { expect, test } from 'vitest';
import { Policy, usualPolicy } from '../../src/campaign/policy.ts';

/** What was added since the first policies were kept; more may be added here, nothing is ever taken out. */
const newer = ['adminPlace', 'askAbove'];
const newerTimes = ['pollCalled', 'probe', 'sweep', 'swept', 'alarm'];

const without = (kept: object, names: readonly string[]) =>
  Object.fromEntries(Object.entries(kept).filter(([name]) => !names.includes(name)));

test('a policy that was kept before something was added means what it meant, with the usual for the rest', () => {
  const { times, ...rest } = usualPolicy;
  const kept = { ...without(rest, newer), times: without(times, newerTimes) };
  const read = Policy.parse(JSON.parse(JSON.stringify(kept)));
  expect(read.times).toEqual(times);
  expect(read).toMatchObject({ caps: usualPolicy.caps, quorum: 1, adminPlace: null });
});
