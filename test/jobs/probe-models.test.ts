import { afterEach, describe, expect, test } from 'vitest';
import type { Catalogue } from '../../src/campaign/model.ts';
import type { Finding } from '../../src/providers/probe.ts';
import { beginProbing } from '../../src/wiring/todays-catalogue.ts';
import { catalogue } from '../campaign/specification.ts';
import { memoryChat } from '../support/chat.ts';
import { type Rig, rig } from '../support/rig.ts';

let open: Rig | undefined;
afterEach(() => open?.close());

const day = 24 * 3_600_000;
const living = catalogue.filter((m) => m.status === 'live');
const fits: Finding = { verdict: 'fits', says: '' };

/** A house whose models are asked for, with one campaign and an admin place. */
async function house(given: { models?: Catalogue; answers?: Record<string, Finding> } = {}) {
  const asked: string[] = [];
  const answers = given.answers ?? {};
  const chat = memoryChat();
  const it = await rig({
    chat: chat.chat,
    policy: { adminPlace: 'memory:admin' },
    models: given.models ?? living,
    probe: async ({ id }) => {
      asked.push(id);
      return answers[id] ?? fits;
    },
  });
  open = it;
  await it.open();
  await it.start();
  const until = async (holds: () => boolean | Promise<boolean>) => {
    const deadline = Date.now() + 5_000;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error('waited in vain');
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  /** Lets the probe run until it waits for a later day. */
  const settle = async () => {
    it.queue.wake(it.clock.now());
    await until(async () => {
      const [waiting] = await it.journal.waiting('house:models');
      return waiting !== undefined && waiting.dueAt > it.clock.now();
    });
    await it.quietAt('workspace:w');
  };
  const start = async () => {
    await beginProbing(it.journal);
    await settle();
  };
  const told = () =>
    chat.log.filter((s) => s.place === 'memory:admin').map((s) => ({ key: s.key, title: s.card.title }));
  return { it, asked, answers, start, settle, told };
}

describe('models are asked for', () => {
  test('at the first start each once, a few at a time, and not again by any start before it is due', async () => {
    const models = Array.from({ length: 9 }, (_, i) => ({
      ...(living[0] as Catalogue[0]),
      id: `m${i}`,
      name: `M${i}`,
    }));
    const { it, asked, start, settle } = await house({ models });
    await start();
    expect(asked).toEqual(models.map((m) => m.id));
    await start();
    it.clock.forward(day - 1);
    await start();
    expect(asked).toHaveLength(9);
    it.clock.forward(1);
    await settle();
    expect(asked).toHaveLength(18);
  });

  test('what is gone is not chosen from then on, and is chosen again when it is back', async () => {
    const answers: Record<string, Finding> = { best: { verdict: 'gone', says: 'no such model' } };
    const { it, start, settle, told } = await house({ answers });
    await start();
    expect(it.catalogue().find((m) => m.id === 'best')?.status).toBe('retired');
    expect(told()).toEqual([{ key: 'gone:best:2026-11-21', title: 'Best is gone' }]);
    delete answers['best'];
    it.clock.forward(day / 24);
    await settle();
    expect(it.catalogue().find((m) => m.id === 'best')?.status).toBe('live');
    expect(told()).toHaveLength(1);
  });

  test('what has changed at its provider is told with what differs', async () => {
    const answers: Record<string, Finding> = {
      best: { verdict: 'differs', says: 'duration is none of 5, 10' },
    };
    const { start, told } = await house({ answers });
    await start();
    expect(told()).toEqual([{ key: 'changed:best:2026-11-21', title: 'Best has changed' }]);
  });
});

describe('an end that comes near', () => {
  const ending = (on: string) => living.map((m) => (m.id === 'best' ? { ...m, shutdownOn: on } : m));

  test('is told 30, 7 and 1 days ahead, each once, whatever day the house starts anew', async () => {
    const { it, start, settle, told } = await house({ models: ending('2026-12-31') });
    await start();
    expect(told()).toEqual([]);
    for (let i = 0; i < 45; i++) {
      it.clock.forward(day);
      await settle();
      await start();
    }
    expect(told()).toEqual([
      { key: 'warning:best:30', title: 'Best ends in 30 days, on 31 Dec 2026' },
      { key: 'warning:best:7', title: 'Best ends in 7 days, on 31 Dec 2026' },
      { key: 'warning:best:1', title: 'Best ends tomorrow, on 31 Dec 2026' },
    ]);
  });

  test('a clock that jumps from 40 days ahead to 5 warns once, for the nearest', async () => {
    const { it, start, settle, told } = await house({ models: ending('2026-12-31') });
    await start();
    it.clock.forward(35 * day);
    await settle();
    expect(told()).toEqual([{ key: 'warning:best:7', title: 'Best ends in 5 days, on 31 Dec 2026' }]);
  });

  test('the day comes from the provider where the catalogue does not know it', async () => {
    const answers: Record<string, Finding> = { best: { verdict: 'ends', says: '', on: '2026-11-22' } };
    const { it, start, settle, told } = await house({ answers });
    await start();
    expect(told()).toEqual([{ key: 'warning:best:1', title: 'Best ends tomorrow, on 22 Nov 2026' }]);
    it.clock.forward(day);
    await settle();
    expect(it.catalogue().find((m) => m.id === 'best')?.status).toBe('retired');
  });
});
