import { describe, expect, test } from 'vitest';
import { usualPolicy, usualTimes } from '../../src/campaign/policy.ts';
import { buyTake } from '../../src/jobs/buy-take.ts';
import type { JobContext } from '../../src/jobs/job.ts';
import type { VideoProvider } from '../../src/providers/video.ts';
import { story } from '../campaign/specification.ts';

const unused = () => {
  throw new Error('nobody is asked to make or to look for anything');
};
const job = buyTake({ videos: unused, storage: {} as never, frame: unused });
const effect = { type: 'buy-take', take: 1, tag: 'c.take1.0.1', look: false } as const;

/** A campaign whose take waits for its purchase. */
function ordered() {
  const it = story();
  it.open();
  it.refine();
  it.told({ type: 'generate' });
  it.told({ type: 'moderation.passed', of: 'take', n: 1, pictures: [], unchecked: null });
  const run = () => job.do(effect, { campaign: it.campaign } as JobContext);
  return { ...it, run };
}

describe('a purchase that runs anew from the beginning', () => {
  test('after people were asked about it proves nothing: it is left to them', async () => {
    const { told, run } = ordered();
    told({ type: 'take.ambiguous', take: 1, tag: effect.tag });
    expect(await run()).toEqual({ done: true });
  });

  test('after it was made elsewhere does nothing', async () => {
    const { told, run } = ordered();
    told({ type: 'take.created', take: 1, tag: effect.tag, prediction: 'p' });
    expect(await run()).toEqual({ done: true });
  });

  test('in a cancelled campaign was never sent: what was held is given back', async () => {
    const { told, run } = ordered();
    told({ type: 'cancel' });
    expect(await run()).toMatchObject({ outcome: { type: 'take.absent' } });
  });
});

describe('a purchase of which nobody heard', () => {
  const { settle, lag } = usualTimes;
  const sentAt = 1_000;

  /** A look at what the provider knows, so long after it was sent, or after it was first not found there. */
  function look(provider: Partial<VideoProvider>, after: number | null, sent: number | null = lag) {
    const { campaign } = ordered();
    const shown: unknown[] = [];
    const context = {
      campaign,
      policy: usualPolicy,
      shown: sent === null ? null : after === null ? { sentAt } : { sentAt, absentSince: sentAt + lag },
      now: () => sentAt + (sent ?? 0) + (after ?? 0),
      show: async (what: unknown) => void shown.push(what),
    } as unknown as JobContext;
    const found = buyTake({ videos: () => provider as VideoProvider, storage: {} as never, frame: unused });
    return { result: found.find(effect, context), shown };
  }
  const lagging = { memory: 'late', find: async () => 'absent' as const } as const;

  test('whose request never left is simply made: no list is asked', async () => {
    expect(await look({ find: unused }, null, null).result).toBe('absent');
  });

  test('is not looked for in vain while its provider may still come to list it', async () => {
    const { result, shown } = look(lagging, null, 100);
    await expect(result).rejects.toMatchObject({ name: 'TryLater', delay: lag - 100, sent: true });
    expect(shown).toEqual([]);
  });

  test('is not proven absent by a list that lags, looked at once', async () => {
    const { result, shown } = look(lagging, null);
    await expect(result).rejects.toMatchObject({ name: 'TryLater', delay: settle, sent: true });
    expect(shown).toEqual([{ sentAt, absentSince: sentAt + lag }]);
  });

  test('nor looked at twice in quick succession', async () => {
    await expect(look(lagging, settle - 1).result).rejects.toMatchObject({ name: 'TryLater' });
  });

  test('is absent once the settle window lies between two looks, or at once where the list is true', async () => {
    const absent = { outcome: { type: 'take.absent', take: 1, tag: effect.tag } };
    expect(await look(lagging, settle).result).toEqual(absent);
    expect(await look({ ...lagging, memory: 'at-once' }, null).result).toEqual(absent);
  });

  test('is left to people where nothing is listed', async () => {
    const { result } = look({ memory: 'never', find: unused }, null);
    expect(await result).toEqual({ outcome: { type: 'take.ambiguous', take: 1, tag: effect.tag } });
  });

  test('is followed where it is found, and looked for later where the list cannot be read', async () => {
    const found = look({ memory: 'late', find: async () => ({ prediction: 'p' }) }, null);
    expect(await found.result).toMatchObject({ outcome: { type: 'take.created', prediction: 'p' } });
    const unread = look({ memory: 'late', find: async () => 'unknown' }, settle);
    await expect(unread.result).rejects.toMatchObject({ name: 'TryLater', sent: true });
  });
});
