import { describe, expect, it } from 'vitest';
import type { Posting } from '../../src/campaign/money.ts';
import { hashOf, verifyLedger } from '../../src/journal/chain.ts';
import type { LedgerRow } from '../../src/journal/journal.ts';
import { committed, eachInItsWorld, effect, happened, type OpenWorld, step } from './journal-world.ts';

const posting = (kind: Posting['kind'], account: string, micros: number): Posting => ({
  account,
  kind,
  micros,
  item: 'take:1',
});

const decision = {
  take: '1a',
  sha256: 'f'.repeat(64),
  verdict: 'approve',
  person: 'u9',
  role: 'brand lead',
  words: 'Lovely. Ship it.',
};

export function moneyContract(open: OpenWorld): void {
  const world = eachInItsWorld(open);
  const month = { id: 'month', cap: 1000 };
  const day = { id: 'day', cap: 500 };

  const reserving = (stream: string, micros: number, accounts = [month, day]) =>
    step({ stream, accounts, postings: accounts.map(({ id }) => posting('reserve', id, micros)) });

  describe('a reservation', () => {
    it('is granted up to the cap, to the micro-dollar', async () => {
      await committed(world.journal, reserving('a', 499));
      await committed(world.journal, reserving('b', 1));
      expect(await world.journal.account('day')).toEqual({ id: 'day', cap: 500, reserved: 500, spent: 0 });
      expect(await world.journal.commit(reserving('c', 1))).toEqual({
        kind: 'short',
        account: 'day',
        left: 0,
      });
    });

    it('that one account refuses is undone on all of them, with the whole step', async () => {
      await committed(world.journal, reserving('a', 400));
      const events = [happened('opened', [effect('buy')])];
      const short = { ...reserving('b', 200, [{ ...month, id: 'above' }, day]), events };
      const result = await world.journal.commit({ ...short, incoming: { id: 'i', answer: 1 } });
      expect(result).toEqual({ kind: 'short', account: 'day', left: 100 });
      expect(await world.journal.account('above')).toBeNull();
      expect(await world.journal.account('day')).toMatchObject({ reserved: 400 });
      expect(await world.journal.head('b')).toBeNull();
      expect(await world.journal.waiting('b')).toEqual([]);
      expect(await world.journal.ledger({ stream: 'b' })).toEqual([]);
      expect(await world.journal.seen('w', 'i')).toBeNull();
    });

    it('that was booked on suspicion is refunded once it is known better', async () => {
      await committed(world.journal, reserving('a', 300));
      const postings = [posting('release', 'day', 300), posting('settle', 'day', 300)];
      await committed(world.journal, step({ stream: 'a', expected: 1, postings }));
      const better = step({ stream: 'a', expected: 2, postings: [posting('refund', 'day', 250)] });
      await committed(world.journal, better);
      expect(await world.journal.account('day')).toMatchObject({ reserved: 0, spent: 50 });
    });

    it('on an account nobody opened is short', async () => {
      const postings = [posting('reserve', 'nowhere', 0)];
      const result = await world.journal.commit(step({ postings }));
      expect(result).toEqual({ kind: 'short', account: 'nowhere', left: 0 });
    });

    it('is measured by the newest cap', async () => {
      await committed(world.journal, reserving('a', 400));
      await committed(world.journal, reserving('b', 400, [month, { ...day, cap: 800 }]));
      expect(await world.journal.account('day')).toMatchObject({ cap: 800, reserved: 800 });
      const lowered = reserving('c', 1, [{ ...month, cap: 100 }]);
      expect(await world.journal.commit(lowered)).toEqual({ kind: 'short', account: 'month', left: -700 });
      expect(await world.journal.account('month')).toMatchObject({ cap: 1000 });
    });

    it('never exceeds a cap when a thousand race for it', async () => {
      const cap = { id: 'month', cap: 100_000 };
      const race = (n: number) => world.journal.commit(reserving(`s${n}`, 300 + (n % 7), [cap]));
      const results = await Promise.all(Array.from({ length: 1000 }, (_, n) => race(n)));
      const granted = results.filter(({ kind }) => kind === 'committed').length;
      expect(results.filter(({ kind }) => kind === 'short')).toHaveLength(1000 - granted);
      const { reserved } = (await world.journal.account('month')) ?? { reserved: 0 };
      const booked = await world.journal.ledger({ workspace: 'w' });
      expect(booked).toHaveLength(granted);
      expect(booked.reduce((sum, row) => sum + (row.body as Posting).micros, 0)).toBe(reserved);
      expect(reserved).toBeLessThanOrEqual(cap.cap);
      expect(reserved).toBeGreaterThan(cap.cap - 300);
    });
  });

  describe('a bill', () => {
    it('releases what was held and books what was spent', async () => {
      await committed(world.journal, reserving('a', 400));
      const postings = [posting('release', 'day', 400), posting('settle', 'day', 380)];
      await committed(world.journal, step({ expected: 1, postings }));
      expect(await world.journal.account('day')).toMatchObject({ reserved: 0, spent: 380 });
      expect(await world.journal.commit(reserving('b', 121))).toMatchObject({ kind: 'short', left: 120 });
    });

    it('beyond the cap is booked all the same', async () => {
      await committed(world.journal, reserving('a', 500));
      await committed(world.journal, step({ expected: 1, postings: [posting('settle', 'day', 900)] }));
      expect(await world.journal.account('day')).toMatchObject({ reserved: 500, spent: 900 });
      expect(await world.journal.commit(reserving('b', 1))).toMatchObject({ kind: 'short', left: -900 });
    });

    it('on an account nobody opened is booked there', async () => {
      await committed(world.journal, step({ postings: [posting('settle', 'lost', 70)] }));
      expect(await world.journal.account('lost')).toEqual({ id: 'lost', cap: 0, reserved: 0, spent: 70 });
    });

    it('that frees an account makes room in the same step', async () => {
      await committed(world.journal, reserving('a', 500));
      const postings = [posting('release', 'day', 500), posting('reserve', 'day', 450)];
      await committed(world.journal, step({ expected: 1, accounts: [day], postings }));
      expect(await world.journal.account('day')).toMatchObject({ reserved: 450 });
    });

    it.each([0.5, -1, Number.NaN, 2 ** 53])(
      'of %s micro-dollars is a bug and changes nothing',
      async (micros) => {
        const postings = [posting('settle', 'day', 1), posting('settle', 'day', micros)];
        await expect(world.journal.commit(step({ postings }))).rejects.toThrow(RangeError);
        expect(await world.journal.head('a')).toBeNull();
        expect(await world.journal.account('day')).toBeNull();
      },
    );
  });

  describe('the book', () => {
    async function fill(): Promise<LedgerRow[]> {
      await committed(world.journal, { ...reserving('a', 10), decisions: [decision] });
      const settled = [posting('settle', 'day', 10)];
      const more = { expected: 1, decisions: [decision], postings: settled };
      await committed(world.journal, step(more));
      return world.journal.ledger({ stream: 'a' });
    }

    it('holds every posting and decision, in order, chained', async () => {
      const rows = await fill();
      expect(rows.map(({ n, kind }) => [n, kind])).toEqual([
        [1, 'money'],
        [2, 'money'],
        [3, 'decision'],
        [4, 'money'],
        [5, 'decision'],
      ]);
      expect(rows.map(({ prev }) => prev)).toEqual(['', ...rows.slice(0, -1).map(({ hash }) => hash)]);
      expect(rows[0]?.body).toEqual(posting('reserve', 'month', 10));
      expect(rows[2]).toMatchObject({ stream: 'a', workspace: 'w', body: decision });
      expect(verifyLedger(rows)).toBeNull();
    });

    it('is one for a workspace and none for its neighbour', async () => {
      await fill();
      await committed(world.journal, reserving('b', 5));
      await committed(world.journal, { ...reserving('c', 5), workspace: 'other' });
      const rows = await world.journal.ledger({ workspace: 'w' });
      expect(rows).toHaveLength(7);
      expect(verifyLedger(rows)).toBeNull();
      expect(await world.journal.ledger({ workspace: 'other' })).toHaveLength(2);
    });

    it('holds after the words of its decisions are forgotten', async () => {
      await fill();
      await world.journal.forget('a');
      const rows = await world.journal.ledger({ stream: 'a' });
      expect(rows[2]?.body).toMatchObject({ ...decision, words: '[forgotten]' });
      expect(verifyLedger(rows)).toBeNull();
    });

    it.each<[string, (rows: LedgerRow[]) => void, number]>([
      ['an amount', ([row]) => Object.assign(row?.body as object, { micros: 9 }), 1],
      ['a verdict', (rows) => Object.assign(rows[2]?.body as object, { verdict: 'reject' }), 3],
      ['the words of a decision', (rows) => Object.assign(rows[2]?.body as object, { words: 'No.' }), 3],
      ['a time', (rows) => Object.assign(rows[3] as object, { at: 1 }), 4],
      ['a workspace', (rows) => Object.assign(rows[3] as object, { workspace: 'x' }), 4],
      ['a row taken out', (rows) => void rows.splice(1, 1), 3],
      ['a row taken out and the rest renumbered', renumbered, 2],
      ['a row forged with a hash that fits', forged, 3],
      ['the first row taken out', (rows) => void rows.shift(), 2],
    ])('shows that %s was changed', async (_, tamper, broken) => {
      const rows = structuredClone(await fill());
      tamper(rows);
      expect(verifyLedger(rows)?.n).toBe(broken);
    });
  });
}

function renumbered(rows: LedgerRow[]): void {
  rows.splice(1, 1);
  for (const [i, row] of rows.entries()) row.n = i + 1;
}

function forged([, row]: LedgerRow[]): void {
  if (!row) return;
  row.body = { ...(row.body as object), micros: 1 };
  row.hash = hashOf(row);
}
