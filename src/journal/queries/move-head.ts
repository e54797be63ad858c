import type { Committed, Step } from '../journal.ts';
import { db, firstRow, type Query, statement, touched } from '../query.ts';

interface HeadRow {
  stream: string;
  workspace: string;
  kind: string;
  expected: number;
  version: number;
  place: string | null;
  status: string;
  title: string;
  person: string;
  snapshot: string;
  now: number;
}

const create = statement((row: HeadRow) =>
  db
    .insertInto('head')
    .values({
      stream: row.stream,
      workspace: row.workspace,
      kind: row.kind,
      version: row.version,
      place: row.place,
      status: row.status,
      title: row.title,
      person: row.person,
      created_at: row.now,
      updated_at: row.now,
      snapshot: row.snapshot,
    })
    .onConflict((taken) => taken.doNothing())
    .returning('version'),
);

const move = statement((row: HeadRow) =>
  db
    .updateTable('head')
    .set({
      version: row.version,
      place: row.place,
      status: row.status,
      title: row.title,
      person: row.person,
      updated_at: row.now,
      snapshot: row.snapshot,
    })
    .where('stream', '=', row.stream)
    .where('workspace', '=', row.workspace)
    .where('version', '=', row.expected)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('head as other')
            .select('other.stream')
            .where('other.place', '=', row.place)
            .where('other.stream', '<>', row.stream),
        ),
      ),
    )
    .returning('version'),
);

/** Nothing happened, so the row stays as it is, but it is held until the transaction ends. */
const stay = statement(({ stream, expected }: { stream: string; expected: number }) =>
  db
    .updateTable('head')
    .set({ version: expected })
    .where('stream', '=', stream)
    .where('version', '=', expected)
    .returning('version'),
);

const versionOf = statement(({ stream }: { stream: string }) =>
  db.selectFrom('head').select('version').where('stream', '=', stream),
);

const holderOf = statement(({ place }: { place: string | null }) =>
  db.selectFrom('head').select('stream').where('place', '=', place),
);

/** The compare-and-swap of a step; null when it succeeded. */
export function* moveHead(step: Step, snapshot: string, now: number): Query<Committed | null> {
  const { stream, workspace, expected, events, head } = step;
  const { kind, place, status, title, person } = head;
  const version = expected + events.length;
  if (events.length === 0) return yield* holdHead(stream, expected);
  const row = { stream, workspace, kind, expected, version, place, status, title, person, snapshot, now };
  if (yield* touched(expected === 0 ? create(row) : move(row))) return null;
  return yield* whyNot(stream, expected, place);
}

function* holdHead(stream: string, expected: number): Query<Committed | null> {
  if (expected > 0) return (yield* touched(stay({ stream, expected }))) ? null : { kind: 'conflict' };
  return (yield* firstRow(versionOf({ stream }))) ? { kind: 'conflict' } : null;
}

function* whyNot(stream: string, expected: number, place: string | null): Query<Committed> {
  const now = yield* firstRow(versionOf({ stream }));
  if ((now?.version ?? 0) !== expected) return { kind: 'conflict' };
  const holder = yield* firstRow(holderOf({ place }));
  return holder ? { kind: 'occupied', stream: holder.stream } : { kind: 'conflict' };
}
