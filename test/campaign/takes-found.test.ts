import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/campaign/event.ts';
import { usualTimes } from '../../src/campaign/policy.ts';
import { react } from '../../src/campaign/react.ts';
import { composeCard } from '../../src/chat/compose.ts';
import { catalogue, story } from './specification.ts';

const types = (events: readonly Event[]) => events.map(({ type }) => type);
const alive = (prediction: string, model = 'best') => ({ prediction, model, isDead: false });
const dead = (prediction: string) => ({ ...alive(prediction), isDead: true });

/** A take whose first attempt was not found, and that follows `second` now. */
function followed() {
  const it = story();
  it.open();
  it.refine();
  it.told({ type: 'generate' });
  it.told({ type: 'moderation.passed', of: 'take', n: 1, pictures: [], unchecked: null });
  it.told({ type: 'take.absent', take: 1, tag: 'c.take1.0.1' });
  it.told({ type: 'take.created', take: 1, tag: 'c.take1.0.2', prediction: 'second' });
  const list = (...found: ReturnType<typeof alive>[]) => it.told({ type: 'take.found', take: 1, found });
  const effects = (events: readonly Event[]) => events.flatMap((e) => react(it.campaign, e, usualTimes));
  const view = () => ({ campaign: it.campaign, live: [] });
  const card = () => composeCard('progress:1', view(), { catalogue })?.text.join(' ');
  return { ...it, list, effects, card, take: () => it.campaign.takes[0] };
}

describe('a sweep', () => {
  test('that shows what is known changes nothing', () => {
    const { list } = followed();
    expect(list(alive('second'))).toEqual([]);
    expect(list()).toEqual([]);
  });

  test('that shows an older purchase: that one is followed, ours is called back', () => {
    const { list, effects, take } = followed();
    const events = list(alive('first'), alive('second'));
    expect(types(events)).toEqual(['take.strayed', 'take.created', 'take.swept']);
    expect(take()).toMatchObject({ state: 'created', prediction: 'first', strays: ['second'] });
    expect(effects(events)).toEqual(
      expect.arrayContaining([
        { type: 'cancel-take', take: 1, prediction: 'second', model: 'best' },
        { type: 'watch-take', take: 1, prediction: 'first' },
        expect.objectContaining({ type: 'raise-alarm', about: 'bought-twice' }),
        { type: 'sweep-take', take: 1, tag: 'c.take1.0.2' },
      ]),
    );
  });

  test('that shows a younger purchase calls that one back', () => {
    const { list, take } = followed();
    expect(types(list(alive('second'), alive('third')))).toEqual(['take.strayed', 'take.swept']);
    expect(take()).toMatchObject({ prediction: 'second', strays: ['third'] });
  });

  test('that shows the same again changes nothing: nobody is called back in turn', () => {
    const { list } = followed();
    list(alive('first'), alive('second'));
    expect(list(alive('first'), dead('second'))).toEqual([]);
    expect(list(alive('first'), alive('second'))).toEqual([]);
  });

  test('does not follow what came to nothing', () => {
    const { list, take } = followed();
    list(dead('first'), alive('second'));
    expect(take()).toMatchObject({ prediction: 'second', strays: ['first'] });
  });

  test('that does not show ours yet leaves it followed', () => {
    const { list, take } = followed();
    list(alive('first'));
    expect(take()).toMatchObject({ prediction: 'second', strays: ['first'] });
  });

  test('books both: the one that is followed and what the other is billed for', () => {
    const { list, told, take } = followed();
    list(alive('first'), alive('second'));
    told({ type: 'take.canceled', take: 1, prediction: 'second', cost: 50_000 });
    told({ type: 'take.succeeded', take: 1, prediction: 'first', output: 'o', cost: 600_000 });
    expect(take()).toMatchObject({ state: 'succeeded', billed: 650_000, held: null });
  });

  test('after the clip is fetched keeps it, whatever is older', () => {
    const { list, told, take } = followed();
    told({ type: 'take.succeeded', take: 1, prediction: 'second', output: 'o', cost: 600_000 });
    list(alive('first'), alive('second'));
    expect(take()).toMatchObject({ prediction: 'second', strays: ['first'] });
  });

  test('finds what nobody could confirm, and follows the oldest', () => {
    const it = followed();
    it.told({ type: 'take.failed', take: 1, prediction: 'second', reason: 'outage', cost: 0 });
    const tag = 'c.take1.1.2';
    it.told({ type: 'take.ambiguous', take: 1, tag });
    expect(it.take()?.state).toBe('unconfirmed');
    it.list(dead('second'), alive('late', 'best'), alive('a', 'second'), alive('b', 'second'));
    expect(it.take()).toMatchObject({ state: 'created', prediction: 'a', strays: ['late', 'b'] });
  });

  test('is told on the card of the take', () => {
    const { list, card } = followed();
    expect(card()).not.toContain('called back');
    list(alive('second'), alive('third'));
    expect(card()).toContain('It was called back; what it is billed for is in the cost.');
  });
});

test('a finished clip that is not fetched is an alarm after twenty minutes and after forty', () => {
  const { told, effects } = followed();
  const events = told({ type: 'take.succeeded', take: 1, prediction: 'second', output: 'o', cost: 1 });
  const alarms = effects(events).filter(({ type }) => type === 'raise-alarm');
  expect(alarms.map((alarm) => 'after' in alarm && alarm.after)).toEqual([20 * 60_000, 40 * 60_000]);
  expect(usualTimes.download).toBeGreaterThan(40 * 60_000);
});
