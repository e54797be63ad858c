import { connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { Never, TryLater } from '../../src/errors.ts';
import { factsOf } from '../support/runway.ts';
import { faultOf, runwayModel, runwayRig } from '../support/runway-rig.ts';
import type { RunwayFault } from '../support/runway-tasks.ts';
import { sending, take } from './orders.ts';
import { bigPicture } from './runway-pictures.ts';

const order = take({ model: 'gen4.5', seconds: 5 });
const posts = (log: Parameters<typeof factsOf>[0]) =>
  factsOf(log, 'request').filter((fact) => fact.method === 'POST').length;

test('buys once and names the task', async () => {
  const { service, provider } = await runwayRig();
  const { prediction } = await provider.create(order, sending());
  expect(factsOf(service.log, 'accepted').map((fact) => fact.task)).toEqual([prediction]);
  expect(posts(service.log)).toBe(1);
});

const ambiguous: RunwayFault[] = ['accept-then-drop', 'drop', 'accept-then-down', 'down', 'wrong-body'];
test.each(ambiguous)('sends one request and does not know what became of it: %s', async (fault) => {
  const { service, provider } = await runwayRig();
  service.faults.push(fault);
  const error = await faultOf(provider.create(order, sending()));
  expect(error).toBeInstanceOf(TryLater);
  expect(error).toMatchObject({ sent: true });
  expect(posts(service.log)).toBe(1);
});

test.each(['hang', 'stall', 'slow'] as const)('waits for its time and no longer: %s', async (fault) => {
  const { service, provider } = await runwayRig({ slow: 8_000 }, { timeout: 400 });
  service.faults.push(fault);
  const before = performance.now();
  expect(await faultOf(provider.create(order, sending()))).toMatchObject({ name: 'TryLater', sent: true });
  expect(performance.now() - before).toBeLessThan(6_000);
  expect(posts(service.log)).toBe(1);
});

test('an aborted purchase may have been made', async () => {
  const { service, provider } = await runwayRig();
  service.faults.push('hang');
  const signal = AbortSignal.timeout(100);
  const error = await faultOf(provider.create(order, { ...sending(), signal }));
  expect(error).toMatchObject({ name: 'TryLater', sent: true });
});

test('a connection that never comes about is proof that nothing was bought', async () => {
  const closed = createServer();
  await new Promise<void>((ready) => closed.listen(0, '127.0.0.1', ready));
  const { port } = closed.address() as { port: number };
  await new Promise((done) => closed.close(done));
  const { provider: refused } = await runwayRig({}, { baseURL: `http://127.0.0.1:${port}` });
  const { provider: unknown } = await runwayRig({}, { baseURL: 'http://nowhere.invalid' });
  const { provider: unencrypted, service } = await runwayRig();
  const { provider: noTls } = await runwayRig({}, { baseURL: service.baseURL.replace('http:', 'https:') });
  for (const provider of [refused, unknown, noTls])
    expect(await faultOf(provider.create(order, sending()))).toMatchObject({ name: 'TryLater', sent: false });
  await unencrypted.create(order, sending());
});

test('each purchase has a connection of its own', async () => {
  const { service, provider } = await runwayRig();
  const ports = new Set<number>();
  const through = createServer((near) => {
    ports.add(near.remotePort ?? 0);
    const far = connect(Number(service.host.split(':')[1]), '127.0.0.1');
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) socket.on('error', () => {});
  });
  await new Promise<void>((ready) => through.listen(0, '127.0.0.1', ready));
  const { port } = through.address() as { port: number };
  const { provider: beyond } = await runwayRig(
    {},
    { apiKey: service.apiKey, baseURL: `http://127.0.0.1:${port}` },
  );
  for (const each of [1, 2, 3]) await beyond.create({ ...order, seed: each }, sending());
  expect(ports.size).toBe(3);
  through.close();
  await provider.create(order, sending());
});

test('the fence is confirmed after the uploads and right before the one paid request', async () => {
  const { service, provider } = await runwayRig();
  let at = -1;
  const guard = async () => {
    at = factsOf(service.log, 'request').length;
  };
  const still = await bigPicture();
  await provider.create({ ...order, still }, { ...sending(), guard });
  expect(at).toBeGreaterThan(0);
  const paths = factsOf(service.log, 'request').map((fact) => fact.path?.split('/')[2]);
  expect(paths.slice(0, at)).toContain('uploads');
  expect(paths.slice(at)).toEqual(['image_to_video']);
});

test('nothing leaves when the fence is lost', async () => {
  const { service, provider } = await runwayRig();
  const lost = new TryLater('lost', { delay: 0, sent: false });
  const guard = () => Promise.reject(lost);
  expect(await faultOf(provider.create(order, { ...sending(), guard }))).toBe(lost);
  expect(service.log).toEqual([]);
});

test.each([
  ['bad-key', 'bad-key'],
  ['forbidden', 'bad-key'],
  ['moderated', 'moderation-input'],
  ['no-credit', 'no-credit'],
  ['gone', 'retired'],
  ['redirect', 'provider-error'],
] as const)('%s is final: %s', async (fault, code) => {
  const { service, provider } = await runwayRig();
  service.faults.push(fault);
  const error = await faultOf(provider.create(order, sending()));
  expect(error).toBeInstanceOf(Never);
  expect(error).toMatchObject({ code });
  expect(posts(service.log)).toBe(1);
  expect(factsOf(service.log, 'accepted')).toEqual([]);
});

test('too many requests: later, as long as Runway says, and nothing was bought', async () => {
  const { service, provider } = await runwayRig();
  service.faults.push('busy');
  const error = await faultOf(provider.create(order, sending()));
  expect(error).toMatchObject({ name: 'TryLater', sent: false, delay: 7_000 });
});

test('a wrong key is found by Runway itself, also at an upload', async () => {
  const { provider } = await runwayRig({}, { apiKey: 'key_stale' });
  expect(await faultOf(provider.create(order, sending()))).toMatchObject({ code: 'bad-key' });
  const still = await bigPicture();
  expect(await faultOf(provider.create({ ...order, still }, sending()))).toMatchObject({ code: 'bad-key' });
});

test('models that are unknown to the catalogue, to us or to Runway are retired', async () => {
  const { provider } = await runwayRig(
    {},
    { modelOf: (id) => (id === 'gone' ? undefined : runwayModel(id)) },
  );
  for (const model of ['gone', 'gen3a_turbo'])
    expect(await faultOf(provider.create({ ...order, model }, sending()))).toMatchObject({ code: 'retired' });
});

test('what Runway refuses of the body says which field, and repeats no words', async () => {
  const { provider } = await runwayRig();
  const error = await faultOf(provider.create({ ...order, seconds: 99, prompt: 'a secret plan' }, sending()));
  expect(error).toMatchObject({ code: 'provider-error', message: 'status 400, duration too_big' });
});

test('nobody can say afterwards what was bought', async () => {
  const { provider } = await runwayRig();
  expect(provider.memory).toBe('never');
  expect(await provider.find(order, 0)).toBe('unknown');
});
