import { expect, test } from 'vitest';
import { kinds, scheduleOf } from './faults.ts';

test('every kind of fault comes as often as any other, at least thirty times in five hundred', () => {
  const schedule = scheduleOf(500, 7);
  expect(schedule).toHaveLength(500);
  for (const kind of Object.keys(kinds))
    expect(schedule.filter((fault) => fault.kind === kind).length).toBeGreaterThanOrEqual(30);
});

test('what befalls the house, when and whom, follows from the seed alone', () => {
  expect(scheduleOf(60, 7)).toEqual(scheduleOf(60, 7));
  expect(scheduleOf(60, 8)).not.toEqual(scheduleOf(60, 7));
});
