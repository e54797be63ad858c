import { canonical, hashOf, readable } from '../chain.ts';
import type { LedgerRow, Step } from '../journal.ts';
import { db, firstRow, type Query, rows, statement } from '../query.ts';
import { hide, type Texts } from '../texts.ts';
import { textsFor } from './words.ts';

type Line = Omit<LedgerRow, 'body'> & { body: string };

const lastOf = statement(({ stream }: { stream: string }) =>
  db.selectFrom('ledger').select(['n', 'hash']).where('stream', '=', stream).orderBy('n', 'desc').limit(1),
);

const insert = statement(({ stream, n, workspace, at, kind, body, prev, hash }: Line) =>
  db.insertInto('ledger').values({ stream, n, workspace, at, kind, body, prev, hash }),
);

const ofStream = statement(({ stream }: { stream: string }) =>
  db.selectFrom('ledger').selectAll().where('stream', '=', stream).orderBy('n'),
);

const ofWorkspace = statement(({ workspace }: { workspace: string }) =>
  db
    .selectFrom('ledger')
    .selectAll()
    .where('workspace', '=', workspace)
    .orderBy('at')
    .orderBy('stream')
    .orderBy('n'),
);

/** Writes the money and the decisions of a step into the book, each line chained to the one before. */
export function* append(step: Step, texts: Texts, now: number): Query<void> {
  const { stream, workspace, postings, decisions } = step;
  const entries = [
    ...postings.map((body) => ({ kind: 'money' as const, body })),
    ...decisions.map((body) => ({ kind: 'decision' as const, body })),
  ];
  if (entries.length === 0) return;
  let last = (yield* firstRow(lastOf({ stream }))) ?? { n: 0, hash: '' };
  for (const { kind, body: given } of entries) {
    const body: unknown = JSON.parse(hide(given, texts));
    const line = { stream, n: last.n + 1, workspace, at: now, kind, body, prev: last.hash };
    last = { n: line.n, hash: hashOf(line) };
    yield insert({ ...line, body: canonical(body), hash: last.hash });
  }
}

export function* ledger(of: { stream: string } | { workspace: string }): Query<LedgerRow[]> {
  const found = yield* rows('stream' in of ? ofStream(of) : ofWorkspace(of));
  const texts = new Map<string, Texts>();
  for (const [stream, lines] of Map.groupBy(found, (row) => row.stream)) {
    const bodies = lines.map((row) => row.body);
    texts.set(stream, yield* textsFor(stream, bodies));
  }
  return found.map((row) => ({
    ...row,
    body: readable(JSON.parse(row.body), (hash) => texts.get(row.stream)?.get(hash)),
  }));
}
