import { Socket } from 'node:net';
import { type CompiledQuery, PostgresQueryCompiler } from 'kysely';
import pg from 'pg';
import { atMost } from '../patience.ts';
import { inOurWords, isCut, untilAlone } from './postgres-errors.ts';
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
  /** The server's clock. */
  time(): Promise<number>;
  /** Takes seconds at most, and cuts off what is still asked then. */
  close(): Promise<void>;
}

export interface PoolParts {
  url: string;
  connections: number;
  /** Milliseconds for an answer; a server that is silent for longer is away. */
  patience?: number;
}

type Keep<T> = (result: T) => boolean;

// As long as a person waits for an answer; a server that is restarted needs less.
const connectWithin = 10_000;
// Who freezes in the midst of a transaction holds what all others wait for: the server then ends it.
const frozenFor = 10_000;
// Longer than another may hold what a statement waits for.
const answerWithin = 15_000;
/** The server gives up first where it can: then the connection is as good as before. */
const ahead = 0.9;
const goodbye = 3_000;

export function openPool({ url, connections, patience = answerWithin }: PoolParts): Pool {
  const lines = new Set<Socket>();
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: Math.min(connectWithin, patience),
    query_timeout: patience,
    statement_timeout: Math.ceil(patience * ahead),
    stream: () => remembered(lines),
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
      // Who is silent would not hear it: without the connection the server undoes what it began.
      broken = isCut(error) ? (error as Error) : await failure(client.query('ROLLBACK'));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    write: (turn, query, keep = () => true) => inOurWords(() => untilAlone(() => write(turn, query, keep))),
    read: (query) => inOurWords(() => drive(pool, query)),
    async setting(name) {
      const { rows } = await inOurWords(() => pool.query<{ value: string }>(current, [name]));
      return rows[0]?.value ?? '';
    },
    async time() {
      const { rows } = await inOurWords(() => pool.query<{ now: number }>(clock));
      return timeIn(rows);
    },
    close: () => {
      closed ??= ended(pool, lines);
      return closed;
    },
  };
}

const failure = (work: Promise<unknown>): Promise<Error | undefined> =>
  work.then(
    () => undefined,
    (error: Error) => error,
  );

function remembered(lines: Set<Socket>): Socket {
  const line = new Socket();
  lines.add(line);
  return line.once('close', () => lines.delete(line));
}

/** A server that is away never says goodbye, and a connection that waits for it would keep the process alive. */
async function ended(pool: pg.Pool, lines: ReadonlySet<Socket>): Promise<void> {
  await atMost(goodbye, pool.end());
  for (const line of lines) line.destroySoon();
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
  return timeIn(answers.at(-1)?.rows);
}

function timeIn(rows: { now: number }[] | undefined): number {
  const now = rows?.[0]?.now;
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
