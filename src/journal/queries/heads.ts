import type { Selectable } from 'kysely';
import type { Head, Recorded } from '../journal.ts';
import { beyond, db, firstRow, type Query, rows, statement } from '../query.ts';
import type { Tables } from '../schema.ts';
import { reveal } from '../texts.ts';
import { textsFor } from './words.ts';

const byStream = statement(({ stream }: { stream: string }) =>
  db.selectFrom('head').selectAll().where('stream', '=', stream),
);

const byPlace = statement(({ place }: { place: string }) =>
  db.selectFrom('head').selectAll().where('place', '=', place),
);

const board = statement(({ workspace, kind, limit }: { workspace: string; kind: string; limit: number }) =>
  db
    .selectFrom('head')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('kind', '=', kind)
    .orderBy('needs_review', 'desc')
    .orderBy('updated_at', 'desc')
    .limit(limit),
);

interface OfStatus {
  workspace: string;
  kind: string;
  status: string;
  limit: number;
}

const boardOf = statement(({ workspace, kind, status, limit }: OfStatus) =>
  db
    .selectFrom('head')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('kind', '=', kind)
    .where('status', '=', status)
    .orderBy('updated_at', 'desc')
    .limit(limit),
);

interface OfPerson {
  workspace: string;
  kind: string;
  person: string;
  limit: number;
}

const boardBy = statement(({ workspace, kind, person, limit }: OfPerson) =>
  db
    .selectFrom('head')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('kind', '=', kind)
    .where('person', '=', person)
    .orderBy('updated_at', 'desc')
    .limit(limit),
);

interface Within extends OfPerson {
  place: string;
  statuses: readonly string[];
  types: readonly string[];
}

/** Built at every use, as `tenantsHaving`. */
const within = ({ workspace, kind, person, place, statuses, types, limit }: Within) =>
  db
    .selectFrom('head')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('kind', '=', kind)
    .where('person', '=', person)
    .where('status', 'in', statuses)
    .where((where) =>
      where.or([
        where('place', 'is', null),
        where.and([where('place', '>=', `${place}/`), where('place', '<', beyond(`${place}/`))]),
      ]),
    )
    .orderBy(
      ({ fn, selectFrom }) =>
        fn.coalesce(
          selectFrom('event')
            .select(({ fn: { max } }) => max('event.at').as('at'))
            .whereRef('event.stream', '=', 'head.stream')
            .where('event.type', 'in', types),
          'created_at',
        ),
      'desc',
    )
    .orderBy('created_at', 'desc')
    .orderBy('stream', 'desc')
    .limit(limit)
    .compile();

const events = statement(({ stream }: { stream: string }) =>
  db
    .selectFrom('event')
    .select(['seq', 'type', 'v', 'at', 'body'])
    .where('stream', '=', stream)
    .orderBy('seq'),
);

export function* head(stream: string): Query<Head | null> {
  const row = yield* firstRow(byStream({ stream }));
  return row && (yield* readHead(row));
}

export function* headAt(place: string): Query<Head | null> {
  const row = yield* firstRow(byPlace({ place }));
  return row && (yield* readHead(row));
}

export function* heads(query: {
  workspace: string;
  kind: string;
  status?: string;
  limit: number;
}): Query<Head[]> {
  const { status, ...all } = query;
  return yield* readHeads(yield* rows(status === undefined ? board(all) : boardOf({ ...all, status })));
}

export function* headsBy(query: OfPerson): Query<Head[]> {
  return yield* readHeads(yield* rows(boardBy(query)));
}

export function* headsWithin(query: Within): Query<Head[]> {
  return yield* readHeads(yield* rows(within(query)));
}

export function* history(stream: string): Query<Recorded[]> {
  const found = yield* rows(events({ stream }));
  const bodies = found.map(({ body }) => body);
  const texts = yield* textsFor(stream, bodies);
  return found.map((row) => ({ ...row, body: reveal(row.body, texts) }));
}

function* readHeads(found: readonly Selectable<Tables['head']>[]): Query<Head[]> {
  const read: Head[] = [];
  for (const row of found) read.push(yield* readHead(row));
  return read;
}

function* readHead(row: Selectable<Tables['head']>): Query<Head> {
  const { stream, workspace, kind, version, place, status, title, person } = row;
  const texts = yield* textsFor(stream, [row.snapshot]);
  const times = { createdAt: row.created_at, updatedAt: row.updated_at };
  const snapshot = reveal(row.snapshot, texts);
  return { stream, workspace, kind, version, place, status, title, person, ...times, snapshot };
}

const tenants = statement((_: Record<string, never>) =>
  db.selectFrom('head').select('workspace').distinct().orderBy('workspace'),
);

const tenantsIn = statement(({ status }: { status: string }) =>
  db.selectFrom('head').select('workspace').where('kind', '=', 'workspace').where('status', '=', status),
);

const tenantsAt = statement(({ from, to }: { from: string; to: string }) =>
  db
    .selectFrom('head')
    .select('workspace')
    .distinct()
    .where('place', '>=', from)
    .where('place', '<', to)
    .orderBy('workspace'),
);

export function* workspacesAt(beginning: string): Query<string[]> {
  const found = yield* rows(tenantsAt({ from: beginning, to: beyond(beginning) }));
  return found.map(({ workspace }) => workspace);
}

interface Having {
  kind: string;
  statuses: readonly string[];
}

/** Built at every use: how many statuses there are is part of it. */
const tenantsHaving = (status: string, { kind, statuses }: Having) =>
  db
    .selectFrom('head as own')
    .select('own.workspace')
    .where('own.kind', '=', 'workspace')
    .where('own.status', '=', status)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('head')
          .select('head.stream')
          .whereRef('head.workspace', '=', 'own.workspace')
          .where('head.kind', '=', kind)
          .where('head.status', 'in', statuses),
      ),
    )
    .compile();

export function* workspaces(status?: string, having?: Having): Query<string[]> {
  const found = yield* rows(
    status === undefined ? tenants({}) : having ? tenantsHaving(status, having) : tenantsIn({ status }),
  );
  return found.map(({ workspace }) => workspace);
}
