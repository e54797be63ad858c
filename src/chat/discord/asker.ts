import { z } from 'zod';
import { askerKey } from '../asker.ts';
import { type Card, card } from '../card.ts';
import { change } from './answer.ts';
import type { Desk } from './desk.ts';
import { tokenLives } from './limits.ts';

/** Whom to tell what became of their question, while Discord lets us: a quarter of an hour. */
const Asker = z.object({ application_id: z.string(), token: z.string(), at: z.number() });
type Asker = z.infer<typeof Asker>;

/** Answers to an interaction go where it came from. */
export const askerOf = (
  { application_id, token }: Omit<Asker, 'at'>,
  { clock }: Pick<Desk, 'clock'>,
): Asker => ({ application_id, token, at: clock() });

/** Changes what the asker was answered. Whoever takes the address is the one who tells. */
export async function tellAsker(
  campaign: string,
  shown: Card,
  desk: Pick<Desk, 'keep' | 'clock' | 'api' | 'buttons'>,
): Promise<void> {
  const asker = Asker.safeParse(await desk.keep.take(askerKey(campaign))).data;
  if (!asker || desk.clock() - asker.at > tokenLives) return;
  await change(asker, { cards: [shown], campaign: null }, desk);
}

/** Where it goes on: a channel's sign is a link. */
export const openedCard = (place: string): Card =>
  card({
    title: 'Your video has its own thread.',
    items: [{ title: '', text: '', image: null, place, menu: null, buttons: [] }],
  });
