import { describe, expect, onTestFinished, test } from 'vitest';
import { receiptsIn } from '../../src/wiring/receipts.ts';
import { sqliteWorld } from '../journal/sqlite-world.ts';
import { receiptsInMemory } from '../support/receipts.ts';

/** In the journal, which is closed and opened again, and in what stands in for it in other tests. */
const books = {
  async journal() {
    const world = await sqliteWorld();
    onTestFinished(() => world.end());
    return {
      now: () => receiptsIn(world.journal, 'replicate'),
      theirs: () => receiptsIn(world.journal, 'another'),
      restart: () => world.reopen(),
    };
  },
  async memory() {
    const [ours, theirs] = [receiptsInMemory(), receiptsInMemory()];
    return { now: () => ours, theirs: () => theirs, restart: async () => undefined };
  },
};

describe.each(Object.entries(books))('receipts in the %s', (_, open) => {
  test('say what was ordered for which purchase, also after a restart', async () => {
    const { now, restart } = await open();
    await now().ordered('a', 'face');
    await now().ordered('a', 'other');
    await restart();
    const asked: [string, string][] = [
      ['a', 'face'],
      ['a', 'other'],
      ['b', 'face'],
    ];
    expect(await Promise.all(asked.map((each) => now().wasOrdered(...each)))).toEqual([true, true, false]);
  });

  test('give a prediction to whoever asks first, for good', async () => {
    const { now, restart } = await open();
    expect(await now().ownerOf('p')).toBeNull();
    const owners = await Promise.all(['a', 'b', 'c'].map((tag) => now().claim('p', tag)));
    expect(new Set(owners).size).toBe(1);
    await restart();
    expect(await now().ownerOf('p')).toBe(owners[0]);
    expect(await now().claim('p', 'late')).toBe(owners[0]);
    expect(await now().claim('q', 'late')).toBe('late');
  });

  test('of one provider are not those of another', async () => {
    const { now, theirs } = await open();
    await now().claim('p', 'a');
    expect(await theirs().ownerOf('p')).toBeNull();
  });
});
