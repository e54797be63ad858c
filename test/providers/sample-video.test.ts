import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFacts } from '../../src/providers/sample/book.ts';
import { faults } from '../../src/providers/sample/faults.ts';
import { type SampleVideoOptions, sampleVideo } from '../../src/providers/sample/video.ts';
import { dropFolder } from '../support/folder.ts';
import { ended, filmOf, newFile, sending, take } from './orders.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sample-video-'));
});
afterEach(() => dropFolder(folder));

const price = (_: string, seconds: number) => seconds * 100_000;
const service = (more: Partial<SampleVideoOptions> = {}) =>
  sampleVideo({ folder, price, scale: 0.05, ...more });
const kinds = async () => (await readFacts(folder)).map(({ kind, cost }) => [kind, cost]);

describe('an order goes its way', () => {
  it('waits, runs with the true share of frames, and is billed once', async () => {
    let now = 1_000_000;
    const provider = service({ clock: () => now, wait: { queue: 10, run: 20 } });
    const { prediction } = await provider.create(take({ seconds: 2 }), sending());
    await provider.create(take({ tag: 'take-2' }), sending());
    expect(await provider.watch(prediction)).toEqual({ state: 'queued', position: 1 });
    now += 10_000;
    const shares: number[] = [];
    for (let share = 0; share < 1; shares.push(share)) {
      const progress = await provider.watch(prediction);
      share = progress.state === 'running' ? progress.fraction : 1;
      await new Promise((done) => setTimeout(done, 5));
    }
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(await provider.watch(prediction)).toEqual({ state: 'running', fraction: 1 });
    now += 20_000;
    const done = await ended(provider, prediction);
    expect(done).toMatchObject({ state: 'succeeded', cost: 200_000 });
    expect(await provider.watch(prediction)).toEqual(done);
    const bills = (await readFacts(folder)).filter(
      (each) => each.kind === 'billed' && each.prediction === prediction,
    );
    expect(bills).toHaveLength(1);
  });

  it('tells the place in the queue', async () => {
    let now = 1_000_000;
    const provider = service({ clock: () => now++, wait: { queue: 10, run: 1 } });
    const orders = [take(), take({ tag: 'b' }), take({ tag: 'c' })];
    const made = [];
    for (const order of orders) made.push(await provider.create(order, sending()));
    expect(await provider.watch(made[2]?.prediction ?? '')).toEqual({ state: 'queued', position: 3 });
  });

  it('gives the finished file', async () => {
    const provider = service();
    const { prediction } = await provider.create(take(), sending());
    const done = await ended(provider, prediction);
    const bytes = await filmOf(provider, done.state === 'succeeded' ? done.output : '', sending().signal);
    expect(bytes.subarray(4, 8).toString()).toBe('ftyp');
    await expect(provider.fetch('../log', newFile(), sending().signal)).rejects.toMatchObject({
      code: 'provider-error',
    });
    await expect(provider.watch('film-unknown')).rejects.toMatchObject({ code: 'provider-error' });
  });

  it('costs nothing when called off in the queue, and a part while running', async () => {
    let now = 0;
    const provider = service({ clock: () => now, wait: { queue: 10, run: 60 } });
    const early = await provider.create(take(), sending());
    await provider.cancel(early.prediction);
    expect(await provider.watch(early.prediction)).toEqual({ state: 'canceled', cost: 0 });
    const late = await provider.create(take({ tag: 'late', seconds: 10 }), sending());
    now += 11_000;
    for (let share = 0; share === 0; ) {
      const progress = await provider.watch(late.prediction);
      share = progress.state === 'running' ? progress.fraction : 1;
      await new Promise((done) => setTimeout(done, 5));
    }
    await provider.cancel(late.prediction);
    await provider.cancel(late.prediction);
    const progress = await provider.watch(late.prediction);
    expect(progress.state).toBe('canceled');
    expect(progress).toMatchObject({
      cost: expect.toSatisfy((cost: number) => cost > 0 && cost <= 1_000_000),
    });
    expect((await kinds()).map(([kind]) => kind)).toEqual(['accepted', 'canceled', 'accepted', 'canceled']);
  });

  it('does not take back what is billed', async () => {
    const provider = service();
    const { prediction } = await provider.create(take(), sending());
    await ended(provider, prediction);
    await provider.cancel(prediction);
    expect(await provider.watch(prediction)).toMatchObject({ state: 'succeeded', cost: 100_000 });
  });
});

