/** US dollars as integer micro-dollars: $1.20 is 1_200_000. */
export type Micros = number;

/** One movement on one account. Postings of an event are applied in its own transaction. */
export interface Posting {
  account: string;
  /** `refund`: booked on suspicion, and known better since. */
  kind: 'reserve' | 'settle' | 'release' | 'refund';
  micros: Micros;
  /** What it pays for: `take:2` or `still:1.3`. */
  item: string;
}

/** A cap with a period: its id carries the period, so the row of a new month is a new row. */
export interface Account {
  id: string;
  cap: Micros;
}

/** Money held for one item, on every account that must allow it. */
export interface Reservation {
  item: string;
  accounts: Account[];
  micros: Micros;
}

const each = (held: Reservation, kind: Posting['kind'], micros: Micros): Posting[] =>
  held.accounts.map(({ id }) => ({ account: id, kind, micros, item: held.item }));

export const reserve = (held: Reservation): Posting[] => each(held, 'reserve', held.micros);

/** Books what was paid without having been held. */
export const book = (paid: Reservation): Posting[] => each(paid, 'settle', paid.micros);

/** Gives the whole reservation back and books what was really billed (0: nothing was bought). */
export const settle = (held: Reservation, billed: Micros): Posting[] => [
  ...each(held, 'release', held.micros),
  ...(billed > 0 ? each(held, 'settle', billed) : []),
];

/** "$1.20"; below a cent "$0.004". */
export function inDollars(micros: Micros): string {
  const dollars = micros / 1_000_000;
  return micros !== 0 && Math.abs(micros) < 10_000 ? `$${dollars.toFixed(4)}` : `$${dollars.toFixed(2)}`;
}
