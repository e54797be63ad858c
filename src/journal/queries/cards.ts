import type { ShownCard } from '../journal.ts';
import { db, firstRow, type Query, rows, statement } from '../query.ts';

const byKey = statement(({ place, key }: { place: string; key: string }) =>
  db.selectFrom('card').selectAll().where('place', '=', place).where('key', '=', key),
);

const byMessage = statement(({ message }: { message: string }) =>
  db.selectFrom('card').selectAll().where('message', '=', message).orderBy('place').orderBy('key'),
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

/** Platforms make message ids unique enough that the few that share one can be told apart here. */
export function* cardOf(place: string, message: string): Query<ShownCard | null> {
  const found = yield* rows(byMessage({ message }));
  return found.find((card) => card.place === place || card.place.startsWith(`${place}/`)) ?? null;
}

export function* keepCard(shown: ShownCard): Query<void> {
  yield upsert(shown);
}
