import type { Account, Posting } from '../campaign/money.ts';

/** Effects of one type: `due` by now and not begun, `leased`; `since` when the first of those became due. */
export interface Backlog {
  type: string;
  due: number;
  leased: number;
  /** Milliseconds; null where none is due. */
  since: number | null;
}

/**
 * Where everything that happened is written down: the only truth. Every verb is one whole transaction;
 * nothing of a connection leaves a driver. Times are integer milliseconds by the database's clock (the
 * embedded driver is handed a clock). A string property named `words`, at any depth of an event's body or a
 * snapshot, is a person's text: it is kept apart (`words` table) so that it can be forgotten, and read back as
 * `[forgotten]` afterwards.
 */
export interface Journal {
  /** Writes one step of a stream, all of it or nothing. */
  commit(step: Step): Promise<Committed>;

  head(stream: string): Promise<Head | null>;
  headAt(place: string): Promise<Head | null>;
  /** Heads of one workspace, `needsReview` first, then the most recently changed. */
  heads(query: { workspace: string; kind: string; status?: string; limit: number }): Promise<Head[]>;
  /** Heads that one person began, the most recently changed first. */
  headsBy(query: { workspace: string; kind: string; person: string; limit: number }): Promise<Head[]>;
  /**
   * Heads that one person began, in one of these statuses, whose conversation is inside this place (`place/…`) or not
   * open yet; first the one that has the newest event of these types.
   */
  headsWithin(query: {
    workspace: string;
    kind: string;
    person: string;
    place: string;
    statuses: readonly string[];
    types: readonly string[];
    limit: number;
  }): Promise<Head[]>;
  /** Streams in one status, of one person where given, that texts are kept of. */
  texted(query: {
    workspace: string;
    kind: string;
    status: string;
    person?: string;
    limit: number;
  }): Promise<string[]>;
  /**
   * Every workspace that has a stream, or whose own is in this status; `having`: of those, who also has a stream of that
   * kind in one of those statuses.
   */
  workspaces(status?: string, having?: { kind: string; statuses: readonly string[] }): Promise<string[]>;
  /** Every workspace that has a conversation whose place begins so. */
  workspacesAt(beginning: string): Promise<string[]>;
  history(stream: string): Promise<Recorded[]>;
  /** What a seen incoming id was answered, or null if it was never seen. */
  seen(workspace: string, incoming: string): Promise<{ answer: unknown } | null>;
  /** Keeps the answer to an incoming id that changed nothing; one that is there already stays. */
  answer(workspace: string, incoming: string, answer: unknown): Promise<void>;

  /**
   * Takes one due effect: raises its fence and attempt, leases it. None of the types in `skip`; none of a lane
   * (other than '') that has a leased effect; workspaces with the fewest leased effects first, then the oldest.
   * A lease that ran out is due again. An effect past its deadline is handed out too: the caller sees it.
   */
  claim(by: { holder: string; lease: number; skip: readonly string[] }): Promise<Claimed | null>;
  /** When, later than `after`, the next effect becomes due or a lease runs out; null if nothing waits so long. */
  nextDue(after: number): Promise<number | null>;
  /** What waits or runs now, by type, for who watches over us. */
  backlog(now: number): Promise<Backlog[]>;
  /** Prolongs a lease; false if the fence is no longer ours. */
  renew(effect: { id: string; fence: number; lease: number }): Promise<boolean>;
  /** Replaces what a leased effect shows meanwhile. False if the fence is no longer ours. */
  show(effect: { id: string; fence: number; live: unknown }): Promise<boolean>;
  /**
   * Gives an effect back. `fresh` sets its attempt to 0: nothing was sent, the next claim may do it anew.
   * `live` replaces what it shows meanwhile. `unlessPoked`: no delay if somebody asked for it meanwhile. False if
   * the fence is no longer ours.
   */
  giveBack(effect: {
    id: string;
    fence: number;
    delay: number;
    fresh: boolean;
    live?: unknown;
    unlessPoked?: boolean;
  }): Promise<boolean>;
  /** Ends an effect that has no outcome. False if the fence is no longer ours. */
  finish(effect: { id: string; fence: number; state: 'done' | 'parked' }): Promise<boolean>;
  /** Makes one effect due now, creating it if need be; one that is leased will run once more after. */
  poke(effect: NewEffect & { stream: string; workspace: string; id: string }): Promise<void>;
  /** Makes an effect that is not over due now, nothing else of it changed; one that is leased as `poke` does. */
  hurry(id: string): Promise<boolean>;
  /** At start, where one process owns the journal: every lease of the dead is due at once. Returns how many. */
  recover(): Promise<number>;
  /** Effects of a stream that are not over. */
  waiting(stream: string): Promise<{ id: string; type: string; body: unknown; dueAt: number }[]>;
  /** What running effects of a stream show: type, body and `live` of all that are not done and have one. */
  live(stream: string): Promise<{ type: string; body: unknown; live: unknown }[]>;

