import type { Journal } from './journal.ts';
import { card, cardOf, keepCard } from './queries/cards.ts';
import { backlog, claim, nextDue, recover, renew } from './queries/claim.ts';
import { commit } from './queries/commit.ts';
import { end, giveBack, hurry, live, poke, show, waiting } from './queries/effects.ts';
import {
  head,
  headAt,
  heads,
  headsBy,
  headsWithin,
  history,
  workspaces,
  workspacesAt,
} from './queries/heads.ts';
import { hold, letGo } from './queries/hold.ts';
import { enter, seen } from './queries/inbox.ts';
import { forgetKept, keep, kept, keptKeys, keptOf, takeKept } from './queries/kept.ts';
import { ledger } from './queries/ledger.ts';
import { account } from './queries/money.ts';
import { forget, texted } from './queries/words.ts';
import type { Query } from './query.ts';

/** What a database has to do for a journal: run queries. All else is said in the queries. */
export interface Runner {
  /**
   * Runs a query as one transaction, `now` being the database's clock. Rolled back if it throws, or if its
   * result is not one to `keep`.
   */
  write<T>(query: (now: number) => Query<T>, keep?: (result: T) => boolean): Promise<T>;
  /** As `write`, one at a time over all connections and processes. */
  writeAlone<T>(query: (now: number) => Query<T>): Promise<T>;
  read<T>(query: Query<T>): Promise<T>;
  close(): Promise<void>;
}

export function journalOf({ write, writeAlone, read, close }: Runner): Journal {
  return {
    commit: (step) =>
      write(
        (now) => commit(step, now),
        ({ kind }) => kind === 'committed',
      ),
    head: (stream) => read(head(stream)),
    headAt: (place) => read(headAt(place)),
    heads: (query) => read(heads(query)),
    headsBy: (query) => read(headsBy(query)),
    headsWithin: (query) => read(headsWithin(query)),
    texted: (query) => read(texted(query)),
    workspaces: (status, having) => read(workspaces(status, having)),
    workspacesAt: (beginning) => read(workspacesAt(beginning)),
    history: (stream) => read(history(stream)),
    seen: (workspace, incoming) => read(seen(workspace, incoming)),
    async answer(workspace, incoming, answer) {
      await write((now) => enter(workspace, { id: incoming, answer }, now));
    },
    claim: (by) => writeAlone((now) => claim(by, now)),
    nextDue: (after) => read(nextDue(after)),
    backlog: (now) => read(backlog(now)),
    renew: (effect) => write((now) => renew(effect, now)),
    show: (effect) => write(() => show(effect)),
    giveBack: (effect) => write((now) => giveBack(effect, now)),
    finish: (effect) => write((now) => end(effect, now)),
    hurry: (id) => write((now) => hurry(id, now)),
    poke: (effect) => write((now) => poke(effect, now)),
    recover: () => write(recover),
    waiting: (stream) => read(waiting(stream)),
    live: (stream) => read(live(stream)),
    card: (place, key) => read(card(place, key)),
    cardOf: (place, message) => read(cardOf(place, message)),
    keepCard: (shown) => write(() => keepCard(shown)),
    account: (id) => read(account(id)),
    ledger: (of) => read(ledger(of)),
    hold: (wish) => write((now) => hold(wish, now)),
    letGo: (held) => write(() => letGo(held)),
    kept: (space, key) => read(kept(space, key)),
    keep: (space, key, value, workspace) => write(() => keep(space, key, value, workspace)),
    keptKeys: (space, beginning) => read(keptKeys(space, beginning)),
    takeKept: (space, key) => write(() => takeKept(space, key)),
    keptOf: (space) => read(keptOf(space)),
    forgetKept: (workspace) => write(() => forgetKept(workspace)),
    forget: (stream) => write(() => forget(stream)),
    close,
  };
}
