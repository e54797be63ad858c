import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Doors, Incoming } from '../../../src/chat/chat.ts';
import { slack } from '../../../src/chat/slack/platform.ts';
import { Never } from '../../../src/errors.ts';
import { paceInMemory } from '../../../src/queue/pace-in-memory.ts';
import { fakeDoors } from '../terminal/support.ts';
import { eventually, standIn, type Way } from './stage.ts';

async function acmeAlone() {
  const world = await standIn();
  const team = world.workspace('Acme');
  const ada = team.person('ada');
  return { world, team, ada, launch: team.channel('launch', [ada]) };
}

interface Alone {
  /** What was kept before, and is kept from now on. */
  kept?: Map<string, unknown>;
  /** What is awaited before anything is kept. */
  keeping?: () => Promise<void>;
  clock?: () => number;
  times?: { sweep?: number };
  /** Whose Slack it is. */
  from?: Awaited<ReturnType<typeof acmeAlone>>;
}

/** The platform alone, with doors that do as they are told. */
async function heardBy(
  way: Way,
  given: Partial<Doors>,
  { kept = new Map(), keeping = async () => {}, clock = Date.now, times = {}, from }: Alone = {},
) {
  const { world, team, ada, launch } = from ?? (await acmeAlone());
  const keep = {
    async get(key: string) {
      const found = kept.get(key) ?? null;
      if (found instanceof Error) throw found;
      return found;
    },
    async put(key: string, value: unknown) {
      await keeping();
      if (value === null) kept.delete(key);
      else kept.set(key, value);
    },
    list: async (beginning: string) => [...kept.keys()].filter((key) => key.startsWith(beginning)),
    take: async () => null,
  };
  const platform = slack({
    ...{ keep, times, clock, pace: paceInMemory(Date.now), log: { info: () => {}, error: () => {} } },
    send: () => Promise.reject(new Error('nothing to send')),
    ...{ botToken: team.token, apiUrl: world.apiUrl, scopes: { needed: [], optional: [] } },
    ...(way === 'socket' ? { appToken: world.app.appToken } : { signingSecret: world.app.signingSecret }),
  });
  const { doors, told } = fakeDoors({ campaignAt: async () => 'c1', ...given });
  const heard = async (incoming: Incoming) => {
    const answered = await doors.tell(incoming);
    if (incoming.kept) kept.delete(incoming.kept);
    return answered;
  };
  const { routes, stop } = await platform.listen({ ...doors, tell: heard });
  const server = createServer((request, response) => void routes['/slack/events']?.(request, response));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  world.deliveries.to(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await stop();
  });
  return { world, team, ada, launch, told, kept, stop };
}

type Heard = Awaited<ReturnType<typeof heardBy>>;
const says = ({ ada, launch }: Heard) => ada.says(launch, 'warmer', { thread: '100.000001' });
const types = ({ ada, launch }: Heard) => ada.types(launch, '/video a calm film');
const acks = ({ world }: Heard) => world.deliveries.all.map(({ acked }) => acked);
const heard = { answer: null, refusal: null, campaign: null };

