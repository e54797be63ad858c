import { forgotten } from '../../campaign/words.ts';
import { db, type Query, rows, statement } from '../query.ts';
import { hasHidden, type Texts } from '../texts.ts';

const textsOf = statement(({ stream }: { stream: string }) =>
  db.selectFrom('words').select(['sha256', 'text']).where('stream', '=', stream),
);

const keep = statement(({ stream, sha256, text }: { stream: string; sha256: string; text: string }) =>
  db
    .insertInto('words')
    .values({ stream, sha256, text })
    .onConflict((taken) => taken.doNothing()),
);

const drop = statement(({ stream }: { stream: string }) =>
  db.deleteFrom('words').where('stream', '=', stream).returning('sha256'),
);

const untitle = statement(({ stream }: { stream: string }) =>
  db.updateTable('head').set({ title: forgotten }).where('stream', '=', stream),
);

const known = statement(({ stream }: { stream: string }) =>
  db.selectFrom('words').select('sha256').where('stream', '=', stream),
);

interface Texted {
  workspace: string;
  kind: string;
  status: string;
  limit: number;
}

const withTexts = ({ workspace, kind, status }: Texted) =>
  db
    .selectFrom('head')
    .select('stream')
    .where('workspace', '=', workspace)
    .where('kind', '=', kind)
    .where('status', '=', status)
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('words').select('words.stream').whereRef('words.stream', '=', 'head.stream')),
    );
const textedOf = statement((given: Texted) => withTexts(given).limit(given.limit));
const textedBy = statement((given: Texted & { person: string }) =>
  withTexts(given).where('person', '=', given.person).limit(given.limit),
);

export function* texted({ person, ...all }: Texted & { person?: string }): Query<string[]> {
  const found = yield* rows(person === undefined ? textedOf(all) : textedBy({ ...all, person }));
  return found.map(({ stream }) => stream);
}

/** Keeps the texts of a stream that are not kept yet: a snapshot repeats most of them at every step. */
export function* keepTexts(stream: string, texts: Texts): Query<void> {
  if (texts.size === 0) return;
  const there = new Set((yield* rows(known({ stream }))).map(({ sha256 }) => sha256));
  for (const [sha256, text] of texts) if (!there.has(sha256)) yield keep({ stream, sha256, text });
}

/** The texts that some stored JSON of a stream refers to. */
export function* textsFor(stream: string, stored: readonly string[]): Query<Texts> {
  if (!stored.some(hasHidden)) return new Map();
  const found = yield* rows(textsOf({ stream }));
  return new Map(found.map(({ sha256, text }) => [sha256, text]));
}

/** A title is made of the texts, so it goes with them. */
export function* forget(stream: string): Query<number> {
  const dropped = yield* rows(drop({ stream }));
  if (dropped.length > 0) yield untitle({ stream });
  return dropped.length;
}
