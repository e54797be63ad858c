import { forgotten } from '../campaign/words.ts';
import type { LedgerRow } from './journal.ts';
import { isReference, sha256 } from './texts.ts';

type Line = Omit<LedgerRow, 'hash'>;

/** JSON with its names in order, so that equal values have one text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** The hash of a line as it is stored: texts by their references, and the hash of the line before. */
export function hashOf({ stream, n, workspace, at, kind, body, prev }: Line): string {
  return sha256(canonical({ stream, n, workspace, at, kind, body, prev }));
}

/** A stored body as people read it: the text beside its reference, which the hash covers. */
export function readable(stored: unknown, textOf: (hash: string) => string | undefined): unknown {
  const { words } = stored as { words?: unknown };
  if (!isReference(words)) return stored;
  const { words_ref } = words;
  return { ...(stored as object), words: textOf(words_ref) ?? forgotten, words_ref };
}

/**
 * The first row that was changed, forged or whose predecessor is missing, or null if the book holds. Rows are
 * those of `Journal.ledger`, of one stream or of several; rows cut off at the end cannot be seen here.
 */
export function verifyLedger(rows: readonly LedgerRow[]): LedgerRow | null {
  for (const lines of Map.groupBy(rows, (row) => row.stream).values()) {
    let last = { n: 0, hash: '' };
    for (const row of lines.toSorted((a, b) => a.n - b.n)) {
      if (row.n !== last.n + 1 || row.prev !== last.hash || !holds(row)) return row;
      last = row;
    }
  }
  return null;
}

function holds(row: LedgerRow): boolean {
  const { words, words_ref, ...rest } = row.body as { words?: unknown; words_ref?: string };
  if (words_ref === undefined) return row.hash === hashOf(row);
  const genuine = words === forgotten || (typeof words === 'string' && sha256(words) === words_ref);
  return genuine && row.hash === hashOf({ ...row, body: { ...rest, words: { words_ref } } });
}
