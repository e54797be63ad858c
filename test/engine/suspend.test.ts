import { afterEach, describe, expect, test } from 'vitest';
import { suspend } from '../../src/engine/suspend.ts';
import { memoryChat } from '../support/chat.ts';
import { type Rig, rig } from '../support/rig.ts';

let open: Rig | undefined;
afterEach(() => open?.close());
const rigged = async (): Promise<Rig> => {
  open = await rig({ chat: memoryChat().chat });
  return open;
};

const gone = { id: 'uninstalled', workspace: 'w' };
const phase = async (it: Rig, campaign: string) => (await it.engine.campaign(`campaign:${campaign}`)).phase;

describe('a tenant that has gone', () => {
  test('has everything open cancelled, and begins nothing new', async () => {
    const it = await rigged();
    const campaigns = [await it.open('a'), await it.open('b')];
    await suspend(it.engine, gone);
    for (const campaign of campaigns) expect(await phase(it, campaign)).toBe('cancelled');
    const told = await it.engine.tell({
      ...{ id: 'c', workspace: 'w', person: 'maya', at: { place: 'memory:c' } },
      intent: { type: 'open', words: 'more', options: {}, references: [], place: 'memory:c' },
    });
    expect(told.refusal?.refusal).toBe('workspace-suspended');
  });

  test('takes nobody else along', async () => {
    const it = await rigged();
    const campaign = await it.open('a');
    await suspend(it.engine, { ...gone, workspace: 'other' });
    expect(await phase(it, campaign)).toBe('briefing');
  });

  test('hears it twice, the second time after a crash in the middle: the rest is done', async () => {
    const it = await rigged();
    const first = await it.open('a');
    await it.engine.tellWorkspace({ ...gone, person: '', intent: { type: 'suspend' } });
    expect(await phase(it, first)).toBe('briefing');
    await suspend(it.engine, gone);
    await suspend(it.engine, gone);
    expect(await phase(it, first)).toBe('cancelled');
  });

  test('is here again after a new installation', async () => {
    const it = await rigged();
    await it.engine.tellWorkspace({ id: 'early', workspace: 'w', person: '', intent: { type: 'resume' } });
    await suspend(it.engine, gone);
    await it.engine.tellWorkspace({ id: 'back', workspace: 'w', person: '', intent: { type: 'resume' } });
    expect(await phase(it, await it.open('again'))).toBe('briefing');
  });
});