describe('the log', () => {
  it('has the order before the answer, and before `onSent`', async () => {
    const seen: unknown[] = [];
    const provider = service({ onSent: async (name) => void seen.push(name, await kinds()) });
    await provider.create(take(), sending());
    expect(seen).toEqual(['create', [['accepted', 0]]]);
  });

  it('has two purchases under one tag, both billed, even when one is forgotten', async () => {
    const provider = service();
    await provider.create(take(), sending());
    const { prediction } = await provider.create(take(), sending());
    await ended(provider, prediction);
    expect((await kinds()).map(([kind]) => kind).sort()).toEqual([
      'accepted',
      'accepted',
      'billed',
      'billed',
    ]);
  });

  it('bills once when two processes watch', async () => {
    const { prediction } = await service().create(take(), sending());
    const all = await Promise.all([service(), service(), service()].map((each) => ended(each, prediction)));
    expect(new Set(all.map((each) => each.state))).toEqual(new Set(['succeeded']));
    expect((await kinds()).filter(([kind]) => kind === 'billed')).toHaveLength(1);
  });

  it('ignores a half-written line, and goes on behind it', async () => {
    const { prediction } = await service().create(take(), sending());
    await appendFile(join(folder, 'log.jsonl'), '{"at":1,"kind":"billed","tag":"take-1","predic');
    expect(await kinds()).toEqual([['accepted', 0]]);
    await ended(service(), prediction);
    expect((await kinds()).map(([kind]) => kind)).toEqual(['accepted', 'billed']);
  });

  it('takes over the lock of a process that died', async () => {
    await writeFile(join(folder, 'lock'), '999999999');
    await service().create(take(), sending());
    expect(await kinds()).toHaveLength(1);
  });

  it('takes over a lock from an earlier life with the same process id', async () => {
    const lock = join(folder, 'lock');
    await writeFile(lock, `${process.pid}`);
    await utimes(lock, new Date(0), new Date(0));
    await service().create(take(), sending());
    expect(await kinds()).toHaveLength(1);
  });

  it('knows what it does not know', async () => {
    expect(await service().find(take(), 0)).toBe('absent');
  });
});

describe('kill -9', () => {
  const child = `
    import { sampleVideo } from '${new URL('../../src/providers/sample/video.ts', import.meta.url).href}';
    const order = JSON.parse(process.argv[1]);
    const at = process.argv[2];
    const die = () => process.kill(process.pid, 'SIGKILL');
    const provider = sampleVideo({ folder: process.argv[3], price: () => 7, scale: 0.05, onSent: at === 'sent' ? die : undefined });
    const { prediction } = await provider.create(order, { signal: AbortSignal.timeout(9000), guard: async () => {} });
    for (;;) {
      const progress = await provider.watch(prediction);
      if (progress.state === (at === 'running' ? 'running' : 'succeeded') && (progress.fraction ?? 1) > 0) die();
      await new Promise((done) => setTimeout(done, 5));
    }`;

  it.each([
    ['sent', 0],
    ['running', 0],
    ['billed', 1],
  ] as const)(
    '%s: the next process finds the order, makes the film, and the bill is one',
    async (at, before) => {
      const order = take({ seconds: 2 });
      const run = spawn(
        process.execPath,
        ['--input-type=module', '-e', child, JSON.stringify(order), at, folder],
        { stdio: 'inherit' },
      );
      expect(await once(run, 'exit')).toEqual([null, 'SIGKILL']);
      expect((await kinds()).filter(([kind]) => kind === 'billed')).toHaveLength(before);
      const provider = service();
      const found = await provider.find(take(), 0);
      if (typeof found === 'string') throw new Error(found);
      expect(await ended(provider, found.prediction)).toMatchObject({ state: 'succeeded', cost: 7 });
      expect((await kinds()).filter(([kind]) => kind === 'accepted' || kind === 'billed')).toEqual([
        ['accepted', 0],
        ['billed', 7],
      ]);
    },
  );
});

