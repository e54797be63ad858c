import { Never } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Card } from '../card.ts';
import type { Buttons } from './button.ts';
import type { Call } from './client.ts';
import type { Spot } from './places.ts';
import { render } from './render.ts';
import { bare } from './rendered.ts';
import { markerOf, nonceOf, post, readBack } from './send.ts';
import { isForbidden } from './trouble.ts';

/** What is said to one person in a conversation. */
export interface Said {
  spot: Spot;
  person: string;
  card: Card;
  campaign: string | null;
  /** What is answered: the same is said once. */
  id: string;
  /** Milliseconds; it cannot have been said before. */
  since: number;
}

interface Parts {
  call: Call;
  buttons: Buttons;
  log: Log;
}

/**
 * Says something to one person where everybody can read it: Discord has no whisper but for answers. Whether it was said
 * already is looked up first, because what is not handled to its end comes again.
 */
export const tellWith =
  ({ call, buttons, log }: Parts) =>
  async ({ spot, person, card, campaign, id, since }: Said): Promise<void> => {
    const key = `told/${id}`;
    const fields = [{ name: 'For', value: '', people: [person] }, ...card.fields];
    const marker = markerOf(key);
    const { container, pressables } = render({ ...card, fields }, { ...bare, campaign, marker });
    await buttons.keepAll(pressables, spot.guild);
    try {
      const found = await readBack(call, spot.channel, marker, since);
      if (typeof found === 'object') return;
      await post(call, spot.channel, { container, files: [] }, nonceOf(key), undefined);
    } catch (error) {
      if (!(error instanceof Never) && !isForbidden(error)) throw error;
      log.error('discord: an answer may not be given', { error });
    }
  };