describe.each<Way>(['http', 'socket'])('an acknowledgement by %s', (way) => {
  test.each<[string, (it: Heard) => Promise<unknown>, 'tell' | 'keep']>([
    ['a message', says, 'tell'],
    ['a command', types, 'keep'],
  ])('of %s comes after the commit, not before', async (_what, gesture, by) => {
    const { promise: committed, resolve: commit } = Promise.withResolvers<void>();
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    const committing = async () => {
      reach();
      await committed;
    };
    const tell = async () => {
      await committing();
      return heard;
    };
    const it = await (by === 'tell' ? heardBy(way, { tell }) : heardBy(way, {}, { keeping: committing }));
    const done = gesture(it);
    await reached;
    await new Promise((turn) => setTimeout(turn, 50));
    expect(acks(it)).toEqual([false]);
    commit();
    await done;
    expect(acks(it)).toEqual([true]);
  });

  test('of a command does not wait for what it leads to', async () => {
    const { promise: decided, resolve: decide } = Promise.withResolvers<typeof heard>();
    const it = await heardBy(way, { tell: () => decided });
    await types(it);
    expect(acks(it)).toEqual([true]);
    expect(accepted(it)).toHaveLength(1);
    decide(heard);
    await eventually(() => accepted(it).length === 0);
  });

  test('of a command is left out where it could not be written down', async () => {
    const it = await heardBy(way, {}, { keeping: () => Promise.reject(new Error('the disk is full')) });
    await types(it);
    expect(acks(it)).toEqual([false]);
    expect(it.told).toEqual([]);
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

const accepted = ({ kept }: Pick<Heard, 'kept'>) => [...kept.keys()].filter((key) => /^accepted/.test(key));

describe('a command that was acknowledged', () => {
  const failing = async (): Promise<never> => {
    throw new Error('not now');
  };
  /** Takes what it is told at this try, and not before. */
  const failingBefore = (first: number) => {
    const told: Incoming[] = [];
    const tell = async (incoming: Incoming) => {
      told.push(incoming);
      return told.length < first ? failing() : heard;
    };
    return { told, tell };
  };

  test('and never carried out, is by the next process', async () => {
    const dying = await heardBy('http', { tell: failing });
    await types(dying);
    await dying.stop();
    expect(accepted(dying)).toHaveLength(1);
    const { told, kept } = await heardBy('http', {}, { kept: dying.kept, times: { sweep: 600_000 } });
    await eventually(() => accepted({ kept }).length === 0);
    expect(told).toEqual([
      expect.objectContaining({
        ...{ workspace: dying.team.id, person: dying.ada.id },
        intent: expect.objectContaining({ type: 'open', words: 'a calm film' }),
      }),
    ]);
  });

  test('and could not be carried out, is tried again, but not while somebody may be at it', async () => {
    let now = Date.now();
    const { told, tell } = failingBefore(3);
    const it = await heardBy('http', { tell }, { clock: () => now, times: { sweep: 5 } });
    await types(it);
    await eventually(() => told.length === 1);
    await new Promise((turn) => setTimeout(turn, 50));
    expect(told).toHaveLength(1);
    now += 10_001;
    await eventually(() => accepted(it).length === 0);
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
    expect(told).toHaveLength(3);
  });

  test('and cannot be carried out, is given up in words before nobody can be answered any more', async () => {
    let now = Date.now();
    const it = await heardBy('http', { tell: failing }, { clock: () => now, times: { sweep: 5 } });
    await types(it);
    now += 25 * 60_000;
    await eventually(() => accepted(it).length === 0);
    expect(it.ada.ephemerals(it.launch).at(-1)?.text).toMatch(/something went wrong on my side.*once more/);
  });

  test('and never can be carried out, is given up at once', async () => {
    const tell = async (): Promise<never> => {
      throw new Never('slack-refused', 'users.info: user_not_found');
    };
    const it = await heardBy('http', { tell });
    await types(it);
    await eventually(() => accepted(it).length === 0);
    expect(it.ada.ephemerals(it.launch).map(({ text }) => text)).toEqual([
      expect.stringMatching(/something went wrong on my side/),
    ]);
  });

  test('and is delayed, says so once', async () => {
    let now = Date.now();
    const { told, tell } = failingBefore(4);
    const it = await heardBy('http', { tell }, { clock: () => now, times: { sweep: 5 } });
    await types(it);
    await eventually(() => told.length === 1);
    now += 10_001;
    await eventually(() => accepted(it).length === 0);
    expect(it.ada.ephemerals(it.launch).map(({ text }) => text)).toEqual([
      expect.stringMatching(/I have your words.*go on trying/),
    ]);
  });

  test('waits for no other one that cannot be read, whose person hears so', async () => {
    const dying = await heardBy('http', { tell: failing });
    await types(dying);
    await dying.stop();
    const [key = ''] = accepted(dying);
    const { typed } = dying.kept.get(key) as { typed: object };
    const odd = new Map<string, unknown>([
      ['accepted/1', new Never('secret-key')],
      ['accepted/2', { typed: { ...typed, response_url: `${Object(typed).response_url}-over` } }],
      ...dying.kept,
    ]);
    const { told, world, ada, kept } = await heardBy('http', {}, { kept: odd, from: dying });
    await eventually(() => accepted({ kept }).length === 1);
    expect(accepted({ kept })).toEqual(['accepted/1']);
    expect(told).toHaveLength(1);
    expect(world.posts().map(({ channel, text }) => [channel, text])).toEqual([
      [ada.direct().id, expect.stringMatching(/went wrong on my side/)],
    ]);
  });
});

test('a reply to the message that began a campaign is said to it, though its conversation is not open yet', async () => {
  const began = new Map<string, string>();
  const { team, ada, launch, told } = await heardBy('http', {
    campaignAt: async () => null,
    openedBy: async (_, id) => began.get(id) ?? null,
  });
  const asked = await ada.says(launch, `${team.bot} a calm film`);
  const [opening, again] = told.splice(0);
  expect([opening?.intent.type, again]).toEqual(['open', opening]);
  began.set(opening?.id ?? '', 'c1');
  await ada.says(launch, 'warmer', { thread: asked.ts });
  await ada.says(launch, `${team.bot} and slower`, { thread: asked.ts });
  expect(told.map(({ at, intent }) => [at, intent.type])).toEqual([
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
