import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/campaign/event.ts';
import { postingsOf } from '../../src/campaign/head.ts';
import { usualTimes } from '../../src/campaign/policy.ts';
import { react } from '../../src/campaign/react.ts';
import { FailureReason } from '../../src/campaign/take.ts';
import type { Card } from '../../src/chat/card.ts';
import { composeCard } from '../../src/chat/compose.ts';
import { composeNotice } from '../../src/chat/compose-notice.ts';
import { failures } from '../../src/chat/wording.ts';
import { catalogue, picture, story } from './specification.ts';

type Story = ReturnType<typeof story>;

/** One film model only, so that nobody can step in. */
const alone = catalogue.filter((m) => m.id !== 'second');
/** Who hears of it beside the requester. */
const forAdmins: readonly FailureReason[] = ['bad-key', 'no-credit'];

const held = (it: Story) =>
  it.events
    .flatMap(postingsOf)
    .filter((p) => p.account === 'campaign:c')
    .reduce(
      (sum, { kind, micros }) => sum + (kind === 'reserve' ? micros : kind === 'release' ? -micros : 0),
      0,
    );
const spent = (it: Story) =>
  it.events
    .flatMap(postingsOf)
    .filter((p) => p.account === 'campaign:c' && p.kind === 'settle')
    .reduce((sum, { micros }) => sum + micros, 0);
const toldAdmins = (it: Story, events: readonly Event[]) =>
  events.flatMap((e) => react(it.campaign, e, usualTimes)).filter((e) => e.type === 'tell-admins');
const shown = (it: Story, key: string): string => {
  const card = composeCard(key, { campaign: it.campaign, live: [] }, { catalogue }) as Card;
  return [card.title, ...card.text].join('\n');
};

function worded(): Story {
  const it = story({ catalogue: alone });
  it.open();
  it.refine();
  return it;
}

/** Bought, and then failed with a bill. */
function failedTake(reason: FailureReason, cost: number): { it: Story; events: Event[] } {
  const it = worded();
  it.told({ type: 'generate' });
  it.told({ type: 'moderation.passed', of: 'take', n: 1, pictures: [], unchecked: null });
  it.told({ type: 'take.created', take: 1, tag: 'c.take1.0.1', prediction: 'p1' });
  return { it, events: it.told({ type: 'take.failed', take: 1, prediction: 'p1', reason, cost }) };
}

describe.each(FailureReason.options)('%s', (reason) => {
  test('is said in a plain sentence, without a key, a code or a provider’s words', () => {
    const sentence = failures[reason];
    expect(sentence).toMatch(/^[A-Z].{15,200}\.$/);
    expect(sentence).not.toMatch(/[A-Z]{3,}_|\b\d{3}\b|undefined|null|Error|API|prediction/);
  });

  test('of a take: said on its card, what was held is released, what was billed is booked, another take works', () => {
    const { it, events } = failedTake(reason, 70_000);
    expect(it.campaign.takes[0]).toMatchObject({ state: 'failed', reason, held: null, billed: 70_000 });
    expect(shown(it, 'progress:1')).toContain(failures[reason]);
    expect(held(it)).toBe(0);
    expect(spent(it)).toBe(70_000);
    expect(toldAdmins(it, events)).toHaveLength(forAdmins.includes(reason) ? 1 : 0);
    it.told({ type: 'generate' });
    it.finish();
    expect(it.campaign.phase).toBe('review');
    expect(held(it)).toBe(0);
  });

  test('of a still: the others of its board go on', () => {
    const it = worded();
    it.told({ type: 'make-stills' });
    it.told({ type: 'moderation.passed', of: 'stills', n: 1, pictures: [], unchecked: null });
    const before = held(it);
    const events = it.told({ type: 'still.failed', board: 1, still: 1, reason, cost: 0 });
    expect(held(it)).toBe((before * 2) / 3);
    expect(toldAdmins(it, events)).toHaveLength(forAdmins.includes(reason) ? 1 : 0);
    for (const still of [2, 3])
      it.told({ type: 'still.made', board: 1, still, picture: picture(`s${still}`), cost: 10_000 });
    it.told({ type: 'pick-still', still: 3 });
    const sentence = reason === 'lost' ? 'nobody could tell what became of it' : failures[reason];
    expect(shown(it, 'stills:1')).toContain(`Still 1: ${sentence}`);
    expect(held(it)).toBe(0);
    expect(it.campaign.boards[0]?.picked).toBe(3);
  });
});

test.each(['bad-key', 'no-credit'] as const)('%s: the admins hear which key, and what to do', (reason) => {
  const notice = { about: 'key', variable: 'OPENAI_API_KEY', reason, day: '2026-11-21' } as const;
  const { title, text } = composeNotice(notice);
  expect(title).toContain('OPENAI_API_KEY');
  expect(text.join(' ')).toMatch(/Put a valid key|Top it up/);
});
