import { afterEach, describe, expect, test } from 'vitest';
import { memoryChat } from '../support/chat.ts';
import { both, type Rig, rig } from '../support/rig.ts';

let open: Rig | undefined;
afterEach(() => open?.close());
const rigged = async (...given: Parameters<typeof rig>): Promise<Rig> => {
  open = await rig(...given);
  return open;
};

const worded = (n: number) => (c: { revisions: readonly unknown[]; refining: unknown }) =>
  c.revisions.length >= n && !c.refining;

describe('the race table', () => {
  test('two workers after a pause: the fence lets one outcome in', async () => {
    const it = await rigged({ chat: memoryChat().chat });
    const campaign = await it.open();
    const claim = (holder: string) => it.journal.claim({ holder, lease: 1_000, skip: ['open-place'] });
    const slow = await claim('slow');
    it.clock.forward(2_000);
    const quick = await claim('quick');
    if (!slow || !quick) throw new Error('nothing to claim');
    expect(quick).toMatchObject({ id: slow.id, attempt: 2 });
    const refinement = { still: 's', motion: 'm', rationale: '', product: null, tagline: null };
    const outcome = { type: 'prompt.refined', n: 1, refinement } as const;
    expect(await it.engine.report(quick, outcome)).toBe(true);
    expect(await it.engine.report(slow, outcome)).toBe(false);
    expect((await it.engine.campaign(`campaign:${campaign}`)).revisions).toHaveLength(1);
  });

  test('money that a lost worker knows of enters all the same', async () => {
    const it = await rigged({ chat: memoryChat().chat });
    const campaign = await it.open();
    await it.start();
    await it.until(campaign, worded(1));
    await it.queue.close();
    await it.tell('go', { type: 'generate' }, { campaign });
    const claim = (holder: string) => it.journal.claim({ holder, lease: 1_000, skip: ['sync-card'] });
    const look = await claim('slow');
    if (look?.type !== 'moderate') throw new Error(`claimed ${look?.type}`);
    const passed = { type: 'moderation.passed', of: 'take', n: 1, pictures: [], unchecked: null } as const;
    await it.engine.report(look, passed);
    const slow = await claim('slow');
    it.clock.forward(2_000);
    await claim('quick');
    if (slow?.type !== 'buy-take') throw new Error(`claimed ${slow?.type}`);
    const tag = (slow.body as { tag: string }).tag;
    const told = await it.engine.report(slow, { type: 'take.created', take: 1, tag, prediction: 'p' });
    expect(told).toBe(false);
    expect((await it.engine.campaign(`campaign:${campaign}`)).takes[0]).toMatchObject({ prediction: 'p' });
  });

  test('a card that changes while an older one is being sent: the newest is shown in the end, one at a time', async () => {
    const chat = memoryChat();
    const it = await rigged({ chat: chat.chat });
    const campaign = await it.open();
    const release = chat.hold();
    await it.start();
    await it.until(campaign, worded(1));
    for (const [i, words] of ['first', 'second', 'third'].entries())
      await it.tell(`edit${i}`, { type: 'edit-prompt', words }, { campaign });
    release();
    await it.quiet(campaign);
    const briefs = chat.log.filter((sent) => sent.key === 'brief');
    expect(JSON.stringify(briefs.at(-1)?.card.columns)).toContain('third');
    expect(briefs.filter((sent) => !sent.edit)).toHaveLength(1);
    expect(chat.mostInFlight).toBe(1);
  });

  test('the clip comes before its review card', async () => {
    const chat = memoryChat();
    const it = await rigged({ chat: chat.chat });
    const campaign = await it.open();
    await it.start();
    await it.until(campaign, worded(1));
    await it.tell('go', { type: 'generate' }, { campaign });
    await it.until(campaign, (c) => c.phase === 'review');
    await it.quiet(campaign);
    const order = chat.log.filter((sent) => !sent.edit).map((sent) => sent.key);
    expect(order.indexOf('cut:1a')).toBeGreaterThan(-1);
    expect(order.indexOf('cut:1a')).toBeLessThan(order.indexOf('review:1a'));
  });

  test('of several that find their conversation taken each ends where it was asked for, in a message of its own', async () => {
    const chat = memoryChat();
    chat.placeAll('memory:c/same');
    const it = await rigged({ chat: chat.chat });
    const asked = [await it.open('one'), await it.open('two'), await it.open('three')];
    await it.start();
    for (const campaign of asked) await it.quiet(campaign);
    const ended = asked.map((campaign) => `brief:${campaign}`);
    const shown = chat.log.filter(({ key }) => ended.includes(key));
    expect(shown.map(({ place, card, edit }) => [place, /cancelled/.test(card.title), edit])).toEqual([
      ['memory:c', true, false],
      ['memory:c', true, false],
    ]);
  });

  test('two campaigns for one conversation: the second has none and ends', async () => {
    const chat = memoryChat();
    chat.placeAll('memory:c/same');
    const it = await rigged({ chat: chat.chat });
    const first = await it.open('one');
    const second = await it.open('two');
    await it.start();
    const ended = (c: { place: string | null; phase: string }) => c.place !== null || c.phase === 'cancelled';
    const [a, b] = await Promise.all([it.until(first, ended), it.until(second, ended)]);
    expect([a.phase, b.phase].filter((phase) => phase === 'cancelled')).toHaveLength(1);
  });

  test('two approvers at the same instant: one verdict', async () => {
    const manager = { groups: [], manager: true };
    const it = await rigged({ chat: memoryChat({ lee: manager, kim: manager }).chat });
    const campaign = await it.open();
    await it.start();
    await it.until(campaign, worded(1));
    await it.tell('go', { type: 'generate' }, { campaign });
    await it.until(campaign, (c) => c.phase === 'review');
    const vote = (verdict: 'approve' | 'reject') => ({
      type: 'vote' as const,
      verdict,
      cut: '1a',
      words: 'so',
    });
    await Promise.all([
      it.tell('v1', vote('approve'), { campaign }, 'lee'),
      it.tell('v2', vote('reject'), { campaign }, 'kim'),
    ]);
    const end = await it.until(
      campaign,
      (c) => c.review?.votes.every((v) => v.state !== 'checking') ?? false,
    );
    expect(end.review?.votes.map((v) => v.state).sort()).toEqual(['counted', 'late']);
    const book = await it.journal.ledger({ stream: `campaign:${campaign}` });
    expect(book.filter((row) => row.kind === 'decision')).toHaveLength(1);
  });

  test('two purchases at the same instant against one budget: the books let one through', async () => {
    const cap = 700_000;
    const caps = { take: cap, campaign: cap, personDay: cap, workspaceMonth: cap };
    const it = await rigged({ chat: memoryChat().chat, policy: { caps } });
    const campaigns = await Promise.all([it.open('one'), it.open('two')]);
    await it.start();
    for (const campaign of campaigns) await it.until(campaign, worded(1));
    const told = await Promise.all(
      campaigns.map((campaign, i) => it.tell(`go${i}`, { type: 'generate' }, { campaign })),
    );
    expect(told.map((t) => t.refusal?.refusal ?? 'accepted').sort()).toEqual(['accepted', 'cap-account']);
  });
});

