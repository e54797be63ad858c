import { expect, test } from 'vitest';
import { recent } from '../src/recent.ts';

test('of many notes the newest are kept, and one that is written again is new', () => {
  const notes = recent<number>(2);
  for (const [key, value] of [
    ['a', 1],
    ['b', 2],
    ['a', 3],
    ['c', 4],
  ] as const)
    notes.set(key, value);
  expect(['a', 'b', 'c'].map(notes.get)).toEqual([3, undefined, 4]);
  expect([notes.delete('a'), notes.get('a')]).toEqual([true, undefined]);
});
