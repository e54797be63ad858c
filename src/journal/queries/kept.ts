import { beyond, db, firstRow, type Query, rows, statement } from '../query.ts';
import type { Tables } from '../schema.ts';

const find = statement(({ space, key }: { space: string; key: string }) =>
  db.selectFrom('kept').select('value').where('space', '=', space).where('key', '=', key),
);

type Row = Tables['kept'];

/** Whoever does not say whose it is leaves it whose it was. */
const upsert = statement(({ space, key, value }: Omit<Row, 'workspace'>) =>
  db
    .insertInto('kept')
    .values({ space, key, value, workspace: '' })
    .onConflict((there) =>
      there.columns(['space', 'key']).doUpdateSet(({ ref }) => ({ value: ref('excluded.value') })),
    ),
);

const upsertOf = statement(({ space, key, value, workspace }: Row) =>
  db
    .insertInto('kept')
    .values({ space, key, value, workspace })
    .onConflict((there) =>
      there.columns(['space', 'key']).doUpdateSet(({ ref }) => ({
        value: ref('excluded.value'),
        workspace: ref('excluded.workspace'),
      })),
    ),
);

const keys = statement(({ space, from, to }: { space: string; from: string; to: string }) =>
  db
    .selectFrom('kept')
    .select('key')
    .where('space', '=', space)
    .where('key', '>=', from)
    .where('key', '<', to)
    .orderBy('key'),
);

const owners = statement(({ space }: { space: string }) =>
  db
    .selectFrom('kept')
    .select('workspace')
    .distinct()
    .where('space', '=', space)
    .where('workspace', '!=', '')
    .orderBy('workspace'),
);

const dropOf = statement(({ workspace }: { workspace: string }) =>
  db.deleteFrom('kept').where('workspace', '=', workspace).returning('key'),
);

const drop = statement(({ space, key }: { space: string; key: string }) =>
  db.deleteFrom('kept').where('space', '=', space).where('key', '=', key),
);

const pluck = statement(({ space, key }: { space: string; key: string }) =>
  db.deleteFrom('kept').where('space', '=', space).where('key', '=', key).returning('value'),
);

export function* takeKept(space: string, key: string): Query<unknown> {
  const row = yield* firstRow(pluck({ space, key }));
  return row ? JSON.parse(row.value) : null;
}

export function* kept(space: string, key: string): Query<unknown> {
  const row = yield* firstRow(find({ space, key }));
  return row ? JSON.parse(row.value) : null;
}

/** Nothing (null or undefined) is kept by no row at all. */
export function* keep(space: string, key: string, value: unknown, workspace = ''): Query<void> {
  if (value === null || value === undefined) yield drop({ space, key });
  else {
    const row = { space, key, value: JSON.stringify(value) };
    yield workspace === '' ? upsert(row) : upsertOf({ ...row, workspace });
  }
}

export function* keptKeys(space: string, beginning: string): Query<string[]> {
  const found = yield* rows(keys({ space, from: beginning, to: beyond(beginning) }));
  return found.map(({ key }) => key);
}

export function* keptOf(space: string): Query<string[]> {
  return (yield* rows(owners({ space }))).map(({ workspace }) => workspace);
}

export function* forgetKept(workspace: string): Query<number> {
  return workspace === '' ? 0 : (yield* rows(dropOf({ workspace }))).length;
}
