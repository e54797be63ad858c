import { type ExpressionBuilder, sql } from 'kysely';
import type { Backlog, Claimed } from '../journal.ts';
import { db, firstRow, type Query, rows, statement, touched } from '../query.ts';
import type { Tables } from '../schema.ts';

// Written out, not as a parameter: only so does the planner see that the partial index answers.
const leased = sql<boolean>`state = 'leased'`;

interface Claiming {
  now: number;
  until: number;
  holder: string;
}

/** How many effects each workspace has running now: the fewest goes first. */
const running = (now: number) =>
  db
    .selectFrom('effect')
    .select(({ fn }) => ['workspace', fn.countAll<number>().as('n')])
    .where(leased)
    .where('lease_until', '>', now)
    .groupBy('workspace')
    .as('running');

const inLane = (now: number, { selectFrom }: ExpressionBuilder<Tables, 'effect'>) =>
  selectFrom('effect as other')
    .select('other.id')
    .where(sql<boolean>`other.state = 'leased'`)
    .where('other.lease_until', '>', now)
    .whereRef('other.lane', '=', 'effect.lane');

const nextOne = (now: number, skip: readonly string[]) =>
  db
    .selectFrom('effect')
    .leftJoin(running(now), 'running.workspace', 'effect.workspace')
    .select('effect.id')
    .where('effect.ready_at', '<=', now)
    .$if(skip.length > 0, (all) => all.where('effect.type', 'not in', skip))
    .where((eb) => eb.or([eb('effect.lane', '=', ''), eb.not(eb.exists(inLane(now, eb)))]))
    .orderBy(sql`coalesce(running.n, 0)`)
    .orderBy('effect.due_at')
    .orderBy('effect.nth')
    .orderBy('effect.id')
    .limit(1);

const take = (given: Claiming, skip: readonly string[]) =>
  db
    .updateTable('effect')
    .set(({ eb }) => ({
      state: 'leased',
      fence: eb('fence', '+', 1),
      attempt: eb('attempt', '+', 1),
      holder: given.holder,
      lease_until: given.until,
      poked: 0,
    }))
    .where('id', '=', nextOne(given.now, skip))
    // Of what was found a moment ago, somebody may have prolonged or ended the lease since.
    .where('ready_at', '<=', given.now)
    .returning(['id', 'stream', 'workspace', 'type', 'body', 'live', 'attempt', 'fence', 'deadline_at']);

const tries = 3;
const nextAny = statement(({ now }: Claiming) => nextOne(now, []));
const next = (given: Claiming, skip: readonly string[]) =>
  skip.length === 0 ? nextAny(given) : nextOne(given.now, skip).compile();

const takeAny = statement((given: Claiming) => take(given, []));

const readyFirst = statement(({ after }: { after: number }) =>
  db
    .selectFrom('effect')
    .select(({ fn }) => fn.min('ready_at').as('at'))
    .where('ready_at', '>', after),
);

const byType = statement(({ now }: { now: number }) =>
  db
    .selectFrom('effect')
    .select(({ fn, eb, lit, case: choose }) => {
      const isDue = eb.and([eb('state', '=', 'due'), eb('ready_at', '<=', now)]);
      return [
        'type',
        fn.sum<number>(choose().when(isDue).then(lit(1)).else(lit(0)).end()).as('due'),
        fn.sum<number>(choose().when('state', '=', 'leased').then(lit(1)).else(lit(0)).end()).as('leased'),
        fn.min(choose().when(isDue).then(eb.ref('ready_at')).else(null).end()).as('since'),
      ];
    })
    .where('ready_at', 'is not', null)
    .groupBy('type')
    .orderBy('type'),
);

const prolong = statement((given: { id: string; fence: number; until: number }) =>
  db
    .updateTable('effect')
    .set({ lease_until: given.until })
    .where('id', '=', given.id)
    .where('fence', '=', given.fence)
    .where('state', '=', 'leased')
    .returning('id'),
);

const freeAll = statement(({ now }: { now: number }) =>
  db
    .updateTable('effect')
    .set({ state: 'due', due_at: now, holder: null, lease_until: null })
    .where(leased)
    .returning('id'),
);

/**
 * Takes one due effect. Two claims must not run at the same time, or both could find a lane free: a driver
 * with several connections lets one in after the other.
 */
export function* claim(
  by: { holder: string; lease: number; skip: readonly string[] },
  now: number,
): Query<Claimed | null> {
  const given = { now, until: now + by.lease, holder: by.holder };
  const any = by.skip.length === 0;
  const query = () => (any ? takeAny(given) : take(given, by.skip).compile());
  let row = yield* firstRow(query());
  // What was found just now may have been prolonged or ended meanwhile: something else may be due all the same.
  for (let n = 1; !row && n < tries && (yield* firstRow(next(given, by.skip))); n++)
    row = yield* firstRow(query());
  if (!row) return null;
  const { deadline_at: deadlineAt, ...rest } = row;
  const body: unknown = JSON.parse(row.body);
  const live: unknown = row.live === null ? null : JSON.parse(row.live);
  return { ...rest, body, live, claimedAt: now, deadlineAt };
}

export function* nextDue(after: number): Query<number | null> {
  const row = yield* firstRow(readyFirst({ after }));
  return row?.at ?? null;
}

export function* backlog(now: number): Query<Backlog[]> {
  const found = yield* rows(byType({ now }));
  return found.map(({ type, due, leased, since }) => ({
    ...{ type, due: Number(due), leased: Number(leased) },
    since: since === null ? null : Number(since),
  }));
}

export const renew = (effect: { id: string; fence: number; lease: number }, now: number): Query<boolean> =>
  touched(prolong({ id: effect.id, fence: effect.fence, until: now + effect.lease }));

/** Ends every lease: right only where all who could hold one are dead. */
export function* recover(now: number): Query<number> {
  return (yield* rows(freeAll({ now }))).length;
}
