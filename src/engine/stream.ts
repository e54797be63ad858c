import type { Account } from '../campaign/money.ts';
import type { Times } from '../campaign/policy.ts';
import { schedule } from '../campaign/schedule.ts';
import type { Journal, Step } from '../journal/journal.ts';
import type { Aggregate } from './aggregate.ts';

/** A state and the version of the history it stands for. */
export interface Loaded<State> {
  stream: string;
  version: number;
  state: State;
}

interface Snapshot<State> {
  v: number;
  state: State;
}

export const streamOf = (kind: string, id: string): string => `${kind}:${id}`;
export const isOf = (kind: string, stream: string): boolean => stream.startsWith(`${kind}:`);
const idOf = (stream: string): string => stream.slice(stream.indexOf(':') + 1);

/** The state now: from the snapshot, or folded from the history where the snapshot is of another version. */
export async function load<State, Input, Fact extends { type: string }>(
  journal: Journal,
  aggregate: Aggregate<State, Input, Fact>,
  stream: string,
): Promise<Loaded<State>> {
  const head = await journal.head(stream);
  if (!head) return { stream, version: 0, state: aggregate.start(idOf(stream)) };
  const snapshot = head.snapshot as Snapshot<State>;
  if (snapshot.v === aggregate.version) return { stream, version: head.version, state: snapshot.state };
  return refold(journal, aggregate, stream);
}

/** The state as the history alone tells it. */
export async function refold<State, Input, Fact extends { type: string }>(
  journal: Journal,
  aggregate: Aggregate<State, Input, Fact>,
  stream: string,
): Promise<Loaded<State>> {
  const history = await journal.history(stream);
  const facts = history.map(({ type, v, body }) => aggregate.read(type, v, body));
  const state = facts.reduce(aggregate.evolve, aggregate.start(idOf(stream)));
  return { stream, version: history.length, state };
}

/** Everything that follows from some facts, as one step of the journal. */
export function stepOf<State, Input, Fact extends { type: string }>(
  aggregate: Aggregate<State, Input, Fact>,
  before: Loaded<State>,
  facts: readonly Fact[],
  by: { workspace: string; times: Times },
): Step {
  let state = before.state;
  const events = facts.map((fact) => {
    state = aggregate.evolve(state, fact);
    const { type, ...body } = fact;
    const effects = aggregate.react(state, fact, by.times).map((effect) => {
      const { type: kind, ...rest } = effect;
      return { type: kind, body: rest, ...schedule(effect, before.stream, by.times) };
    });
    return { type, v: aggregate.version, body, effects };
  });
  return {
    stream: before.stream,
    workspace: by.workspace,
    expected: before.version,
    events,
    accounts: facts.flatMap(accountsIn),
    postings: facts.flatMap(aggregate.postings),
    decisions: facts.flatMap(aggregate.decisions),
    head: { kind: aggregate.kind, ...aggregate.head(state), snapshot: { v: aggregate.version, state } },
  };
}

/** Accounts are named, with their caps, by the reservations and payments an event carries. */
function accountsIn(fact: object): Account[] {
  const held = 'held' in fact ? [fact.held as { accounts: Account[] } | null] : [];
  const stills = 'stills' in fact ? (fact.stills as { held: { accounts: Account[] } }[]) : [];
  const paid = 'paid' in fact ? [fact.paid as { accounts: Account[] }] : [];
  const all = [...held, ...paid, ...stills.map((s) => s.held)].flatMap((h) => h?.accounts ?? []);
  return [...new Map(all.map((account) => [account.id, account])).values()];
}
