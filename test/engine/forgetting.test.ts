import { afterEach, expect, test } from 'vitest';
import { isPatient } from '../../src/campaign/effect.ts';
import { suspend } from '../../src/engine/suspend.ts';
import { memoryChat } from '../support/chat.ts';
import { type Rig, rig } from '../support/rig.ts';

const month = 30 * 86_400_000;

let it: Rig | undefined;
afterEach(() => it?.close());

const words = async (rigged: Rig, campaign: string) =>
  (await rigged.engine.campaign(`campaign:${campaign}`)).brief.words;

test('what somebody wishes to be forgotten is, by whoever works next, where it is over', async () => {
  const here = await rig({ chat: memoryChat().chat });
  it = here;
  const [over, running] = [await here.open('a'), await here.open('b')];
  const tell = { workspace: 'w', person: 'maya', intent: { type: 'cancel' } as const };
  await here.engine.tell({ ...tell, id: 'stop', at: { campaign: over } });
  const wish = { id: 'wish', workspace: 'w', person: 'maya' };
  await here.engine.tellWorkspace({ ...wish, intent: { type: 'forget', person: 'nobody' } });
  await here.engine.tellWorkspace({ ...wish, id: 'own', intent: { type: 'forget', person: 'maya' } });
  // Nobody works yet: the wish is written down, as a process that ended here would leave it.
  expect(await words(here, over)).not.toBe('[forgotten]');
  expect(await here.journal.waiting('workspace:w')).toHaveLength(2);
  await here.start();
  await expect.poll(() => words(here, over), { timeout: 10_000 }).toBe('[forgotten]');
  expect(await words(here, running)).not.toBe('[forgotten]');
});

test('of everybody', async () => {
  const here = await rig({ chat: memoryChat().chat });
  it = here;
  const all = [];
  for (let n = 0; n < 3; n++) all.push(await here.open(`c${n}`));
  await here.start();
  for (const campaign of all)
    await here.engine.tell({
      ...{ workspace: 'w', person: 'maya', id: `stop ${campaign}`, at: { campaign } },
      intent: { type: 'cancel' },
    });
  for (const campaign of all)
    await expect
      .poll(async () => (await here.journal.waiting(`campaign:${campaign}`)).every(isPatient))
      .toBe(true);
  await here.engine.tellWorkspace({
    ...{ id: 'all', workspace: 'w', person: '' },
    intent: { type: 'forget', person: null },
  });
  // At once, and not when somebody looks again by chance.
  for (const campaign of all)
    await expect.poll(() => words(here, campaign), { timeout: 2_000 }).toBe('[forgotten]');
});

test.each([
  ['is forgotten', false, true],
  ['stays, where it came back', true, false],
])('a month after its workspace has gone, what was written %s', async (_what, cameBack, isForgotten) => {
  const here = await rig({ chat: memoryChat().chat });
  it = here;
  const campaign = await here.open('a');
  await suspend(here.engine, { id: 'gone', workspace: 'w' });
  const [effect] = await here.journal.waiting('workspace:w');
  expect(effect).toMatchObject({ type: 'forget-words', dueAt: here.clock.now() + month });
  const back = { id: 'back', workspace: 'w', person: '', intent: { type: 'resume' } as const };
  if (cameBack) await here.engine.tellWorkspace(back);
  here.clock.forward(month);
  await here.start();
  await expect.poll(() => here.journal.waiting('workspace:w')).toEqual([]);
  expect((await words(here, campaign)) === '[forgotten]').toBe(isForgotten);
});

test('a month after its workspace has gone, a brand has no voice and no bans any more', async () => {
  const here = await rig({ chat: memoryChat().chat });
  it = here;
  const kit = { type: 'keep-kit', kit: null, name: 'Tea', place: 'memory:c' } as const;
  const wish = { ...kit, voice: 'a secret voice', bans: ['a secret ban'], colours: ['#0f766e'] };
  await here.engine.tellWorkspace({ id: 'kit', workspace: 'w', person: 'lee', intent: wish });
  await suspend(here.engine, { id: 'gone', workspace: 'w' });
  expect((await here.engine.workspace('w')).kits[0]?.voice?.words).toBe('a secret voice');
  here.clock.forward(month);
  await here.start();
  await expect.poll(() => here.journal.waiting('workspace:w')).toEqual([]);
  expect(JSON.stringify(await here.journal.history('workspace:w'))).not.toContain('secret');
  expect(JSON.stringify((await here.journal.head('workspace:w'))?.snapshot)).not.toContain('secret');
});
