/** One turn on a budget that several share, as "fifty edits a minute in this workspace". */
export interface Turn {
  key: string;
  /** Milliseconds between two turns in the long run. */
  every: number;
  /** Turns that may follow at once after a rest. */
  burst: number;
  /** Of these, how many are left to who is in a greater hurry; none when left out. */
  spare?: number;
}

/** The shared pace: how fast we may speak to somebody else. Processes that share it share the budgets. */
export interface Pace {
  /** Takes a turn on every one of these budgets, or on none: then the milliseconds after which to ask again. */
  take(turns: readonly Turn[]): Promise<number>;
  /** No turn on this budget for so many milliseconds: the other side has said so. */
  pause(key: string, milliseconds: number): Promise<void>;
}
