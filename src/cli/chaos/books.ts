import type { Campaign } from '../../campaign/campaign.ts';

/** What the providers' stand-ins wrote down of themselves. */
export interface Books {
  predictions: readonly {
    id: string;
    webhook: string | null;
    canceledAt: number | null;
    ending: { status: string };
  }[];
  /** How many were billed. */
  stills: number;
  /** Of a provider that lists nothing: what it took on, and all it charged, in micro-dollars. */
  unlisted?: { ids: readonly string[]; charged: number };
}

/** Each purchase that campaigns know wrongly, in one sentence. */
export const wrongIn = (books: Books, campaigns: readonly Campaign[]): string[] => [
  ...boughtMoreThanOnce(books),
  ...lostPurchases(books, campaigns),
  ...unlistedPurchases(books, campaigns),
];

/** `<campaign>.take<n>`, which the address that a prediction calls names, whatever attempt it was. */
const itemOf = (webhook: string | null): string => /[\w-]+\.take\d+/.exec(webhook ?? '')?.[0] ?? 'untagged';

function boughtMoreThanOnce({ predictions }: Books): string[] {
  const bought = Map.groupBy(predictions, ({ webhook }) => itemOf(webhook));
  return [...bought].flatMap(([item, all]) =>
    all.length > 1 || item === 'untagged' ? [`P1: ${item} bought ${all.length} times`] : [],
  );
}

/** Every prediction is known to its take and booked; a still is bought at most twice, and never without being booked. */
function lostPurchases({ predictions, stills }: Books, campaigns: readonly Campaign[]): string[] {
  const takes = campaigns.flatMap((c) => c.takes);
  const known = new Set(takes.flatMap(({ prediction, past }) => [prediction, ...past]));
  const booked = new Set(takes.flatMap((take) => take.booked));
  const charged = predictions.filter((p) => p.canceledAt === null && p.ending.status === 'succeeded');
  const made = campaigns.flatMap((c) => c.boards.flatMap((board) => board.stills));
  const bought = made.reduce((sum, still) => sum + still.attempt, 0);
  return [
    ...predictions.filter(({ id }) => !known.has(id)).map(({ id }) => `P1: ${id} is known to no take`),
    ...charged.filter(({ id }) => !booked.has(id)).map(({ id }) => `P6: ${id} was charged and is not booked`),
    ...(stills > 2 * made.length ? [`P1: ${stills} stills billed for ${made.length}`] : []),
    ...(stills > bought ? [`P6: ${stills} stills billed and ${bought} booked`] : []),
  ];
}

/** Where nothing is listed, only a take that was given up may have been bought unheard of; once, and it is booked. */
function unlistedPurchases({ unlisted }: Books, campaigns: readonly Campaign[]): string[] {
  if (!unlisted) return [];
  const takes = campaigns.flatMap((c) => c.takes);
  const unheard = unlisted.ids.filter((id) => !takes.some(({ prediction }) => prediction === id)).length;
  const givenUp = takes.filter(({ reason }) => reason === 'lost').length;
  const booked = takes.reduce((sum, take) => sum + take.billed, 0);
  return [
    ...(unheard > givenUp ? [`P1: ${unheard} purchases unheard of, and ${givenUp} takes given up`] : []),
    ...(unlisted.charged > booked ? [`P6: ${unlisted.charged} charged and ${booked} booked`] : []),
  ];
}