  /** The message that shows a card key, if any. */
  card(place: string, key: string): Promise<ShownCard | null>;
  keepCard(card: ShownCard): Promise<void>;
  /** The card a message shows, in this place or in a conversation inside it (`place/…`). */
  cardOf(place: string, message: string): Promise<ShownCard | null>;

  account(id: string): Promise<Balance | null>;
  /** The append-only book of one stream (or of a workspace), oldest first. */
  ledger(of: { stream: string } | { workspace: string }): Promise<LedgerRow[]>;

  /**
   * Takes what one process at a time may do, or prolongs it, for `lease` milliseconds; false where another has it.
   * Who does not prolong it in time loses it to the first who asks.
   */
  hold(wish: { name: string; holder: string; lease: number }): Promise<boolean>;
  /** False where it was lost before. */
  letGo(held: { name: string; holder: string }): Promise<boolean>;
  /** Small things a platform must remember: installations, sessions. */
  kept(space: string, key: string): Promise<unknown>;
  /** `workspace`: whose it is; left out, it stays whose it was. */
  keep(space: string, key: string, value: unknown, workspace?: string): Promise<void>;
  /** The keys that begin so. */
  keptKeys(space: string, beginning: string): Promise<string[]>;
  /** Reads it and forgets it in one step. */
  takeKept(space: string, key: string): Promise<unknown>;

  /** The workspaces that something is kept of. */
  keptOf(space: string): Promise<string[]>;
  /** Forgets what every platform keeps of a workspace; returns how much that was. */
  forgetKept(workspace: string): Promise<number>;

  /** Forgets the texts of one stream; returns how many were forgotten. */
  forget(stream: string): Promise<number>;
  close(): Promise<void>;
}

export interface Recorded {
  seq: number;
  type: string;
  v: number;
  at: number;
  body: unknown;
}

export interface NewEffect {
  type: string;
  body: unknown;
  /** At most one effect of a named lane is leased at a time; '' is no lane. */
  lane: string;
  /** Milliseconds from now, or the instant itself. */
  due: { in: number } | { at: number };
  /** Milliseconds from now after which the stream hears `gave-up`; null for waits. */
  deadline: number | null;
}

/** The compare-and-swap row, the board and the snapshot in one. */
export interface Head {
  stream: string;
  workspace: string;
  kind: string;
  version: number;
  /** Unique where given: two streams never share a conversation. */
  place: string | null;
  status: string;
  title: string;
  person: string;
  createdAt: number;
  updatedAt: number;
  snapshot: unknown;
}

export interface Decision {
  take: string;
  sha256: string;
  verdict: string;
  person: string;
  role: string;
  words: string;
}

/** One thing kept, under a key of its space. */
export interface Kept {
  space: string;
  key: string;
  value: unknown;
}

export interface Step {
  stream: string;
  workspace: string;
  /** Version the events were decided on; 0 for a new stream. */
  expected: number;
  /** Each event with the effects that follow from it; an effect's id is `stream/seq/n`. */
  events: { type: string; v: number; body: unknown; effects: NewEffect[] }[];
  /** Accounts the postings name; created with this cap, or their cap brought up to date. */
  accounts: readonly Account[];
  postings: readonly Posting[];
  decisions: readonly Decision[];
  head: Pick<Head, 'kind' | 'place' | 'status' | 'title' | 'person' | 'snapshot'>;
  /** The incoming id this step answers; kept for ever with its answer. */
  incoming?: { id: string; answer: unknown };
  /** What a platform must remember of it, as by `keep`; of this workspace. */
  keeps?: readonly Kept[];
  /** The effect whose outcome this is: done with this step, only under its fence. */
  finishes?: { id: string; fence: number };
}

/**
 * `conflict`: somebody was faster, load again. `seen`: this incoming id was answered before. `lost`: the fence
 * is no longer ours. `short`: an account does not allow the reservation. `occupied`: the place has a stream.
 */
export type Committed =
  | { kind: 'committed'; version: number }
  | { kind: 'conflict' }
  | { kind: 'seen'; answer: unknown }
  | { kind: 'lost' }
  | { kind: 'short'; account: string; left: number }
  | { kind: 'occupied'; stream: string };

export interface Claimed {
  id: string;
  stream: string;
  workspace: string;
  type: string;
  body: unknown;
  live: unknown;
  /** 1 at the first claim since it was made or given back `fresh`. */
  attempt: number;
  fence: number;
  claimedAt: number;
  deadlineAt: number | null;
}

/**
 * `hash` of what is shown lets an unchanged card be left alone; `file` is the SHA-256 of what it shows. An empty
 * `message` says that one was about to be sent.
 */
export interface ShownCard {
  place: string;
  key: string;
  stream: string;
  message: string;
  generation: number;
  hash: string;
  file: string | null;
}

export interface Balance {
  id: string;
  cap: number;
  reserved: number;
  spent: number;
}

/** One line of the book: money or a decision. `hash` covers the line and `prev`, chained per stream. */
export interface LedgerRow {
  stream: string;
  n: number;
  workspace: string;
  at: number;
  kind: 'money' | 'decision';
  body: unknown;
  prev: string;
  hash: string;
}
