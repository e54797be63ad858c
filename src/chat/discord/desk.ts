import type { API } from '@discordjs/core';
import type { Log } from '../../log.ts';
import type { Doors, Keep } from '../chat.ts';
import type { Buttons } from './button.ts';
import type { Call } from './client.ts';
import type { Guilds } from './guilds.ts';
import type { PictureParts } from './pictures.ts';
import type { Said } from './tell.ts';

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
  /** See `tell.ts`. Rejects where it is to be tried again. */
  tell(said: Said): Promise<void>;
  /** Aborted when we stop listening. */
  leaving: AbortSignal;
}
