import type { ShownCard } from '../journal.ts';
import { db, firstRow, type Query, statement } from '../query.ts';

const byKey = statement(({ place, key }: { place: string; key: string }) =>
  db.selectFrom('card').selectAll().where('place', '=', place).where('key', '=', key),
);

const byMessage = statement(({ place, message }: { place: string; message: string }) =>
  db
    .selectFrom('card')
    .selectAll()
    .where('place', '=', place)
    .where('message', '=', message)
    .orderBy('key')
    .limit(1),
);

const upsert = statement(({ place, key, stream, message, generation, hash, file }: ShownCard) =>
  db
    .insertInto('card')
    .values({ place, key, stream, message, generation, hash, file })
    .onConflict((there) =>
      there.columns(['place', 'key']).doUpdateSet(({ ref }) => ({
        stream: ref('excluded.stream'),
        message: ref('excluded.message'),
        generation: ref('excluded.generation'),
        hash: ref('excluded.hash'),
        file: ref('excluded.file'),
      })),
    ),
);

export const card = (place: string, key: string): Query<ShownCard | null> => firstRow(byKey({ place, key }));

export const cardOf = (place: string, message: string): Query<ShownCard | null> =>
  firstRow(byMessage({ place, message }));

export function* keepCard(shown: ShownCard): Query<void> {
  yield upsert(shown);
}