describe('nothing hangs', () => {
  test('a job that never comes back is given up at its deadline, and the campaign goes on', async () => {
    const never = new Promise<never>(() => {});
    const policy = { times: { ...(await import('../../src/campaign/policy.ts')).usualTimes, think: 50 } };
    const it = await rigged({
      chat: memoryChat().chat,
      policy,
      jobs: { 'refine-prompt': both<'refine-prompt'>(() => never) },
    });
    const campaign = await it.open();
    await it.start();
    await new Promise((resolve) => setTimeout(resolve, 60));
    it.clock.forward(1_000);
    const worded = await it.until(campaign, (c) => c.revisions.length === 1);
    expect(worded.revisions[0]).toMatchObject({ by: 'person' });
  });

  test('a bug in a job is tried again and logged, and the rest of the thread lives on', async () => {
    let calls = 0;
    const it = await rigged({
      chat: memoryChat().chat,
      jobs: {
        'read-message': both<'read-message'>(async ({ message }) => {
          calls += 1;
          if (calls === 1) throw new Error('a bug');
          return {
            outcome: { type: 'message.understood', message, reading: { meanings: [{ kind: 'price' }] } },
          };
        }),
      },
    });
    const campaign = await it.open();
    await it.start();
    await it.until(campaign, worded(1));
    await it.tell('say', { type: 'say', words: 'what does it cost', references: [] }, { campaign });
    await it.until(campaign, () => it.errors.length === 1);
    it.clock.forward(60_000);
    it.queue.wake(it.clock.now());
    await it.until(campaign, (c) => c.replies.length === 1);
    expect(calls).toBe(2);
  });
});
