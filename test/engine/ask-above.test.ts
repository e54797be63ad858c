import { afterEach, expect, test } from 'vitest';
import { memoryChat } from '../support/chat.ts';
import { type Rig, rig } from '../support/rig.ts';

let open: Rig | undefined;
afterEach(() => open?.close());

test('a workspace says from which price on somebody is asked, and that nobody is', async () => {
  const people = { lee: { groups: [], manager: true } };
  open = await rig({ chat: memoryChat(people).chat });
  const it = open;
  const askAbove = (id: string, micros: number | null) =>
    it.engine.tellWorkspace({ id, workspace: 'w', person: 'lee', intent: { type: 'set-ask-above', micros } });
  const campaign = await it.open();
  await it.start();
  await it.until(campaign, (c) => c.revisions.length > 0 && !c.refining);
  expect(await askAbove('low', 100_000)).toBeNull();
  await it.tell('go', { type: 'generate' }, { campaign });
  await it.until(campaign, (c) => c.spendings[0]?.state === 'asked');
  await it.tell('yes', { type: 'allow-spending', spending: 1 }, { campaign }, 'lee');
  const { spendings } = await it.until(campaign, (c) => c.phase === 'review');
  expect(spendings).toMatchObject([{ state: 'spent', by: { name: 'lee', role: 'manager of the place' } }]);

  await askAbove('none', null);
  await it.tell('again', { type: 'generate' }, { campaign });
  await it.until(campaign, (c) => c.takes[1]?.state === 'finished');
  expect((await it.engine.policy('w')).askAbove).toBeNull();
});
