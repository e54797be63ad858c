import { describe, expect, test } from 'vitest';
import { buyTake } from '../../src/jobs/buy-take.ts';
import type { JobContext } from '../../src/jobs/job.ts';
import { story } from '../campaign/specification.ts';

const unused = () => {
  throw new Error('nobody is asked to make or to look for anything');
};
const job = buyTake({ videos: unused, storage: {} as never, frame: unused });
const effect = { type: 'buy-take', take: 1, tag: 'c.take1.0.1', look: false } as const;

/** A campaign whose take waits for its purchase. */
function ordered() {
  const it = story();
  it.open();
  it.refine();
  it.told({ type: 'generate' });
  it.told({ type: 'moderation.passed', of: 'take', n: 1, pictures: [], unchecked: null });
  const run = () => job.do(effect, { campaign: it.campaign } as JobContext);
  return { ...it, run };
}

describe('a purchase that runs anew from the beginning', () => {
  test('after people were asked about it proves nothing: it is left to them', async () => {
    const { told, run } = ordered();
    told({ type: 'take.ambiguous', take: 1, tag: effect.tag });
    expect(await run()).toEqual({ done: true });
  });

  test('after it was made elsewhere does nothing', async () => {
    const { told, run } = ordered();
    told({ type: 'take.created', take: 1, tag: effect.tag, prediction: 'p' });
    expect(await run()).toEqual({ done: true });
  });

  test('in a cancelled campaign was never sent: what was held is given back', async () => {
    const { told, run } = ordered();
    told({ type: 'cancel' });
    expect(await run()).toMatchObject({ outcome: { type: 'take.absent' } });
  });
});
