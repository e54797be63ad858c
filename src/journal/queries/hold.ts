import { db, type Query, statement, touched } from '../query.ts';

interface Wish {
  name: string;
  holder: string;
  now: number;
  until: number;
}

/** Of two who want it, the first; whoever has it prolongs it. */
const take = statement(({ name, holder, now, until }: Wish) =>
  db
    .insertInto('hold')
    .values({ name, holder, until })
    .onConflict((there) =>
      there
        .column('name')
        .doUpdateSet(({ ref }) => ({ holder: ref('excluded.holder'), until: ref('excluded.until') }))
        .where((eb) => eb.or([eb('hold.until', '<=', now), eb('hold.holder', '=', holder)])),
    )
    .returning('name'),
);

const drop = statement(({ name, holder }: { name: string; holder: string }) =>
  db.deleteFrom('hold').where('name', '=', name).where('holder', '=', holder).returning('name'),
);

export const hold = (wish: { name: string; holder: string; lease: number }, now: number): Query<boolean> =>
  touched(take({ name: wish.name, holder: wish.holder, now, until: now + wish.lease }));

export const letGo = (held: { name: string; holder: string }): Query<boolean> => touched(drop(held));
