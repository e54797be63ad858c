import { describe, expect, test } from 'vitest';
import { usualPolicy, usualTimes } from '../../src/campaign/policy.ts';
import { Never } from '../../src/errors.ts';
import type { JobContext } from '../../src/jobs/job.ts';
import { makeStill } from '../../src/jobs/make-still.ts';
import type { StillProvider } from '../../src/providers/still.ts';
import { story } from '../campaign/specification.ts';

const effect = { type: 'make-still', board: 1, still: 2 } as const;
const unused = () => {
  throw new Error('nobody is asked to make or to look for anything');
};
const jobWith = (provider: Partial<StillProvider>) =>
  makeStill({
    stills: () => provider as StillProvider,
    storage: {} as never,
    frame: () => ({ width: 16, height: 9 }),
  });

/** A campaign whose storyboard may be made. */
function ordered() {
  const it = story();
  it.open();
  it.refine();
  it.told({ type: 'make-stills' });
  it.told({ type: 'moderation.passed', of: 'stills', n: 1, pictures: [], unchecked: null });
  return it;
}

describe('a still whose campaign was cancelled before its turn', () => {
  test('is called off, and nothing is bought', async () => {
    const it = ordered();
    it.told({ type: 'cancel' });
    const result = await jobWith({ make: unused }).do(effect, { campaign: it.campaign } as JobContext);
    const { board, still } = effect;
    expect(result).toEqual({
      outcome: { type: 'still.failed', board, still, reason: 'called-off', cost: 0 },
    });
  });
});

describe('a still of which nobody heard', () => {
  const { lag, settle } = usualTimes;
  const sentAt = 1_000;

  /** A look so long after it was sent; `absent` so long since it was first not found. */
  function look(
    provider: Partial<StillProvider>,
    {
      sent = sentAt,
      after = 0,
      absent = null,
    }: Partial<{ sent: number | null; after: number; absent: number | null }> = {},
  ) {
    const now = sentAt + after;
    const shown: unknown[] = [];
    const trace =
      sent === null ? null : { sentAt: sent, ...(absent === null ? {} : { absentSince: now - absent }) };
    const context = {
      campaign: ordered().campaign,
      policy: usualPolicy,
      shown: trace,
      now: () => now,
      show: async (what: unknown) => void shown.push(what),
      signal: AbortSignal.timeout(1_000),
      unwanted: async () => false,
    } as unknown as JobContext;
    return { result: jobWith(provider).find(effect, context), shown };
  }
  const lagging = { memory: 'late', find: async () => 'absent' as const } as const;
  const unread = { memory: 'late', find: async () => 'unknown' as const } as const;

  test('whose request never left is simply made: nobody is asked', async () => {
    expect(await look({ memory: 'never', find: unused }, { sent: null }).result).toBe('absent');
    expect(await look({ memory: 'late', find: unused }, { sent: null }).result).toBe('absent');
  });

  test('is looked for since it was sent', async () => {
    const since: number[] = [];
    const find = async (_: unknown, at: number) => {
      since.push(at);
      return 'absent' as const;
    };
    await look({ memory: 'at-once', find }, { after: 7 }).result;
    expect(since).toEqual([sentAt]);
  });

  test('is not proven absent before its list can no longer be late', async () => {
    const { result, shown } = look(lagging, { after: lag - 1 });
    await expect(result).rejects.toMatchObject({ name: 'TryLater', delay: 1, sent: true });
    expect(shown).toEqual([]);
  });

  test('nor by one look', async () => {
    const { result, shown } = look(lagging, { after: lag });
    await expect(result).rejects.toMatchObject({ name: 'TryLater', delay: settle, sent: true });
    expect(shown).toEqual([{ sentAt, absentSince: sentAt + lag }]);
  });

  test('is absent after two, the settle window apart, or at once where the list is true', async () => {
    expect(await look(lagging, { after: lag + settle, absent: settle }).result).toBe('absent');
    expect(await look({ ...lagging, memory: 'at-once' }, { after: 1 }).result).toBe('absent');
  });

  test('is looked for again while the list cannot be read, and left to people once that has taken too long', async () => {
    const early = look(unread, { after: lag + settle - 1 }).result;
    await expect(early).rejects.toMatchObject({ name: 'TryLater', sent: true });
    const { board, still } = effect;
    const ambiguous = { outcome: { type: 'still.ambiguous', board, still } };
    expect(await look(unread, { after: lag + settle }).result).toEqual(ambiguous);
    expect(await look({ memory: 'never', find: unused }).result).toEqual(ambiguous);
  });

  test('and was found to have come to nothing is booked as its provider billed it', async () => {
    const find = async () => {
      throw new Never('expired', 'gone', { billed: 45_000 });
    };
    expect(await look({ memory: 'late', find }).result).toMatchObject({
      outcome: { type: 'still.failed', reason: 'expired', cost: 45_000 },
    });
  });
});
