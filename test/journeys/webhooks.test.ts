import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { scaledTimes } from '../../src/cli/chaos/times.ts';
import { makeFilm } from '../../src/providers/sample/film.ts';
import { take } from '../providers/orders.ts';
import { dropFolder } from '../support/folder.ts';
import { newSecret, signed } from '../support/replicate/webhooks.ts';
import { replicateStandIn, type StandInOptions } from '../support/replicate.ts';
import { type Stage, stage, worded } from './stage.ts';

const patience = { timeout: 45_000 };
const never = 10 * 60_000;
/** Whoever waits for a poll waits longer than any test. */
const unpolled = { ...scaledTimes, poll: never, pollCalled: never, retry: never, settle: never };

let film: Buffer;
let folder: string;
let replicate: Awaited<ReturnType<typeof replicateStandIn>>;
let server: Server;
let it: Stage | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dailies-hooks-'));
  const run = { scale: 0.1, signal: AbortSignal.timeout(60_000), onFrames: () => {} };
  film = await readFile(await makeFilm(take({ seconds: 3 }), folder, run));
});
afterAll(() => dropFolder(folder));
beforeEach(async () => {
  server = createServer((request, response) => void it?.app.answer(request, response));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
});
afterEach(async () => {
  await it?.close();
  it = undefined;
  server.closeAllConnections();
  server.close();
  await replicate.close();
});

/** A campaign with its prompt worded, before a Replicate that behaves as asked. */
async function begin(given: Partial<StandInOptions>, times = unpolled): Promise<Stage> {
  replicate = await replicateStandIn({ files: { mp4: film }, wait: { queue: 20, run: 80 }, ...given });
  it = await stage({
    policy: { times },
    environment: {
      REPLICATE_API_TOKEN: replicate.token,
      REPLICATE_BASE_URL: replicate.url,
      PUBLIC_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      ALLOW_PRIVATE_HOSTS: replicate.host,
    },
  });
  await it.type('/video A calm film for Aurora tea 5s');
  await it.until(worded(1));
  return it;
}

const bought = () => replicate.log.filter((e) => e.method === 'POST' && e.path.endsWith('/predictions'));
const looks = () => replicate.log.filter((e) => e.method === 'GET' && /predictions\/\w+$/.test(e.path));
const cuts = (stage: Stage) => stage.posted().filter(({ key }) => key.startsWith('cut:'));
const inReview = (c: { phase: string }) => c.phase === 'review';

