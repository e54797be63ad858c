import { type CompiledQuery, PostgresQueryCompiler } from 'kysely';
import pg from 'pg';
import { Never } from '../errors.ts';
import type { Query, Row } from './query.ts';

/** Connections to one database. */
export interface Pool {
  /**
   * In one transaction, `now` being the server's clock; rolled back if the query throws or its result is not one
   * to `keep`. With a `turn` only one at a time, over all processes of this schema.
   */
  write<T>(turn: string | null, query: (now: number) => Query<T>, keep?: Keep<T>): Promise<T>;
  read<T>(query: Query<T>): Promise<T>;
  setting(name: string): Promise<string>;
  close(): Promise<void>;
}

type Keep<T> = (result: T) => boolean;

// As long as a person waits for an answer; a server that is restarted needs less.
const connectWithin = 10_000;
// Who freezes in the midst of a transaction holds what all others wait for: the server then ends it.
const frozenFor = 10_000;

export function openPool(url: string, connections: number): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectWithin,
    idle_in_transaction_session_timeout: frozenFor,
    keepAlive: true,
    application_name: 'dailies',
    types: { getTypeParser },
  });
  // A connection that breaks while nobody uses it is replaced when somebody does.
  pool.on('error', () => undefined);
  // Nor may one that breaks between two statements of a transaction end the process: the next statement says so.
  pool.on('connect', (client) => client.on('error', () => undefined));
  let closed: Promise<void> | undefined;

  async function write<T>(turn: string | null, query: (now: number) => Query<T>, keep: Keep<T>): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      const now = await begin(client, turn);
      const result = await drive(client, query(now));
      await client.query(keep(result) ? 'COMMIT' : 'ROLLBACK');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((failed: Error) => {
        broken = failed;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    write: (turn, query, keep = () => true) => orNever(() => untilAlone(() => write(turn, query, keep))),
    read: (query) => orNever(() => drive(pool, query)),
    async setting(name) {
      const { rows } = await orNever(() => pool.query<{ value: string }>(current, [name]));
      return rows[0]?.value ?? '';
    },
    close: () => {
      closed ??= pool.end();
      return closed;
    },
  };
}

const current = 'SELECT current_setting($1) AS value';
const clock = 'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now';

/** One journey for both: a transaction begins, and the server says what time it is. */
async function begin(client: pg.PoolClient, turn: string | null): Promise<number> {
  const wait = turn
    ? `SELECT pg_advisory_xact_lock(hashtextextended('dailies ${turn} ' || current_schema(), 0));`
    : '';
  const answers = (await client.query(`BEGIN; ${wait} ${clock}`)) as unknown as pg.QueryResult<{
    now: number;
  }>[];
  const now = answers.at(-1)?.rows[0]?.now;
  if (now === undefined) throw new Error('the database did not say what time it is');
  return now;
}

async function drive<T>(client: pg.Pool | pg.PoolClient, query: Query<T>): Promise<T> {
  let step = query.next();
  while (!step.done) {
    const { rows } = await client.query<Row>(translated(step.value));
    step = query.next(rows);
  }
  return step.value;
}

const compiler = new PostgresQueryCompiler();
const known = new WeakMap<object, string>();
const names = new Map<string, string>();

/** The same statement in PostgreSQL's words, prepared under a name: its tree is compiled once. */
function translated({ query, queryId, parameters }: CompiledQuery): pg.QueryConfig {
  let text = known.get(query);
  if (text === undefined) {
    text = compiler.compileQuery(query, queryId).sql;
    known.set(query, text);
  }
  const name = names.get(text) ?? `dailies_${names.size}`;
  names.set(text, name);
  return { name, text, values: parameters as unknown[] };
}

const int8 = 20;

/** Money and times are int8, which arrives as text; one that a number cannot hold is a damaged row. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return oid === int8 ? safeInteger : pg.types.getTypeParser(oid, format as 'text');
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is no safe integer`);
  return value;
}

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? '');

// A place taken in the same instant (23505), a deadlock or a serialisation failure: nothing has happened.
const raced: ReadonlySet<string> = new Set(['23505', '40001', '40P01']);
const mostRaces = 5;

async function untilAlone<T>(run: () => Promise<T>): Promise<T> {
  for (let race = 1; ; race++) {
    try {
      return await run();
    } catch (error) {
      if (race >= mostRaces || !raced.has(codeOf(error))) throw error;
    }
  }
}

async function orNever<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw meaning(error) ?? error;
  }
}

/** By SQLSTATE class, see appendix A of PostgreSQL's manual; Node's own codes stand for a broken connection. */
function meaning(cause: unknown): Never | null {
  if (cause instanceof Never) return null;
  const code = codeOf(cause);
  if (code === '53100') return new Never('journal-full', 'The disk of PostgreSQL is full.', { cause });
  if (/^(28|3D000|42501)/.test(code))
    return new Never('journal-refused', `PostgreSQL lets us not in: ${(cause as Error).message}.`, { cause });
  if (/^(08|25P03|53|57P|58)/.test(code) || /^E[A-Z]+$/.test(code) || isCut(cause))
    return new Never('journal-unreachable', 'PostgreSQL does not answer.', { cause });
  return null;
}

/** The driver says it in words alone when a connection ends or is not had in time. */
const isCut = (error: unknown): boolean =>
  error instanceof Error &&
  /connection (terminated|ended)|timeout exceeded|not queryable/i.test(error.message);
