import type { StandIn } from '../../support/slack/slack.ts';
import type { Message } from '../../support/slack/world.ts';
import { buttonAmong } from './buttons.ts';
import { eventually } from './stage.ts';

/** The newest message of the app's with a button of this label, and the button: the first, or the `nth` of them. */
export const button = (world: StandIn, label: RegExp, among: () => Message[] = world.posts, nth = 1) =>
  eventually(() => buttonAmong(among(), label, nth));
