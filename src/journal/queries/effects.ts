import type { CompiledQuery } from 'kysely';
import type { NewEffect } from '../journal.ts';
import { db, type Query, rows, statement, touched } from '../query.ts';

export type Placed = NewEffect & { id: string; stream: string; workspace: string; nth?: number };

interface EffectRow {
  id: string;
  workspace: string;
  stream: string;
  type: string;
  body: string;
  lane: string;
  due: number;
  nth: number;
  deadline: number | null;
}

const valuesOf = ({ id, workspace, stream, type, body, lane, due, nth, deadline }: EffectRow) => ({
  ...{ id, workspace, stream, type, body, lane, due_at: due, nth, deadline_at: deadline },
  ...{ state: 'due' as const, attempt: 0, fence: 0, poked: 0 },
});

const insert = statement((row: EffectRow) => db.insertInto('effect').values(valuesOf(row)));

/** What is leased keeps its lease and is only marked; what waits for a retry keeps its count of attempts. */
const insertOrWake = statement((row: EffectRow) =>
  db
    .insertInto('effect')
    .values(valuesOf(row))
    .onConflict((there) =>
      there.column('id').doUpdateSet(({ case: choose, ref, and, eb, lit }) => ({
        body: ref('excluded.body'),
        deadline_at: ref('excluded.deadline_at'),
        poked: choose().when('effect.state', '=', 'leased').then(lit(1)).else(lit(0)).end(),
        state: choose()
          .when('effect.state', '=', 'leased')
          .then('leased' as const)
          .else('due' as const)
          .end(),
        due_at: choose()
          .when('effect.state', '=', 'leased')
          .then(ref('effect.due_at'))
          .when(and([eb('effect.state', '=', 'due'), eb('effect.due_at', '<', ref('excluded.due_at'))]))
          .then(ref('effect.due_at'))
          .else(ref('excluded.due_at'))
          .end(),
        attempt: choose()
          .when('effect.state', 'in', ['due', 'leased'])
          .then(ref('effect.attempt'))
          .else(0)
          .end(),
      })),
    ),
);

/** Only what is not over; neither its body nor its deadline nor its count of attempts changes. */
const hasten = statement(({ id, now }: { id: string; now: number }) =>
  db
    .updateTable('effect')
    .set(({ case: choose, ref, and, eb, lit }) => ({
      poked: choose().when('state', '=', 'leased').then(lit(1)).else(lit(0)).end(),
      due_at: choose()
        .when(and([eb('state', '=', 'due'), eb('due_at', '>', now)]))
        .then(now)
        .else(ref('due_at'))
        .end(),
    }))
    .where('id', '=', id)
    .where('ready_at', 'is not', null)
    .returning('id'),
);

/** A poked one is due again instead: somebody asked after this run had looked. */
const finish = statement((given: { id: string; fence: number; state: 'done' | 'parked'; now: number }) =>
  db
    .updateTable('effect')
    .set(({ case: choose, ref }) => ({
      state: choose()
        .when('poked', '=', 1)
        .then('due' as const)
        .else(given.state)
        .end(),
      due_at: choose().when('poked', '=', 1).then(given.now).else(ref('due_at')).end(),
      attempt: choose().when('poked', '=', 1).then(0).else(ref('attempt')).end(),
      ...{ poked: 0, holder: null, lease_until: null, live: null },
    }))
    .where('id', '=', given.id)
    .where('fence', '=', given.fence)
    .where('state', '=', 'leased')
    .returning('id'),
);

/** `skip` is the part of the delay that somebody who poked it meanwhile does without. */
const release = statement(
  (given: { id: string; fence: number; due: number; skip: number; fresh: number; live: string | null }) =>
    db
      .updateTable('effect')
      .set(({ case: choose, ref, fn, val, eb }) => ({
        state: 'due',
        due_at: eb(val(given.due), '-', eb('poked', '*', given.skip)),
        attempt: choose().when(val(given.fresh), '=', 1).then(0).else(ref('attempt')).end(),
        live: fn.coalesce(val(given.live), 'live'),
        ...{ holder: null, lease_until: null },
      }))
      .where('id', '=', given.id)
      .where('fence', '=', given.fence)
      .where('state', '=', 'leased')
      .returning('id'),
);

const exhibit = statement((given: { id: string; fence: number; live: string }) =>
  db
    .updateTable('effect')
    .set({ live: given.live })
    .where('id', '=', given.id)
    .where('fence', '=', given.fence)
    .where('state', '=', 'leased')
    .returning('id'),
);

const shown = statement(({ stream }: { stream: string }) =>
  db
    .selectFrom('effect')
    .select(['type', 'body', 'live'])
    .where('stream', '=', stream)
    .where('ready_at', 'is not', null)
    .where('live', 'is not', null)
    .orderBy('id'),
);

const open = statement(({ stream }: { stream: string }) =>
  db
    .selectFrom('effect')
    .select(['id', 'type', 'body', 'due_at as dueAt'])
    .where('stream', '=', stream)
    .where('ready_at', 'is not', null)
    .orderBy('due_at')
    .orderBy('id'),
);

function rowOf(effect: Placed, now: number): EffectRow {
  const { id, workspace, stream, type, body, lane, due, deadline, nth = 0 } = effect;
  return {
    ...{ id, workspace, stream, type, lane, nth },
    body: JSON.stringify(body ?? null),
    due: 'at' in due ? due.at : now + due.in,
    deadline: deadline === null ? null : now + deadline,
  };
}

export const newEffect = (effect: Placed, now: number): CompiledQuery => insert(rowOf(effect, now));

export function* poke(effect: Placed, now: number): Query<void> {
  yield insertOrWake(rowOf(effect, now));
}

export const hurry = (id: string, now: number): Query<boolean> => touched(hasten({ id, now }));

/** Ends an effect under its fence. */
export const end = (
  effect: { id: string; fence: number; state: 'done' | 'parked' },
  now: number,
): Query<boolean> => touched(finish({ ...effect, now }));

export function giveBack(
  effect: {
    id: string;
    fence: number;
    delay: number;
    fresh: boolean;
    live?: unknown;
    unlessPoked?: boolean;
  },
  now: number,
): Query<boolean> {
  const { id, fence, delay } = effect;
  const live = effect.live === undefined ? null : JSON.stringify(effect.live);
  const skip = effect.unlessPoked ? delay : 0;
  return touched(release({ id, fence, due: now + delay, skip, fresh: effect.fresh ? 1 : 0, live }));
}

export const show = (effect: { id: string; fence: number; live: unknown }): Query<boolean> =>
  touched(exhibit({ ...effect, live: JSON.stringify(effect.live) }));

export function* live(stream: string): Query<{ type: string; body: unknown; live: unknown }[]> {
  const found = yield* rows(shown({ stream }));
  return found.map((row) => ({
    type: row.type,
    body: JSON.parse(row.body),
    live: JSON.parse(row.live ?? 'null'),
  }));
}

export function* waiting(
  stream: string,
): Query<{ id: string; type: string; body: unknown; dueAt: number }[]> {
  const found = yield* rows(open({ stream }));
  return found.map(({ body, ...row }) => ({ ...row, body: JSON.parse(body) as unknown }));
}
