import { db, firstRow, type Query, statement, touched } from '../query.ts';

interface Entry {
  workspace: string;
  incoming: string;
  at: number;
  answer: string;
}

const insert = statement(({ workspace, incoming, at, answer }: Entry) =>
  db
    .insertInto('inbox')
    .values({ workspace, incoming, at, answer })
    .onConflict((taken) => taken.doNothing())
    .returning('incoming'),
);

const find = statement(({ workspace, incoming }: { workspace: string; incoming: string }) =>
  db.selectFrom('inbox').select('answer').where('workspace', '=', workspace).where('incoming', '=', incoming),
);

export function* seen(workspace: string, incoming: string): Query<{ answer: unknown } | null> {
  const row = yield* firstRow(find({ workspace, incoming }));
  return row && { answer: JSON.parse(row.answer) };
}

/** Writes an incoming id down with its answer; or says what it was answered the first time. */
export function* enter(
  workspace: string,
  incoming: { id: string; answer: unknown },
  now: number,
): Query<{ answer: unknown } | null> {
  const answer = JSON.stringify(incoming.answer ?? null);
  const isNew = yield* touched(insert({ workspace, incoming: incoming.id, at: now, answer }));
  return isNew ? null : yield* seen(workspace, incoming.id);
}
