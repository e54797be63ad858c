import { afterEach, expect, test } from 'vitest';
import { type Stage, stage, worded } from './stage.ts';

let it: Stage | undefined;
afterEach(() => it?.close());

test('a dear take waits for an approver, who is not the one who asked for it, and is bought once', async () => {
  const approvers = { people: [], groups: ['brand'] };
  it = await stage({ policy: { askAbove: 100_000, selfApproval: false, approvers } });
  await it.type('/video A calm film for Aurora tea 3s');
  await it.until(worded(1));
  await it.type('go');
  await it.until((c) => c.spendings.length === 1);
  await it.idle();
  expect(it.printed()).toContain('May $0.30 be spent on the next take?');

  expect(await it.type(':1')).toContain('Approve spending ($0.30)');
  await it.until((c) => c.spendings[0]?.allowances[0]?.state === 'refused');
  await it.idle();
  expect(it.printed()).toContain('You asked for this clip yourself');
  expect(await it.paid()).toEqual([]);

  await it.type(':as lee');
  await it.type(':1');
  const { takes, spendings } = await it.until((c) => c.phase === 'review');
  await it.idle();
  expect(spendings).toMatchObject([{ state: 'spent', by: { name: 'Lee', role: 'approver by group brand' } }]);
  expect(takes).toMatchObject([{ state: 'finished' }]);
  expect(await it.paid()).toHaveLength(1);
  expect(it.printed()).toContain('Lee allowed $0.30 (approver by group)');
}, 90_000);
