import type { API } from '@discordjs/core';
import type { Log } from '../../log.ts';
import type { Card } from '../card.ts';
import type { Doors, Keep } from '../chat.ts';
import type { Buttons } from './button.ts';
import type { Call } from './client.ts';
import type { Guilds } from './guilds.ts';
import type { PictureParts } from './pictures.ts';
import type { Spot } from './places.ts';

/** What every handler of something incoming works with. */
export interface Desk {
  doors: Doors;
  keep: Keep;
  clock: () => number;
  log: Log;
  api: API;
  call: Call;
  guilds: Guilds;
  buttons: Buttons;
  pictures: PictureParts;
  /** Our own id, as an application and as somebody who writes. */
  self: string;
  /** Milliseconds that a reaction may wait for its message to be known. */
  patience: number;
  /** Done beside the acknowledgement, which does not wait for it; what fails is logged. */
  later(what: string, run: () => Promise<unknown>): void;
  /** Says something to one person, in their conversation: Discord has no whisper but for answers. */
  tell(spot: Spot, person: string, card: Card, campaign: string | null): Promise<void>;
}