describe('failures on request', () => {
  const create = (prompt: string, more = {}) => service().create(take({ prompt, ...more }), sending());

  it('has a line for each', () => {
    for (const line of Object.values(faults)) expect(line.length).toBeGreaterThan(10);
  });

  it.each(['moderation-input', 'outage', 'retired'])('sample:%s accepts nothing', async (code) => {
    await expect(create(`tea sample:${code}`)).rejects.toMatchObject({ name: 'Never', code });
    expect(await kinds()).toEqual([]);
  });

  it.each(['outage', 'retired'])('sample:%s strikes the first choice only', async (code) => {
    await expect(create(`tea sample:${code}`, { model: 'sample-sketch' })).resolves.toHaveProperty(
      'prediction',
    );
    const provider = service({ outage: (model) => model === 'sample-sketch' });
    await expect(
      provider.create(take({ prompt: `sample:${code}`, model: 'sample-sketch' }), sending()),
    ).rejects.toMatchObject({ code });
  });

  it('sample:moderation-output costs and shows nothing', async () => {
    const provider = service();
    const { prediction } = await provider.create(take({ prompt: 'tea sample:moderation-output' }), sending());
    expect(await ended(provider, prediction)).toEqual({
      state: 'failed',
      reason: 'moderation-output',
      cost: 100_000,
    });
    await expect(provider.fetch(prediction, newFile(), sending().signal)).rejects.toMatchObject({
      code: 'provider-error',
    });
  });

  it('sample:drop is bought, and nobody is told', async () => {
    await expect(create('tea sample:drop')).rejects.toMatchObject({ name: 'TryLater', sent: true });
    const found = await service().find(take(), 0);
    expect(found).toHaveProperty('prediction');
    expect(await kinds()).toEqual([['accepted', 0]]);
  });

  it('sample:busy turns away twice', async () => {
    const provider = service();
    const order = take({ prompt: 'tea sample:busy' });
    for (const _ of [1, 2])
      await expect(provider.create(order, sending())).rejects.toMatchObject({
        name: 'TryLater',
        sent: false,
      });
    expect(await kinds()).toEqual([]);
    await expect(provider.create(order, sending())).resolves.toHaveProperty('prediction');
  });

  it('sample:slow waits five times as long', async () => {
    let now = 0;
    const provider = service({ clock: () => now, wait: { queue: 10, run: 0 } });
    const { prediction } = await provider.create(take({ prompt: 'tea sample:slow' }), sending());
    now = 49_000;
    expect(await provider.watch(prediction)).toMatchObject({ state: 'queued' });
    now = 50_000;
    expect(await provider.watch(prediction)).toMatchObject({ state: 'running' });
    await ended(provider, prediction);
  });

  it('sample:garbage and sample:truncated spoil the file, not the order', async () => {
    const file = async (tag: string) => {
      const provider = service();
      const { prediction } = await provider.create(take({ tag, prompt: `tea ${tag}` }), sending());
      const done = await ended(provider, prediction);
      expect(done).toMatchObject({ state: 'succeeded', cost: 100_000 });
      return filmOf(provider, prediction, sending().signal);
    };
    expect((await file('sample:garbage')).toString()).toMatch(/^<!DOCTYPE html>/);
    const [half, whole] = [await file('sample:truncated'), await file('none')];
    expect(half.length).toBeLessThan(whole.length * 0.6);
  });

  it('never dies of a still that is no picture', async () => {
    const still = join(folder, 'note.png');
    await writeFile(still, 'not a picture');
    const provider = service();
    const { prediction } = await provider.create(take({ still }), sending());
    expect(await ended(provider, prediction)).toEqual({ state: 'failed', reason: 'provider-error', cost: 0 });
    expect((await readFile(join(folder, 'log.jsonl'), 'utf8')).trim().split('\n')).toHaveLength(2);
  });
});
