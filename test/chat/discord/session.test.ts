import { expect, test } from 'vitest';
import { sessionsIn } from '../../../src/chat/discord/session.ts';
import { logTo } from '../../../src/log.ts';

function keeping() {
  const kept = new Map<string, unknown>();
  const keep = {
    get: async (key: string) => kept.get(key) ?? null,
    put: async (key: string, value: unknown) => void kept.set(key, value),
    list: async () => [],
    take: async () => null,
  };
  const sessions = sessionsIn(keep, logTo(process.stderr, 'error', Date.now));
  return { kept, keep, sessions, at: () => (kept.get('session/0') as { sequence: number } | null)?.sequence };
}

const told = (sequence: number, sessionId = 's') => ({
  ...{ sessionId, sequence, shardId: 0, shardCount: 1 },
  resumeURL: 'ws://127.0.0.1/resume',
});

test('what was heard and not yet handled is told once more after a crash', async () => {
  const { sessions, at } = keeping();
  await sessions.update(0, told(1));
  sessions.handled(0, 1, 's');
  for (const n of [2, 3, 4]) await sessions.update(0, told(n));
  sessions.handled(0, 2, 's');
  sessions.handled(0, 4, 's');
  await sessions.saveAll();
  expect(at()).toBe(2);
  sessions.handled(0, 3, 's');
  await sessions.saveAll();
  expect(at()).toBe(4);
});

test('what was heard in a session that is over does not count for the next, which counts from one again', async () => {
  const { sessions, at } = keeping();
  await sessions.update(0, told(1));
  await sessions.update(0, told(1, 'next'));
  sessions.handled(0, 1, 's');
  await sessions.saveAll();
  expect(at()).toBe(0);
  sessions.handled(0, 1, sessions.current(0));
  await sessions.saveAll();
  expect(at()).toBe(1);
});

test('a new session is kept at once, and one that is over is forgotten at once', async () => {
  const { sessions, at } = keeping();
  await sessions.update(0, told(1));
  expect(at()).toBe(0);
  await sessions.update(0, null);
  expect(at()).toBeUndefined();
});

test('stopping keeps what the library would forget; another life finds it', async () => {
  const { sessions, keep } = keeping();
  await sessions.update(0, told(1));
  sessions.handled(0, 1, 's');
  sessions.stopping();
  await sessions.update(0, null);
  await sessions.saveAll();
  const next = sessionsIn(keep, logTo(process.stderr, 'error', Date.now));
  expect(await next.retrieve(0)).toMatchObject({ sessionId: 's', sequence: 1 });
});
