import { describe, expect, test } from 'vitest';
import { Model } from '../../src/campaign/model.ts';
import { usualPolicy, usualTimes } from '../../src/campaign/policy.ts';
import { react } from '../../src/campaign/react.ts';
import { tookOver } from '../../src/chat/took-over.ts';
import { catalogue, story } from './specification.ts';

const price = { perSecond: { audio: 400_000, silent: 200_000 } };
const loud = catalogue.map((m) =>
  m.id === 'best'
    ? Model.parse({
        ...m,
        price,
        orders: { audio: true },
        inputs: { prompt: { name: 'prompt' }, audio: { name: 'generate_audio' } },
      })
    : m,
);

/** A take of a model with sound (or without) that was bought once. */
function bought(more: Parameters<typeof story>[0] = {}) {
  const it = story({ catalogue: loud, ...more });
  it.open();
  it.refine();
  it.told({ type: 'generate' });
  it.told({ type: 'moderation.passed', of: 'take', n: 1, pictures: [], unchecked: null });
  it.told({ type: 'take.created', take: 1, tag: 'c.take1.0.1', prediction: 'p1' });
  return it;
}
type Story = ReturnType<typeof bought>;
const heldBack = (it: Story, prediction: string, cost = 0) =>
  it.told({ type: 'take.failed', take: 1, prediction, reason: 'moderation-output', cost });

describe('a result that the provider holds back', () => {
  test('is ordered once more without sound from the same model, at the price of silence, and the thread says so', () => {
    const it = bought();
    const events = heldBack(it, 'p1', 100_000);
    const [take] = it.campaign.takes;
    expect(take).toMatchObject({ state: 'requested', model: 'best', billed: 100_000 });
    expect(take?.held?.micros).toBe(6 * 200_000);
    expect(events.flatMap((e) => react(it.campaign, e, usualTimes))).toContainEqual(
      expect.objectContaining({ type: 'buy-take', tag: 'c.take1.1.1' }),
    );
    expect(take && tookOver(take, loud)).toEqual([
      'Best held its result back under its safety rules; trying once more without sound.',
    ]);
  });

  test('and held back again: an answer, bought twice in all, and no laxer model is asked', () => {
    const it = bought();
    heldBack(it, 'p1');
    it.told({ type: 'take.created', take: 1, tag: 'c.take1.1.1', prediction: 'p2' });
    heldBack(it, 'p2');
    expect(it.campaign.takes[0]).toMatchObject({ state: 'failed', reason: 'moderation-output', held: null });
    expect(it.campaign.takes[0]?.tried).toHaveLength(1);
    expect(heldBack(it, 'p2')).toEqual([]);
  });

  test('by a model that makes no sound: an answer at once', () => {
    const it = bought({ catalogue });
    heldBack(it, 'p1');
    expect(it.campaign.takes[0]).toMatchObject({ state: 'failed', tried: [], held: null });
  });

  test('stays silent where another model has to take over afterwards', () => {
    const it = bought();
    heldBack(it, 'p1');
    it.told({ type: 'take.refused', take: 1, tag: 'c.take1.1.1', reason: 'outage' });
    expect(it.campaign.takes[0]).toMatchObject({ model: 'second', state: 'requested' });
  });

  test('of a cancelled campaign is not ordered again', () => {
    const it = bought();
    it.told({ type: 'cancel' });
    heldBack(it, 'p1');
    expect(it.campaign.takes[0]?.state).toBe('failed');
  });

  test('is not ordered again beyond what is left or allowed', () => {
    const it = bought({ policy: { ...usualPolicy, caps: { ...usualPolicy.caps, take: 2_400_000 } } });
    const short = { account: 'campaign:c', left: 1 };
    it.told(
      { type: 'take.failed', take: 1, prediction: 'p1', reason: 'moderation-output', cost: 0 },
      { short },
    );
    expect(it.campaign.takes[0]?.state).toBe('failed');
  });
});
