import { expect, it } from 'vitest';
import type { Intent } from '../../src/campaign/intent.ts';
import type { Posting } from '../../src/campaign/money.ts';
import { usualPolicy } from '../../src/campaign/policy.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { verifyLedger } from '../../src/journal/chain.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { catalogue } from '../campaign/specification.ts';
import { eachInItsWorld, type OpenWorld } from './journal-world.ts';

const people = ['maya', 'lee', 'kim'];
const campaigns = 100;
const asks = 1_900;
const racing = 300;
const stills = 6;
/** A cap in boards of stills, and what does not suffice for one more. */
const boards = (n: number) => n * stills * 10_000 + stills * 10_000 - 1;
const caps = { take: 1, campaign: boards(1), personDay: boards(3), workspaceMonth: boards(7) };

/** The whole way that money takes, from what a person asks to the books, with nobody to do the work. */
export function raceContract(open: OpenWorld): void {
  const world = eachInItsWorld(open);

  /** An engine on this journal, and how many items it has tried to reserve money for. */
  function engineThatCounts() {
    let n = 0;
    const tried = { items: 0 };
    const commit: Journal['commit'] = (step) => {
      tried.items += new Set(step.postings.map(({ item }) => item)).size;
      return world.journal.commit(step);
    };
    const engine = createEngine({
      journal: { ...world.journal, commit },
      queue: { wake: () => {}, onWake: () => {}, stopLooking: async () => undefined, close: async () => {} },
      catalogue: () => catalogue,
      clock: world.now,
      newId: () => `id${++n}`,
      usualPolicy: { ...usualPolicy, stills, caps },
    });
    const tell = (id: string, i: number, at: { place: string } | { campaign: string }, intent: Intent) =>
      engine.tell({ id, workspace: 'w', person: people[i % people.length] ?? '', at, intent });
    return { tell, tried };
  }

  it('ten thousand reservations, racing in a hundred campaigns for few budgets, never exceed a cap', async () => {
    const { tell, tried } = engineThatCounts();
    const worded = async (_: unknown, i: number) => {
      const opening: Intent = { type: 'open', words: 'Tea', options: {}, references: [], place: 'p' };
      const { campaign } = await tell(`open${i}`, i, { place: 'p' }, opening);
      const at = { campaign: campaign ?? '' };
      await tell(`edit${i}`, i, at, { type: 'edit-prompt', words: 'steam over a cup' });
      return at;
    };
    const opened = await Promise.all(Array.from({ length: campaigns }, worded));
    const ask = (_: unknown, i: number) =>
      tell(`ask${i}`, i, opened[i % campaigns] ?? { campaign: '' }, { type: 'make-stills' });
    const told = [];
    // As many at once as race in earnest; more would only wait in line for a connection.
    for (let i = 0; i < asks; i += racing)
      told.push(
        ...(await Promise.all(Array.from({ length: Math.min(racing, asks - i) }, (_, j) => ask(_, i + j)))),
      );

    expect(tried.items).toBeGreaterThanOrEqual(10_000);
    expect(told.filter(({ refusal }) => refusal === null)).toHaveLength(7);
    const why = new Set(told.flatMap(({ refusal }) => refusal?.refusal ?? []));
    expect([...why].sort()).toEqual(['cap-account', 'stills-running']);

    const ledger = await world.journal.ledger({ workspace: 'w' });
    expect(verifyLedger(ledger)).toBeNull();
    const booked = Map.groupBy(ledger, ({ body }) => (body as Posting).account);
    expect(booked.size).toBeGreaterThan(7);
    for (const [id, rows] of booked) {
      const account = await world.journal.account(id);
      expect(account?.reserved).toBe(rows.reduce((sum, { body }) => sum + (body as Posting).micros, 0));
      expect(account?.reserved).toBeLessThanOrEqual(account?.cap ?? 0);
    }
  }, 60_000);
}
