import type { GeneratedAlways } from 'kysely';

/**
 * The tables, as both databases keep them: JSON is text and never queried into, money is micro-dollars, times
 * are milliseconds, and booleans are 0 or 1.
 */
export interface Tables {
  migration: { version: number; at: number };
  /** Has a row while only a part of another journal has been copied into this one. */
  copying: { since: number };
  event: {
    stream: string;
    seq: number;
    workspace: string;
    type: string;
    v: number;
    at: number;
    body: string;
  };
  effect: EffectTable;
  head: {
    stream: string;
    workspace: string;
    kind: string;
    version: number;
    place: string | null;
    status: string;
    title: string;
    person: string;
    created_at: number;
    updated_at: number;
    snapshot: string;
    /** Orders a board: what waits for a person stands first. */
    needs_review: GeneratedAlways<number>;
  };
  inbox: { workspace: string; incoming: string; at: number; answer: string };
  account: { id: string; cap: number; reserved: number; spent: number };
  ledger: {
    stream: string;
    n: number;
    workspace: string;
    at: number;
    kind: 'money' | 'decision';
    body: string;
    prev: string;
    hash: string;
  };
  card: {
    place: string;
    key: string;
    stream: string;
    message: string;
    generation: number;
    hash: string;
    file: string | null;
  };
  kept: { space: string; key: string; value: string; workspace: string };
  /** What one process at a time may do, and until when unless it prolongs it. */
  hold: { name: string; holder: string; until: number };
  /** What people wrote, once per stream: the only table a text can be deleted from. */
  words: { stream: string; sha256: string; text: string };
}

interface EffectTable {
  id: string;
  workspace: string;
  stream: string;
  type: string;
  body: string;
  lane: string;
  state: 'due' | 'leased' | 'done' | 'parked';
  due_at: number;
  /** Keeps effects of one instant in the order they were asked for: their ids do not (`a/10/1` < `a/9/1`). */
  nth: number;
  deadline_at: number | null;
  attempt: number;
  fence: number;
  holder: string | null;
  lease_until: number | null;
  live: string | null;
  /** 1 if it was asked for again while it was leased. */
  poked: number;
  /** When it may be claimed next: due, or its lease run out. Null once it is over. */
  ready_at: GeneratedAlways<number | null>;
}
