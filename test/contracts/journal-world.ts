import { afterEach, beforeEach } from 'vitest';
import type { Committed, Journal, NewEffect, Step } from '../../src/journal/journal.ts';

/** One fresh journal and what a test may do to it from outside. */
export interface World {
  journal: Journal;
  now(): number;
  /** Lets time go by: a handed clock jumps, a database's own is waited for. Keep it short. */
  pass(milliseconds: number): Promise<void>;
  /** Closes the journal and opens it anew on what it left. */
  reopen(): Promise<void>;
  /** Closes it for good and clears up. */
  end(): Promise<void>;
}

export type OpenWorld = () => Promise<World>;

/** The world of the test that runs: opened before each, ended after it. */
export function eachInItsWorld(open: OpenWorld): World {
  let world: World | null = null;
  const current = (): World => {
    if (!world) throw new Error('no world outside a test');
    return world;
  };
  beforeEach(async () => {
    world = await open();
  });
  afterEach(() => current().end());
  return {
    get journal() {
      return current().journal;
    },
    now: () => current().now(),
    pass: (milliseconds) => current().pass(milliseconds),
    reopen: () => current().reopen(),
    end: () => current().end(),
  };
}

export const effect = (type: string, more: Partial<NewEffect> = {}): NewEffect => ({
  type,
  body: { of: type },
  lane: '',
  due: { in: 0 },
  deadline: null,
  ...more,
});

export const happened = (type: string, effects: NewEffect[] = [], body: unknown = {}): Step['events'][0] => ({
  type,
  v: 1,
  body,
  effects,
});

/** A step that opens stream `a` with one event; say what is different. */
export function step(more: Partial<Omit<Step, 'head'>> & { head?: Partial<Step['head']> } = {}): Step {
  const { head, ...rest } = more;
  return {
    stream: 'a',
    workspace: 'w',
    expected: 0,
    events: [happened('opened')],
    accounts: [],
    postings: [],
    decisions: [],
    ...rest,
    head: {
      kind: 'campaign',
      place: null,
      status: 'briefing',
      title: 'A film',
      person: 'u1',
      snapshot: {},
      ...head,
    },
  };
}

/** Opens a stream whose only event asks for these effects. */
export const asking = (stream: string, effects: NewEffect[], workspace = 'w'): Step =>
  step({ stream, workspace, events: [happened('opened', effects)] });

export async function committed(journal: Journal, what: Step): Promise<number> {
  const result: Committed = await journal.commit(what);
  if (result.kind !== 'committed') throw new Error(`not committed: ${JSON.stringify(result)}`);
  return result.version;
}

export const claimBy = { holder: 'h', lease: 200, skip: [] as string[] };
