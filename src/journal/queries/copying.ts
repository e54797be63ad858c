import { Never } from '../../errors.ts';
import { db, type Query, rows, statement } from '../query.ts';

const mark = statement(({ now }: { now: number }) => db.insertInto('copying').values({ since: now }));
const unmark = statement(() => db.deleteFrom('copying'));
const marks = statement(() => db.selectFrom('copying').select('since'));

/** From now on whoever opens this journal is told that it is only a part of one. */
export function* beginCopy(now: number): Query<void> {
  yield mark({ now });
}

export function* endCopy(): Query<void> {
  yield unmark({});
}

/** Throws Never(`journal-half`) where a copy has begun and not ended. */
export function* mustBeWhole(): Query<void> {
  if ((yield* rows(marks({}))).length === 0) return;
  throw new Never(
    'journal-half',
    'This journal is only a part of one: a copy into it is under way or was cut off. Empty the database (or take another), then run npm run journal -- copy again.',
  );
}
