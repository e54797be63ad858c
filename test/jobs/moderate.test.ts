import { afterEach, describe, expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/campaign.ts';
import { usualTimes } from '../../src/campaign/policy.ts';
import type { Harm } from '../../src/campaign/screening.ts';
import { Never, TryLater } from '../../src/errors.ts';
import type { Moderator } from '../../src/providers/moderation.ts';
import { memoryChat } from '../support/chat.ts';
import { type Rig, rig } from '../support/rig.ts';

let open: Rig | undefined;
afterEach(() => open?.close());

/** A moderator that keeps a log of the words it was shown, and answers as told. */
function watchful(answer: (words: string) => Harm[]) {
  const log: string[] = [];
  const moderator: Moderator = {
    name: 'watchful',
    async words(words) {
      log.push(words);
      return answer(words);
    },
    picture: async () => [],
  };
  return { log, moderator };
}

const worded = (c: Campaign) => c.revisions.length > 0 && !c.refining;

/** A campaign with worded prompt, a worker, and `go` typed. */
async function gone(moderator: Moderator, words = 'Aurora tea') {
  const it = await rig({ chat: memoryChat().chat, moderator });
  open = it;
  const campaign = await it.open('open', words);
  await it.start();
  await it.until(campaign, worded);
  await it.quiet(campaign);
  await it.tell('go', { type: 'generate' }, { campaign });
  return { it, campaign };
}

const ended = (n: number) => (c: Campaign) =>
  c.takes.length === n && c.takes.every((t) => t.endedAt !== null);

describe('the look before buying', () => {
  test('the same words are asked about once, in this campaign and in the next', async () => {
    const { log, moderator } = watchful(() => []);
    const { it, campaign } = await gone(moderator);
    await it.until(campaign, (c) => c.phase === 'review');
    expect(log.sort()).toEqual(['Aurora', 'Aurora tea', 'a move']);
    await it.tell('again', { type: 'generate' }, { campaign });
    await it.until(campaign, ended(2));
    expect(log).toHaveLength(3);
  });

  test('what was declined is declined again without asking, and never bought', async () => {
    const { log, moderator } = watchful((words) => (words === 'Aurora tea' ? ['violence'] : []));
    const { it, campaign } = await gone(moderator);
    await it.until(campaign, ended(1));
    const asked = log.length;
    await it.tell('again', { type: 'generate' }, { campaign });
    const { takes } = await it.until(campaign, ended(2));
    expect(takes.map((t) => t.reason)).toEqual(['moderation-input', 'moderation-input']);
    expect(takes.every((t) => t.prediction === null)).toBe(true);
    expect(log).toHaveLength(asked);
    expect(await it.journal.account(`campaign:${campaign}`)).toMatchObject({ reserved: 0, spent: 0 });
  });

  test('out of reach for a while: asked again, and bought when it has answered', async () => {
    let failures = 3;
    const { log, moderator } = watchful(() => {
      if (failures-- > 0) throw new TryLater('busy', { delay: 0, sent: false });
      return [];
    });
    const { it, campaign } = await gone(moderator);
    const { takes } = await it.until(campaign, (c) => c.phase === 'review');
    expect(takes[0]?.clearance?.unchecked).toBeNull();
    expect(log.length).toBeGreaterThan(3);
  });

  test('out of reach until the deadline: the purchase goes on, and the record says so', async () => {
    const { moderator } = watchful(() => {
      open?.clock.forward(usualTimes.think);
      throw new TryLater('down', { delay: 0, sent: false });
    });
    const { it, campaign } = await gone(moderator);
    const { takes } = await it.until(campaign, (c) => c.takes[0]?.clearance != null);
    expect(takes[0]?.clearance?.unchecked).toBe('timeout');
  });

  test('a key that is refused is not tried until the deadline', async () => {
    const { moderator } = watchful(() => {
      throw new Never('bad-key');
    });
    const { it, campaign } = await gone(moderator);
    const { takes } = await it.until(campaign, (c) => c.phase === 'review');
    expect(takes[0]?.clearance?.unchecked).toBe('bad-key');
  });

  test('a picture found harmful counts, whatever else could not be looked at', async () => {
    const { moderator } = watchful((words) => {
      if (words === 'a move') throw new TryLater('down', { delay: 0, sent: false });
      return words === 'Aurora tea' ? ['hate'] : [];
    });
    const { it, campaign } = await gone(moderator);
    const { takes } = await it.until(campaign, ended(1));
    expect(takes[0]?.reason).toBe('moderation-input');
  });
});
