import { describe, expect, test } from 'vitest';
import type { Call } from '../../../src/chat/slack/client.ts';
import { newEchoes } from '../../../src/chat/slack/echoes.ts';
import { ownHosts } from '../../../src/chat/slack/hosts.ts';
import { newPoster } from '../../../src/chat/slack/poster.ts';

const settle = 30_000;
const sentAt = 1_000_000;

/** A process that sent nothing itself, beside one that did. */
function beside(waited: number, messages: object[] = []) {
  const call: Call = async () => ({ ok: true, messages });
  return newPoster({
    ...{ settle, edit: 0, knock: 0, betweenEdits: 0, pause: 0, look: 0, clock: () => sentAt + waited },
    keep: { get: async () => null, put: async () => {}, list: async () => [], take: async () => null },
    send: () => Promise.reject(new Error('nothing to send')),
    ...{ addressOf: null, linkTo: () => null, echoes: newEchoes(), hosts: ownHosts(undefined) },
  }).find('slack:T1/C1/100.000001', { sendKey: 'k', since: sentAt }, call);
}

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
