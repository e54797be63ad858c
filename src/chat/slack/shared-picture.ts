import { z } from 'zod';
import type { Keep } from '../chat.ts';
import { placeOf, type Spot } from './places.ts';

/** A message that is nothing but a picture is no card's: it is kept where such a one stands. */
const keyOf = (spot: Spot, message: string): string =>
  `picture/${placeOf({ ...spot, thread: null })}/${message}`;

export const keepPicture = (keep: Keep, spot: Spot, message: string): Promise<void> =>
  keep.put(keyOf(spot, message), placeOf(spot), spot.team);

/** The conversation that this message shares a picture in; null where it is no such message, or not known as one yet. */
export const placeOfPicture = async (keep: Keep, spot: Spot, message: string): Promise<string | null> =>
  z.string().safeParse(await keep.get(keyOf(spot, message))).data ?? null;