describe('a provider that calls', () => {
  test('three times and once more after the end: no poll is waited for, paid once, delivered once', async () => {
    const { type, until, idle, app, campaign } = await begin({ webhooks: { copies: 3 } });
    await type('go');
    const { takes } = await until(inReview);
    await idle();
    await expect.poll(() => replicate.calls.length, patience).toBe(3);
    const before = looks().length;
    expect(await replicate.deliver(takes[0]?.prediction ?? '', { copies: 2 })).toEqual([200, 200]);
    await idle();
    expect(looks()).toHaveLength(before);
    expect(bought()).toHaveLength(1);
    expect(cuts(it as Stage)).toHaveLength(1);
    expect(takes[0]).toMatchObject({ state: 'finished', strays: [] });
    const account = await app.journal.account(`campaign:${await campaign()}`);
    expect(account).toMatchObject({ reserved: 0, spent: takes[0]?.billed });
  }, 90_000);

  test('with a wrong signature, an old one, or at a wrong address: 401, and nothing happens', async () => {
    const { type, until, app, campaign } = await begin({ wait: { queue: 0, run: 1_500 } });
    await type('go');
    const { takes } = await until((c) => c.takes[0]?.state === 'created');
    const stream = `campaign:${await campaign()}`;
    const id = takes[0]?.prediction ?? '';
    const url = replicate.predictions[0]?.webhook ?? '';
    const body = JSON.stringify({ id, status: 'succeeded' });
    const post = async (to: string, how: ReturnType<typeof signed>) =>
      (await fetch(to, { method: 'POST', headers: how.headers, body: how.body })).status;
    await expect.poll(() => looks().length, patience).toBe(1);
    const history = (await app.journal.history(stream)).length;
    expect(await post(url, signed(body, newSecret(), Date.now()))).toBe(401);
    expect(await post(url, signed(body, replicate.secret, Date.now() - 301_000))).toBe(401);
    expect(await post(url.replace('take1', 'take2'), signed(body, replicate.secret, Date.now()))).toBe(401);
    expect(await app.journal.history(stream)).toHaveLength(history);
    await expect.poll(() => Date.now(), patience).toBeGreaterThan(replicate.predictions[0]?.endsAt ?? 0);
    // The true one is looked at next: had a forged one been heeded, there were more looks than these two.
    expect(await post(url, signed(body, replicate.secret, Date.now()))).toBe(200);
    await until(inReview);
    expect(looks()).toHaveLength(2);
  }, 90_000);

  test('while the secret cannot be had: 503, called again, and the take succeeds', async () => {
    const { type, until } = await begin({ webhooks: {} });
    replicate.faults.next('secret', { kind: 'status', status: 500 });
    await type('go');
    await until(inReview);
    expect(replicate.calls.map(({ status }) => status)).toEqual([503, 200]);
  }, 90_000);

  test('about a purchase whose answer is lost and which no list shows: adopted, paid once', async () => {
    const { type, until } = await begin({ webhooks: {} });
    replicate.lag.milliseconds = never;
    replicate.faults.next('create', { kind: 'drop' });
    await type('go');
    const { takes } = await until(inReview);
    expect(takes[0]).toMatchObject({ attempt: 1, tried: [], prediction: replicate.predictions[0]?.id });
    expect(bought()).toHaveLength(1);
  }, 90_000);

  test('before the purchase itself is answered: followed all the same, once', async () => {
    const { type, until, idle } = await begin({ webhooks: {}, wait: { queue: 0, run: 10 } });
    replicate.faults.next('create', { kind: 'slow', wait: 400 });
    await type('go');
    const { takes } = await until(inReview);
    await idle();
    expect(takes[0]).toMatchObject({ attempt: 1, strays: [], state: 'finished' });
    expect(bought()).toHaveLength(1);
  }, 90_000);

  test('never: polling finds the end', async () => {
    const { type, until } = await begin({}, scaledTimes);
    await type('go');
    await until(inReview);
    expect(replicate.calls).toEqual([]);
  }, 90_000);

  test('of a purchase that the list showed too late: found by the sweep, the elder kept, the other called back', async () => {
    const times = { ...scaledTimes, retry: 20, settle: 40, sweep: 100 };
    const { type, until, idle, app, campaign } = await begin({ wait: { queue: 0, run: 2_500 } }, times);
    replicate.lag.milliseconds = never;
    replicate.faults.next('create', { kind: 'drop' });
    await type('go');
    const { takes } = await until((c) => c.takes[0]?.prediction != null);
    expect(takes[0]).toMatchObject({ attempt: 2, prediction: replicate.predictions[1]?.id });
    replicate.lag.milliseconds = 0;
    const end = await until(inReview);
    await idle();
    const [elder, younger] = replicate.predictions;
    expect(end.takes[0]).toMatchObject({ prediction: elder?.id, strays: [younger?.id] });
    const cancelled = replicate.log
      .filter((e) => e.path.endsWith('/cancel'))
      .map((e) => e.path.split('/').at(-2));
    expect(new Set(cancelled)).toEqual(new Set([younger?.id]));
    expect(bought()).toHaveLength(2);
    const { billed, booked } = (await app.engine.campaign(`campaign:${await campaign()}`)).takes[0] ?? {};
    expect(booked).toEqual(expect.arrayContaining([elder?.id, younger?.id]));
    expect(await app.journal.account(`campaign:${await campaign()}`)).toMatchObject({
      reserved: 0,
      spent: billed,
    });
    expect(cuts(it as Stage)).toHaveLength(1);
  }, 90_000);
});
