import { afterEach, describe, expect, test } from 'vitest';
import { type Stage, stage, worded } from './stage.ts';

let it: Stage | undefined;
afterEach(() => it?.close());

/** Types a brief with a fault in it, and goes. */
async function go(fault: string, more = ''): Promise<Stage> {
  it = await stage();
  await it.type(`/video A calm film for Aurora tea ${fault} 3s ${more}`);
  await it.until(worded(1));
  await it.type('go');
  return it;
}

const ended = (c: { takes: readonly { endedAt: number | null }[] }) => c.takes[0]?.endedAt != null;

describe('a model that fails', () => {
  test.each(['sample:outage', 'sample:retired'])(
    '%s: another one steps in, and the thread says which and why',
    async (fault) => {
      const { until, idle, printed, paid } = await go(fault);
      const { takes } = await until((c) => c.phase === 'review');
      await idle();
      expect(takes[0]).toMatchObject({ model: 'sample-draft', state: 'finished' });
      expect(printed()).toContain('Sample Cinema could not make it');
      expect(printed()).toContain('using Sample Draft');
      expect((await paid()).map((fact) => fact.model)).toEqual(['sample-draft']);
    },
  );

  test('sample:moderation-input: an answer in plain words, nothing charged, no laxer model asked', async () => {
    const { until, idle, printed, paid, campaign, app } = await go('sample:moderation-input');
    const { takes } = await until(ended);
    await idle();
    expect(takes[0]).toMatchObject({ state: 'failed', reason: 'moderation-input', tried: [], held: null });
    expect(printed()).toContain('safety rules declined');
    expect(await paid()).toEqual([]);
    expect(await app.journal.account(`campaign:${await campaign()}`)).toMatchObject({
      reserved: 0,
      spent: 0,
    });
  });

  test('sample:moderation-output: what the provider billed is booked and said', async () => {
    const { until, idle, printed, paid, campaign, app } = await go('sample:moderation-output');
    const { takes } = await until(ended);
    await idle();
    expect(takes[0]).toMatchObject({ state: 'failed', reason: 'moderation-output', tried: [] });
    const billed = (await paid()).reduce((sum, fact) => sum + fact.cost, 0);
    expect(takes[0]?.billed).toBe(billed);
    expect(await app.journal.account(`campaign:${await campaign()}`)).toMatchObject({
      reserved: 0,
      spent: billed,
    });
    expect(printed()).toContain('Charged: $0.30');
  });

  test.each(['sample:garbage', 'sample:truncated'])(
    '%s: fetched twice, bought once, said plainly',
    async (fault) => {
      const { until, idle, printed, paid } = await go(fault);
      const { takes } = await until(ended);
      await idle();
      expect(takes[0]).toMatchObject({ state: 'failed', reason: 'garbage', downloads: 2 });
      expect(await paid()).toHaveLength(1);
      expect(printed()).toContain('not a playable video');
    },
  );

  test('sample:drop: the answer is lost, the purchase is found again and paid once', async () => {
    const { until, paid } = await go('sample:drop');
    const { takes } = await until((c) => c.phase === 'review');
    expect(takes[0]).toMatchObject({ attempt: 1, state: 'finished' });
    expect(await paid()).toHaveLength(1);
  });

  test('sample:busy: asked again until it has time', async () => {
    const { until, paid } = await go('sample:busy');
    await until((c) => c.phase === 'review');
    expect(await paid()).toHaveLength(1);
  });

  test('a take that failed does not end the campaign: the next one works', async () => {
    const { type, until, idle } = await go('sample:moderation-input');
    await until(ended);
    await idle();
    await type(':3');
    await type('A calm film for Aurora tea, unhurried');
    await until((c) => c.revisions.at(-1)?.by === 'person');
    await idle();
    await type('go');
    const { takes } = await until((c) => c.phase === 'review');
    expect(takes.map((take) => take.state)).toEqual(['failed', 'finished']);
  });
});

describe('the look before money is spent', () => {
  test('harmful words buy neither a still nor a take, and other words go on', async () => {
    it = await stage();
    await it.type('/video A massacre, filmed for Aurora tea 3s');
    await it.until(worded(1));
    await it.type('show me stills');
    await it.until((c) => c.boards[0]?.stills.every((s) => s.state === 'failed') ?? false);
    await it.type('go');
    await it.until(ended);
    await it.idle();
    expect(it.printed()).toContain('The safety check found violence in the words of this prompt');
    expect(await it.paid()).toEqual([]);
    expect(await it.app.journal.account(`campaign:${await it.campaign()}`)).toMatchObject({ reserved: 0 });
    await it.type(':3');
    await it.type('A calm film for Aurora tea, unhurried');
    await it.until((c) => c.revisions.at(-1)?.by === 'person');
    await it.idle();
    await it.type('go');
    await it.until((c) => c.phase === 'review');
  });
});

describe('cancelling', () => {
  test('while the model works: called back, billed as the provider says, and nothing is posted for review', async () => {
    const { type, until, idle, posted, paid } = await go('sample:slow');
    await until((c) => c.takes[0]?.state === 'created');
    await type('cancel');
    const { takes } = await until(ended);
    await idle();
    expect(takes[0]?.state).toBe('canceled');
    expect(takes[0]?.billed).toBe((await paid()).reduce((sum, fact) => sum + fact.cost, 0));
    expect(posted().some((entry) => entry.key.startsWith('review'))).toBe(false);
    const told = posted()
      .filter((entry) => entry.key.startsWith('reply'))
      .at(-1)?.card;
    expect(told?.title).toMatch(/^Cancelled: take 1 is called back, and nothing more is bought/);
    expect(told?.fields).toMatchObject([{ name: 'By', value: 'maya' }]);
  });
});

describe('a budget', () => {
  test('too small for the clip: refused before anything is bought, with what is possible', async () => {
    it = await stage({
      policy: { caps: { take: 200_000, campaign: 200_000, personDay: 200_000, workspaceMonth: 200_000 } },
    });
    await it.type('/video A calm film for Aurora tea 3s');
    await it.until(worded(1));
    await it.type('go');
    await it.until((c) => c.replies.some((r) => r.say.about === 'refusal'));
    await it.idle();
    expect(it.printed()).toContain('one take may cost up to $0.20 here');
    expect(await it.paid()).toEqual([]);
  });
});
