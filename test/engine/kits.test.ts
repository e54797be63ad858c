import { afterEach, expect, test } from 'vitest';
import type { KitIntentOf } from '../../src/campaign/brand-kit.ts';
import { usualPolicy } from '../../src/campaign/policy.ts';
import { TryLater } from '../../src/errors.ts';
import { memoryChat } from '../support/chat.ts';
import { both, type Rig, rig } from '../support/rig.ts';

let open: Rig | undefined;
afterEach(() => open?.close());

const tea: KitIntentOf<'keep-kit'> = {
  ...{ type: 'keep-kit', kit: null, fresh: true, name: 'Tea', place: 'memory:lee' },
};
const by = { workspace: 'w', person: 'lee' };

test('a wish that is delivered twice is granted once, and answered the same', async () => {
  const it = await rig({ chat: memoryChat().chat });
  open = it;
  const told = () => it.engine.tellWorkspace({ ...by, id: 'kit', intent: tea });
  expect([await told(), await told()]).toEqual([null, null]);
  const drop = { type: 'drop-kit', kit: 'tea' } as const;
  const dropped = () => it.engine.tellWorkspace({ ...by, id: 'drop', intent: drop });
  expect([await dropped(), await dropped()]).toEqual([null, null]);
  expect((await it.engine.workspace('w')).kits).toEqual([]);
});

test('a logo that never comes is given up, and whoever brought it hears so', async () => {
  const chat = memoryChat();
  const later = both<'fetch-logo'>(async () => {
    throw new TryLater('not yet', { delay: 10, sent: false });
  });
  const it = await rig({ chat: chat.chat, jobs: { 'fetch-logo': later } });
  open = it;
  const logo = { name: 'tea.png', purpose: null, source: { kind: 'attachment', attachment: 'F1' } } as const;
  await it.engine.tellWorkspace({ ...by, id: 'kit', intent: { ...tea, logo } });
  await it.start();
  it.clock.forward(usualPolicy.times.fetch + 1_000);
  await it.quietAt('workspace:w');
  expect(chat.log).toMatchObject([
    { place: 'memory:lee', card: { title: expect.stringMatching(/not taken/) } },
  ]);
  expect((await it.engine.workspace('w')).kits).toMatchObject([
    { coming: null, logo: null, refused: { name: 'tea.png', code: 'reference-timeout' } },
  ]);
});

test('a workspace that was kept before there were kits has none, and can have some', async () => {
  const it = await rig({ chat: memoryChat().chat });
  open = it;
  const set = { at: 1, person: 'lee', policy: { ...usualPolicy, quorum: 2 } };
  const state = { id: 'w', policy: set.policy, setBy: 'lee', suspendedAt: null, notices: [] };
  await it.journal.commit({
    ...{ stream: 'workspace:w', workspace: 'w', expected: 0 },
    events: [{ type: 'policy.set', v: 4, body: set, effects: [] }],
    ...{ accounts: [], postings: [], decisions: [] },
    head: {
      ...{ kind: 'workspace', place: null, status: 'set', title: 'w', person: 'lee' },
      snapshot: { v: 4, state },
    },
  });
  expect(await it.engine.workspace('w')).toMatchObject({ policy: { quorum: 2 }, kits: [], usualKit: null });
  await it.engine.tellWorkspace({ ...by, id: 'kit', intent: tea });
  const campaign = await it.open();
  expect((await it.engine.campaign(`campaign:${campaign}`)).kit).toBeNull();
  expect((await it.engine.workspace('w')).kits).toMatchObject([{ name: 'Tea' }]);
});
