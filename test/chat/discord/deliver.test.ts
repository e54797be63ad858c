import type { GatewayDispatchPayload } from 'discord.js';
import { expect, test } from 'vitest';
import { newDelivery, type Tries } from '../../../src/chat/discord/deliver.ts';
import { sessionsIn } from '../../../src/chat/discord/session.ts';
import { Never } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import { memory } from './platform-rig.ts';
import { eventually } from './stage.ts';

const event = (s: number) => ({ t: 'MESSAGE_CREATE', s, op: 0, d: {} }) as unknown as GatewayDispatchPayload;
const hour = 3_600_000;

async function delivering(
  heard: (n: number) => Promise<void>,
  tries: Partial<Tries> = {},
  telling: () => Promise<void> = async () => {},
) {
  const keep = memory();
  const said: string[] = [];
  const givenUp: number[] = [];
  const log = { error: (text: string) => void said.push(text) } as unknown as Log;
  const sessions = sessionsIn(keep, log);
  const session = { sessionId: 's', shardId: 0, shardCount: 1, resumeURL: 'ws://127.0.0.1' };
  await sessions.update(0, { ...session, sequence: 1 });
  let n = 0;
  const { deliver, stop } = newDelivery({
    ...{ sessions, log, heard: () => heard(++n) },
    async givenUp({ s }) {
      givenUp.push(s);
      await telling();
    },
    tries: { first: 1, longest: 4, patience: hour, ...tries },
  });
  const at = async () => {
    await sessions.saveAll();
    return ((await keep.get('session/0')) as { sequence: number }).sequence;
  };
  return { deliver, stop, said, givenUp, at, heard: () => n };
}

const away = () => Promise.reject(new Error('the journal is away'));

test('what cannot be handled for a while is tried until it can, and counts as heard only then', async () => {
  let isAway = true;
  const { deliver, at, heard, said, givenUp } = await delivering(() => (isAway ? away() : Promise.resolve()));
  deliver(event(1), 0);
  await eventually(() => heard() > 10);
  expect(await at()).toBe(0);
  isAway = false;
  await eventually(async () => (await at()) === 1);
  expect(said.join()).not.toMatch(/given up/);
  expect(givenUp).toEqual([]);
});

test('what never can be handled is given up in the end, aloud', async () => {
  const { deliver, at, said } = await delivering(away, { patience: 30 });
  deliver(event(1), 0);
  await eventually(async () => (await at()) === 1);
  expect(said.at(-1)).toBe('discord: MESSAGE_CREATE is given up');
});

test('who asked for what is given up is told before it counts as heard, if that can be', async () => {
  const gate = Promise.withResolvers<void>();
  const { deliver, at, said, givenUp } = await delivering(away, { patience: 30 }, () => gate.promise);
  deliver(event(1), 0);
  await eventually(() => givenUp.length > 0);
  expect(await at()).toBe(0);
  gate.reject(new Error('Discord is away'));
  await eventually(async () => (await at()) === 1);
  expect(givenUp).toEqual([1]);
  expect(said.at(-1)).toMatch(/nobody could be told/);
});

test('who leaves does not wait for the next try, and leaves it to the next start', async () => {
  const { deliver, stop, at, heard, givenUp } = await delivering(away, { first: hour, longest: hour });
  deliver(event(1), 0);
  await eventually(() => heard() === 1);
  await stop();
  expect(givenUp).toEqual([]);
  expect(await at()).toBe(0);
});

test('what is told again while it is underway is underway once', async () => {
  const gate = Promise.withResolvers<void>();
  const { deliver, at, heard } = await delivering(() => gate.promise);
  deliver(event(1), 0);
  deliver(event(1), 0);
  gate.resolve();
  await eventually(async () => (await at()) === 1);
  expect(heard()).toBe(1);
});

test('what only an operator can mend is tried until that is done', async () => {
  let isMissing = true;
  const noKey = () => Promise.reject(new Never('secret-key', 'SECRET_KEYS has no key “a”'));
  const { deliver, at, heard } = await delivering(() => (isMissing ? noKey() : Promise.resolve()));
  deliver(event(1), 0);
  await eventually(() => heard() > 5);
  expect(await at()).toBe(0);
  isMissing = false;
  await eventually(async () => (await at()) === 1);
});

test('what Discord refuses for good is not tried for long', async () => {
  const no = () => Promise.reject(new Never('discord-refused'));
  const { deliver, at, heard } = await delivering(no);
  deliver(event(1), 0);
  await eventually(async () => (await at()) === 1);
  expect(heard()).toBe(3);
});
