import type { Campaign } from '../../campaign/campaign.ts';
import type { Storyboard } from '../../campaign/still.ts';
import { knows } from '../../campaign/take.ts';

interface Prediction {
  id: string;
  /** A film, or a still. */
  file: 'mp4' | 'png';
  canceledAt: number | null;
  ending: { status: string };
}

/** What the providers' stand-ins wrote down of themselves. */
export interface Books {
  predictions: readonly Prediction[];
  /** How many were billed where nobody lists them. */
  stills: number;
  /** Of a provider that lists nothing: what it took on, and all it charged, in micro-dollars. */
  unlisted?: { ids: readonly string[]; charged: number };
}

/** Each purchase that campaigns know wrongly, in one sentence. */
export const wrongIn = (books: Books, campaigns: readonly Campaign[]): string[] => [
  ...wrongFilms(books, campaigns),
  ...wrongStills(books, campaigns),
  ...unlistedPurchases(books, campaigns),
];

const isCharged = ({ canceledAt, ending }: Prediction): boolean =>
  canceledAt === null && ending.status === 'succeeded';

/** Every film is known to one take, booked, and the only one of that take. */
function wrongFilms({ predictions }: Books, campaigns: readonly Campaign[]): string[] {
  const films = predictions.filter(({ file }) => file === 'mp4');
  const takes = campaigns.flatMap((c) => c.takes.map((take) => ({ ...take, name: `${c.id}.take${take.n}` })));
  const booked = new Set(takes.flatMap((take) => take.booked));
  const knownTo = (id: string) => takes.filter((take) => knows(take, id)).length;
  return [
    ...films.flatMap(({ id }) => (knownTo(id) === 1 ? [] : [`P1: ${id} is known to ${knownTo(id)} takes`])),
    ...takes.flatMap((take) => {
      const bought = films.filter(({ id }) => knows(take, id)).length;
      return bought > 1 ? [`P1: ${take.name} bought ${bought} times`] : [];
    }),
    ...films
      .filter((film) => isCharged(film) && !booked.has(film.id))
      .map(({ id }) => `P6: ${id} was charged and is not booked`),
  ];
}

/**
 * A still is bought once for each of its attempts, at most two, and never without being booked. Which of a board a
 * picture was bought for, nobody can tell who looks alike.
 */
function wrongStills({ predictions, stills: unlisted }: Books, campaigns: readonly Campaign[]): string[] {
  const listed = predictions.filter(({ file }) => file === 'png');
  const billed = unlisted + listed.filter(isCharged).length;
  const boards = campaigns.flatMap((c) => c.boards);
  const made = boards.flatMap((board) => board.stills);
  const attempts = made.reduce((sum, still) => sum + still.attempt, 0);
  const booked = boards.reduce((sum, board) => sum + purchasesBookedIn(board), 0);
  const bought = unlisted + listed.length;
  return [
    ...(bought > 2 * made.length ? [`P1: ${bought} stills bought for ${made.length}`] : []),
    ...(bought > attempts ? [`P1: ${bought} stills bought in ${attempts} attempts`] : []),
    ...(billed > booked ? [`P6: ${billed} stills billed and ${booked} booked`] : []),
  ];
}

/** An attempt that was given up for another is booked as paid. */
const purchasesBookedIn = ({ stills }: Storyboard): number =>
  stills.reduce((sum, { attempt, billed }) => sum + attempt - (billed > 0 ? 0 : 1), 0);

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
