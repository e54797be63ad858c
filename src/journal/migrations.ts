import { CompiledQuery } from 'kysely';
import { Never } from '../errors.ts';
import { db, type Query, rows, statement } from './query.ts';

/** Where the two databases differ in saying the same. */
export interface Dialect {
  integer: 'INTEGER' | 'BIGINT';
  text: 'TEXT' | 'TEXT COLLATE "C"';
  strict: ' STRICT' | '';
}

type Migration = (dialect: Dialect) => string[];

const first: Migration = ({ integer, text, strict }) => [
  `CREATE TABLE event (
    stream ${text} NOT NULL, seq ${integer} NOT NULL, workspace ${text} NOT NULL, type ${text} NOT NULL,
    v ${integer} NOT NULL, at ${integer} NOT NULL, body ${text} NOT NULL,
    PRIMARY KEY (stream, seq))${strict}`,
  `CREATE TABLE effect (
    id ${text} NOT NULL PRIMARY KEY, workspace ${text} NOT NULL, stream ${text} NOT NULL, type ${text} NOT NULL,
    body ${text} NOT NULL, lane ${text} NOT NULL,
    state ${text} NOT NULL CHECK (state IN ('due', 'leased', 'done', 'parked')),
    due_at ${integer} NOT NULL, nth ${integer} NOT NULL, deadline_at ${integer}, attempt ${integer} NOT NULL,
    fence ${integer} NOT NULL, holder ${text}, lease_until ${integer}, live ${text},
    poked ${integer} NOT NULL CHECK (poked IN (0, 1)),
    ready_at ${integer} GENERATED ALWAYS AS
      (CASE state WHEN 'due' THEN due_at WHEN 'leased' THEN lease_until END) STORED,
    CHECK ((state = 'leased') = (lease_until IS NOT NULL)))${strict}`,
  // What is over leaves these three, so a claim costs the same after a million effects.
  'CREATE INDEX effect_ready ON effect (ready_at) WHERE ready_at IS NOT NULL',
  "CREATE INDEX effect_leased ON effect (lane, workspace) WHERE state = 'leased'",
  'CREATE INDEX effect_open ON effect (stream) WHERE ready_at IS NOT NULL',
  `CREATE TABLE head (
    stream ${text} NOT NULL PRIMARY KEY, workspace ${text} NOT NULL, kind ${text} NOT NULL,
    version ${integer} NOT NULL, place ${text} UNIQUE, status ${text} NOT NULL, title ${text} NOT NULL,
    person ${text} NOT NULL, created_at ${integer} NOT NULL, updated_at ${integer} NOT NULL,
    snapshot ${text} NOT NULL,
    needs_review ${integer} GENERATED ALWAYS AS
      (CASE status WHEN 'needsReview' THEN 1 ELSE 0 END) STORED)${strict}`,
  'CREATE INDEX head_board ON head (workspace, kind, needs_review, updated_at)',
  'CREATE INDEX head_status ON head (workspace, kind, status, updated_at)',
  `CREATE TABLE inbox (
    workspace ${text} NOT NULL, incoming ${text} NOT NULL, at ${integer} NOT NULL, answer ${text} NOT NULL,
    PRIMARY KEY (workspace, incoming))${strict}`,
  `CREATE TABLE account (
    id ${text} NOT NULL PRIMARY KEY, cap ${integer} NOT NULL, reserved ${integer} NOT NULL,
    spent ${integer} NOT NULL)${strict}`,
  `CREATE TABLE ledger (
    stream ${text} NOT NULL, n ${integer} NOT NULL, workspace ${text} NOT NULL, at ${integer} NOT NULL,
    kind ${text} NOT NULL CHECK (kind IN ('money', 'decision')), body ${text} NOT NULL, prev ${text} NOT NULL,
    hash ${text} NOT NULL, PRIMARY KEY (stream, n))${strict}`,
  'CREATE INDEX ledger_workspace ON ledger (workspace, at)',
  `CREATE TABLE card (
    place ${text} NOT NULL, key ${text} NOT NULL, stream ${text} NOT NULL, message ${text} NOT NULL,
    generation ${integer} NOT NULL, hash ${text} NOT NULL, file ${text}, PRIMARY KEY (place, key))${strict}`,
  'CREATE INDEX card_message ON card (place, message)',
  `CREATE TABLE kept (
    space ${text} NOT NULL, key ${text} NOT NULL, value ${text} NOT NULL, PRIMARY KEY (space, key))${strict}`,
  `CREATE TABLE words (
    stream ${text} NOT NULL, sha256 ${text} NOT NULL, text ${text} NOT NULL, PRIMARY KEY (stream, sha256))${strict}`,
];

/** A reaction names a message and a channel, not the conversation in it. */
const cardsByMessage: Migration = () => [
  'DROP INDEX card_message',
  'CREATE INDEX card_message ON card (message)',
];

/** What one process at a time may do. */
const holds: Migration = ({ integer, text, strict }) => [
  `CREATE TABLE hold (
    name ${text} NOT NULL PRIMARY KEY, holder ${text} NOT NULL, until ${integer} NOT NULL)${strict}`,
];

/** Whose it is, what a platform keeps: it goes with its workspace. '' for what is nobody's. */
const keptOf: Migration = ({ text }) => [
  `ALTER TABLE kept ADD COLUMN workspace ${text} NOT NULL DEFAULT ''`,
  'CREATE INDEX kept_workspace ON kept (workspace, space)',
];

/** Whether all of a journal is here. */
const copying: Migration = ({ integer, strict }) => [
  `CREATE TABLE copying (since ${integer} NOT NULL)${strict}`,
];

/** In order and never changed once released: the first is version 1. */
const migrations: readonly Migration[] = [first, cardsByMessage, holds, keptOf, copying];

const newest = statement(() =>
  db.selectFrom('migration').select(({ fn }) => fn.max('version').as('version')),
);
const note = statement(({ version, at }: { version: number; at: number }) =>
  db.insertInto('migration').values({ version, at }),
);

function* versionFound(): Query<number> {
  const [found] = yield* rows(newest({}));
  const version = found?.version ?? 0;
  if (version > migrations.length)
    throw new Never('journal-newer', `the journal is of version ${version}, newer than this program's`);
  return version;
}

/** Whether `migrate`, which has ended here before, would change nothing; refuses what it refuses. */
export function* isMigrated(): Query<boolean> {
  return (yield* versionFound()) === migrations.length;
}

/** Brings the tables up to date; refuses a journal that a newer program has written. */
export function* migrate(dialect: Dialect, now: number): Query<void> {
  const { integer, strict } = dialect;
  yield CompiledQuery.raw(
    `CREATE TABLE IF NOT EXISTS migration (
      version ${integer} NOT NULL PRIMARY KEY, at ${integer} NOT NULL)${strict}`,
  );
  const version = yield* versionFound();
  for (const [i, migration] of migrations.entries()) {
    if (i < version) continue;
    for (const sql of migration(dialect)) yield CompiledQuery.raw(sql);
    yield note({ version: i + 1, at: now });
  }
}
