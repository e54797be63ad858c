import { describe, expect, test } from 'vitest';
import { card } from '../../../src/chat/card.ts';
import { voteButtons } from '../../../src/chat/compose-review.ts';
import type { Call } from '../../../src/chat/slack/client.ts';
import { newEchoes } from '../../../src/chat/slack/echoes.ts';
import { ownHosts } from '../../../src/chat/slack/hosts.ts';
import { newPoster } from '../../../src/chat/slack/poster.ts';

const settle = 30_000;
const sentAt = 1_000_000;

const posterAt = (now: number | (() => number), kept: unknown = null) =>
  newPoster({
    ...{ settle, edit: 0, knock: 0, betweenEdits: 0, pause: 0, look: 250 },
    clock: () => (typeof now === 'number' ? now : now()),
    keep: {
      get: async (key) => (key.endsWith('/done') ? null : kept),
      put: async () => {},
      list: async () => [],
      take: async () => null,
    },
    send: () => Promise.reject(new Error('nothing to send')),
    ...{ addressOf: null, linkTo: () => null, echoes: newEchoes(), hosts: ownHosts(undefined) },
  });

/** A process that sent nothing itself, beside one that did. */
function beside(waited: number, messages: object[] = []) {
  const call: Call = async () => ({ ok: true, messages });
  const about = { sendKey: 'k', since: sentAt };
  return posterAt(sentAt + waited).find('slack:T1/C1/100.000001', about, call);
}

describe('a picture that Slack is not done with', () => {
  const shares = { public: { C1: [{ ts: '100.000003', thread_ts: '100.000001' }] } };
  const call: Call = async (method) =>
    method === 'files.info' ? { ok: true, file: { mimetype: '', shares } } : { ok: true };
  const image = { key: 'k', sha256: 'a', bytes: 1, mime: 'image/png', title: 'logo' };
  const items = [{ title: 'logo', text: '', image, place: null, menu: null, buttons: [] }];
  const showing = {
    ...{ place: 'slack:T1/C1/100.000001', key: 'brief', campaign: 'c1', sendKey: 'k' },
    ...{ card: card({ title: 'Brief', items }), known: '100.000002' },
  };

  test('is looked for more and more slowly, and no longer than it can take', async () => {
    let now = sentAt;
    const { show } = posterAt(() => now, { file: 'F1' });
    const rests: unknown[] = [];
    for (const minute of [0, 1, 5, 9, 11]) {
      now = sentAt + minute * 60_000;
      rests.push(((await show(showing, call)) as { rest?: number }).rest);
    }
    expect(rests).toEqual([1_000, 15_000, 75_000, 135_000, undefined]);
  });
});

describe('a message that another process was about to send', () => {
  const found = { ts: '100.000002', metadata: { event_type: 'dailies_card', event_payload: { send: 'k' } } };

  test('may be on its way still, as long as messages take from then on', async () => {
    expect(await beside(settle - 1)).toBe('unknown');
    expect(await beside(settle)).toBe('absent');
  });

  test('is known where it stands', async () => {
    expect(await beside(1, [found])).toEqual({ message: '100.000002' });
  });
});

test('the signs are put under each review, even where two in two channels came in the same instant', async () => {
  const put: unknown[] = [];
  const call: Call = async (method, { channel, name }) => {
    if (method === 'reactions.add') put.push(`${channel} ${name}`);
    return { ok: true, ts: '100.000002', channel };
  };
  const { show } = posterAt(sentAt);
  const review = card({ title: 'Review of cut 1a', buttons: voteButtons('1a') });
  const showing = { key: 'review:1a', campaign: 'c1', card: review, known: '100.000002', sendKey: 'k' };
  for (const channel of ['C1', 'C2', 'C1'])
    await show({ ...showing, place: `slack:T1/${channel}/100.000001` }, call);
  expect(put).toHaveLength(6);
  expect(new Set(put).size).toBe(6);
});
