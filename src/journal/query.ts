import {
  type Compilable,
  type CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Tables } from './schema.ts';

export type Row = Record<string, string | number | null>;

/**
 * One piece of work on the tables, told as the statements it wants run and fed with their rows. It neither
 * waits nor knows a connection, so one driver can run it in a single turn and another await each statement.
 */
export type Query<T> = Generator<CompiledQuery, T, Row[]>;

/** Builds statements and knows their types; it is connected to nothing. */
export const db = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (any) => new SqliteIntrospector(any),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

class Gap {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

const gaps = new Proxy({}, { get: (_, name) => new Gap(String(name)) });

/**
 * A statement built once, with a gap for each parameter, and filled at every use. Its syntax tree (`query`) is
 * the same object each time: a driver of another dialect compiles that anew, once, and keeps the parameters.
 */
export function statement<Given extends object, Found>(
  build: (given: Given) => Compilable<Found>,
): (given: Given) => CompiledQuery<Found> {
  let built: CompiledQuery<Found> | undefined;
  return (given) => {
    built ??= build(gaps as Given).compile();
    return { ...built, parameters: built.parameters.map((value) => fill(value, given)) };
  };
}

function fill(value: unknown, given: object): unknown {
  if (!(value instanceof Gap)) return value;
  const filled = (given as Record<string, unknown>)[value.name];
  if (filled === undefined) throw new Error(`statement without a value for ${value.name}`);
  return filled;
}

/** Later than everything that begins so. */
export const beyond = (beginning: string): string => `${beginning}\u{10FFFF}`;

/** The rows of one statement. */
export function* rows<Found>(compiled: CompiledQuery<Found>): Query<Found[]> {
  return (yield compiled) as Found[];
}

export function* firstRow<Found>(compiled: CompiledQuery<Found>): Query<Found | null> {
  return (yield* rows(compiled))[0] ?? null;
}

/** Whether a statement that returns what it touched has touched anything. */
export function* touched(compiled: CompiledQuery<unknown>): Query<boolean> {
  return (yield* rows(compiled)).length > 0;
}
