import type { Posting } from '../../campaign/money.ts';
import type { Balance, Committed, Step } from '../journal.ts';
import { db, firstRow, type Query, statement, touched } from '../query.ts';

const ensure = statement(({ id, cap }: { id: string; cap: number }) =>
  db
    .insertInto('account')
    .values({ id, cap, reserved: 0, spent: 0 })
    .onConflict((there) =>
      there
        .column('id')
        .doUpdateSet(({ ref }) => ({ cap: ref('excluded.cap') }))
        .whereRef('account.cap', '<>', 'excluded.cap'),
    ),
);

const reserve = statement(({ id, micros }: { id: string; micros: number }) =>
  db
    .updateTable('account')
    .set(({ eb }) => ({ reserved: eb('reserved', '+', micros) }))
    .where('id', '=', id)
    .where((eb) => eb(eb(eb('reserved', '+', eb.ref('spent')), '+', micros), '<=', eb.ref('cap')))
    .returning('id'),
);

/** An account nobody opened is opened here with a cap of 0: a bill is booked wherever it falls. */
const book = statement(({ id, reserved, spent }: { id: string; reserved: number; spent: number }) =>
  db
    .insertInto('account')
    .values({ id, cap: 0, reserved, spent })
    .onConflict((there) =>
      there.column('id').doUpdateSet((eb) => ({
        reserved: eb('account.reserved', '+', eb.ref('excluded.reserved')),
        spent: eb('account.spent', '+', eb.ref('excluded.spent')),
      })),
    ),
);

const balanceOf = statement(({ id }: { id: string }) =>
  db.selectFrom('account').select(['id', 'cap', 'reserved', 'spent']).where('id', '=', id),
);

export const account = (id: string): Query<Balance | null> => firstRow(balanceOf({ id }));

/**
 * Moves the money of a step, one account after the other in the order of their ids, so that two steps never
 * wait for each other; null when every account allowed it.
 */
export function* post(step: Step): Query<Committed | null> {
  const caps = new Map(step.accounts.map(({ id, cap }) => [id, cap]));
  const ids = new Set([...caps.keys(), ...step.postings.map((posting) => posting.account)]);
  for (const id of [...ids].sort()) {
    const cap = caps.get(id);
    if (cap !== undefined) yield ensure({ id, cap: exact(cap) });
    for (const posting of step.postings) {
      if (posting.account === id && !(yield* apply(posting))) return yield* shortOf(id);
    }
  }
  return null;
}

function* apply({ account: id, kind, micros }: Posting): Query<boolean> {
  exact(micros);
  if (kind === 'reserve') return yield* touched(reserve({ id, micros }));
  yield book({ id, ...moved(kind, micros) });
  return true;
}

function moved(kind: Posting['kind'], micros: number): { reserved: number; spent: number } {
  if (kind === 'release') return { reserved: 0 - micros, spent: 0 };
  return { reserved: 0, spent: kind === 'refund' ? 0 - micros : micros };
}

function* shortOf(id: string): Query<Committed> {
  const found = yield* account(id);
  const left = found ? found.cap - found.reserved - found.spent : 0;
  return { kind: 'short', account: id, left };
}

function exact(micros: number): number {
  if (!Number.isSafeInteger(micros) || micros < 0) throw new RangeError(`${micros} is no amount of money`);
  return micros;
}
