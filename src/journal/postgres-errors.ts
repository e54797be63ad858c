import { Never } from '../errors.ts';

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? '');

// A place taken in the same instant (23505), a deadlock or a serialisation failure: nothing has happened.
const raced: ReadonlySet<string> = new Set(['23505', '40001', '40P01']);
const mostRaces = 5;

/** Again where another came in between. */
export async function untilAlone<T>(run: () => Promise<T>): Promise<T> {
  for (let race = 1; ; race++) {
    try {
      return await run();
    } catch (error) {
      if (race >= mostRaces || !raced.has(codeOf(error))) throw error;
    }
  }
}

/** What PostgreSQL or its driver says, in our words; a bug passes through. */
export async function inOurWords<T>(work: () => Promise<T>): Promise<T> {
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
  if (/^(08|25P03|53|57|58)/.test(code) || /^E[A-Z]+$/.test(code) || isCut(cause))
    return new Never('journal-unreachable', 'PostgreSQL does not answer at DATABASE_URL. Is it running?', {
      cause,
    });
  return null;
}

/** The driver says it in words alone when a connection ends, is not had in time, or stays silent. */
export const isCut = (error: unknown): boolean =>
  error instanceof Error &&
  /connection (terminated|ended)|timeout exceeded|read timeout|not queryable/i.test(error.message);
