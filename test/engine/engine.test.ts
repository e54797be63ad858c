import { afterEach, describe, expect, test } from 'vitest';
import { campaigns } from '../../src/engine/aggregate.ts';
import { refold } from '../../src/engine/stream.ts';
import { memoryChat } from '../support/chat.ts';
import { type Rig, rig } from '../support/rig.ts';

let open: Rig | undefined;
afterEach(() => open?.close());
const rigged = async (...given: Parameters<typeof rig>): Promise<Rig> => {
  open = await rig(...given);
  return open;
};

describe('telling', () => {
  test('the same incoming id opens one campaign and is answered the same, also at once', async () => {
    const it = await rigged({ chat: memoryChat().chat });
    const answers = await Promise.all([it.open('same'), it.open('same'), it.open('same')]);
    expect(new Set(answers).size).toBe(1);
    expect(await it.open('same')).toBe(answers[0]);
    expect(await it.engine.board({ workspace: 'w', limit: 10 })).toHaveLength(1);
  });

  test('a refused intent stays refused when it is delivered again, whatever has changed meanwhile', async () => {
    const it = await rigged({ chat: memoryChat().chat });
    const campaign = await it.open();
    const early = await it.tell('go', { type: 'generate' }, { campaign });
    expect(early.refusal?.refusal).toBe('prompt-not-ready');
    await it.start();
    await it.until(campaign, (c) => c.revisions.length === 1);
    const again = await it.tell('go', { type: 'generate' }, { campaign });
    expect(again.refusal?.refusal).toBe('prompt-not-ready');
    expect((await it.tell('go2', { type: 'generate' }, { campaign })).refusal).toBeNull();
  });

  test('a campaign of another workspace is as if it were not there', async () => {
    const it = await rigged({ chat: memoryChat().chat });
    const campaign = await it.open();
    const other = {
      id: 'x',
      workspace: 'other',
      person: 'eve',
      at: { campaign },
      intent: { type: 'cancel' },
    } as const;
    expect((await it.engine.tell(other)).refusal?.refusal).toBe('campaign-unknown');
    expect(await it.engine.board({ workspace: 'other', limit: 10 })).toEqual([]);
  });

  test('nothing was said anywhere: a clear answer', async () => {
    const it = await rigged({ chat: memoryChat().chat });
    const told = await it.tell(
      'x',
      { type: 'say', words: 'hello', references: [] },
      { place: 'memory:nowhere' },
    );
    expect(told.refusal?.refusal).toBe('campaign-unknown');
  });

  test('many people at once in one campaign: every message is heard once', async () => {
    const it = await rigged({ chat: memoryChat().chat });
    const campaign = await it.open();
    const say = (i: number) =>
      it.tell(`say${i}`, { type: 'say', words: `wish ${i}`, references: [] }, { campaign }, `person${i}`);
    await Promise.all(Array.from({ length: 20 }, (_, i) => say(i)));
    expect((await it.engine.campaign(`campaign:${campaign}`)).heard).toHaveLength(20);
  });
});

describe('what is kept', () => {
  test('the history alone gives the state of the snapshot', async () => {
    const it = await rigged({ chat: memoryChat().chat });
    const campaign = await it.open();
    await it.start();
    await it.until(campaign, (c) => c.revisions.length === 1);
    await it.tell('go', { type: 'generate' }, { campaign });
    const live = await it.until(campaign, (c) => c.phase === 'review');
    const folded = await refold(it.journal, campaigns, `campaign:${campaign}`);
    expect(folded.state).toEqual(live);
  });

  test('a stream of its own sets the policy of a workspace, and the next step already follows it', async () => {
    const it = await rigged({ chat: memoryChat().chat });
    const caps = { take: 100_000 };
    const intent = { type: 'set-caps' as const, caps };
    expect(await it.engine.tellWorkspace({ id: 'p', workspace: 'w', person: 'boss', intent })).toBeNull();
    const campaign = await it.open();
    await it.start();
    await it.until(campaign, (c) => c.revisions.length === 1);
    const told = await it.tell('go', { type: 'generate' }, { campaign });
    expect(told.refusal?.refusal).toBe('cap-take');
  });

  test('caps out of order are refused', async () => {
    const it = await rigged({ chat: memoryChat().chat });
    const intent = { type: 'set-caps' as const, caps: { take: 2_000_000_000 } };
    const refusal = await it.engine.tellWorkspace({ id: 'p', workspace: 'w', person: 'boss', intent });
    expect(refusal?.refusal).toBe('caps-unordered');
  });

  test('money spent is in the book, line by line, and adds up', async () => {
    const it = await rigged({ chat: memoryChat().chat });
    const campaign = await it.open();
    await it.start();
    await it.until(campaign, (c) => c.revisions.length === 1);
    await it.tell('go', { type: 'generate' }, { campaign });
    await it.until(campaign, (c) => c.phase === 'review');
    expect(await it.journal.account(`campaign:${campaign}`)).toMatchObject({ reserved: 0, spent: 600_000 });
    const book = await it.journal.ledger({ stream: `campaign:${campaign}` });
    expect(book.filter((row) => row.kind === 'money')).toHaveLength(9);
  });
});
