import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Doors, Incoming } from '../../../src/chat/chat.ts';
import { slack } from '../../../src/chat/slack/platform.ts';
import { paceInMemory } from '../../../src/queue/pace-in-memory.ts';
import { fakeDoors } from '../terminal/support.ts';
import { standIn, type Way } from './stage.ts';

/** The platform alone, with doors that do as they are told. */
async function heardBy(way: Way, given: Partial<Doors>) {
  const world = await standIn();
  const team = world.workspace('Acme');
  const ada = team.person('ada');
  const launch = team.channel('launch', [ada]);
  const kept = new Map<string, unknown>();
  const keep = {
    get: async (key: string) => kept.get(key) ?? null,
    put: async (key: string, value: unknown) => void kept.set(key, value),
    take: async () => null,
  };
  const platform = slack({
    ...{ keep, pace: paceInMemory(Date.now), clock: Date.now, log: { info: () => {}, error: () => {} } },
    send: () => Promise.reject(new Error('nothing to send')),
    ...{ botToken: team.token, apiUrl: world.apiUrl, scopes: { needed: [], optional: [] } },
    ...(way === 'socket' ? { appToken: world.app.appToken } : { signingSecret: world.app.signingSecret }),
  });
  const { doors, told } = fakeDoors({ campaignAt: async () => 'c1', ...given });
  const { routes, stop } = await platform.listen(doors);
  const server = createServer((request, response) => void routes['/slack/events']?.(request, response));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  world.deliveries.to(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await stop();
  });
  return { world, team, ada, launch, told, stop };
}

type Heard = Awaited<ReturnType<typeof heardBy>>;
const gestures: [string, (it: Heard) => Promise<unknown>][] = [
  ['a message', ({ ada, launch }) => ada.says(launch, 'warmer', { thread: '100.000001' })],
  ['a command', ({ ada, launch }) => ada.types(launch, '/video a calm film')],
];

describe.each<Way>(['http', 'socket'])('an acknowledgement by %s', (way) => {
  test.each(gestures)('of %s comes after the commit, not before', async (_what, gesture) => {
    const { promise: committed, resolve: commit } = Promise.withResolvers<void>();
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    const it = await heardBy(way, {
      async tell() {
        reach();
        await committed;
        return { answer: null, refusal: null, campaign: null };
      },
    });
    const done = gesture(it);
    await reached;
    await new Promise((turn) => setTimeout(turn, 50));
    expect(it.world.deliveries.all.map(({ acked }) => acked)).toEqual([false]);
    commit();
    await done;
    expect(it.world.deliveries.all.map(({ acked }) => acked)).toEqual([true]);
  });

  test('is left out where the commit failed, and the next delivery is taken', async () => {
    const told: Incoming[] = [];
    const { world, ada, launch } = await heardBy(way, {
      async tell(incoming) {
        told.push(incoming);
        if (told.length === 1) throw new Error('the disk is full');
        return { answer: null, refusal: null, campaign: null };
      },
    });
    await ada.says(launch, 'warmer', { thread: '100.000001' });
    expect(told).toHaveLength(2);
    expect(told[1]?.id).toBe(told[0]?.id);
    const [{ tries } = { tries: [] }] = world.deliveries.all;
    expect(tries.map(({ status }) => status)).toEqual([way === 'http' ? 500 : 0, 200]);
  });

  test('waits for what is being committed when everything stops', async () => {
    const { promise: committed, resolve: commit } = Promise.withResolvers<void>();
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    const it = await heardBy(way, {
      async tell() {
        reach();
        await committed;
        return { answer: null, refusal: null, campaign: null };
      },
    });
    void it.ada.says(it.launch, 'warmer', { thread: '100.000001' });
    await reached;
    let stopped = false;
    const stopping = it.stop().then(() => {
      stopped = true;
    });
    await new Promise((turn) => setTimeout(turn, 30));
    expect(stopped).toBe(false);
    commit();
    await stopping;
  });
});

test('a reply to the message that began a campaign is said to it, though its conversation is not open yet', async () => {
  const began = new Map<string, string>();
  const { team, ada, launch, told } = await heardBy('http', {
    campaignAt: async () => null,
    openedBy: async (_, id) => began.get(id) ?? null,
  });
  const asked = await ada.says(launch, `${team.bot} a calm film`);
  const [opening] = told;
  began.set(opening?.id ?? '', 'c1');
  await ada.says(launch, 'warmer', { thread: asked.ts });
  await ada.says(launch, `${team.bot} and slower`, { thread: asked.ts });
  expect(told.map(({ at, intent }) => [at, intent.type]).slice(1)).toEqual([
    [{ campaign: 'c1' }, 'say'],
    [{ campaign: 'c1' }, 'say'],
    [{ campaign: 'c1' }, 'say'],
  ]);
});

test('a request that Slack did not sign gets nowhere', async () => {
  const { world, ada, launch, told } = await heardBy('http', {});
  world.deliveries.sign('another secret');
  await ada.types(launch, '/video a calm film');
  expect(world.deliveries.all.flatMap(({ tries }) => tries.map(({ status }) => status))).toEqual([401]);
  expect(told).toEqual([]);
});
