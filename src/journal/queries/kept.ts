import { db, firstRow, type Query, statement } from '../query.ts';

const find = statement(({ space, key }: { space: string; key: string }) =>
  db.selectFrom('kept').select('value').where('space', '=', space).where('key', '=', key),
);

const upsert = statement(({ space, key, value }: { space: string; key: string; value: string }) =>
  db
    .insertInto('kept')
    .values({ space, key, value })
    .onConflict((there) =>
      there.columns(['space', 'key']).doUpdateSet(({ ref }) => ({ value: ref('excluded.value') })),
    ),
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
export function* keep(space: string, key: string, value: unknown): Query<void> {
  if (value === null || value === undefined) yield drop({ space, key });
  else yield upsert({ space, key, value: JSON.stringify(value) });
}
