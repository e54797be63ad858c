import type { StandIn } from '../../support/slack/slack.ts';
import type { Message } from '../../support/slack/world.ts';
import { eventually } from './stage.ts';

interface Element {
  type: string;
  action_id?: string;
  text?: { text: string };
}

/** Everything to press in a message, wherever it stands. */
function elements(inside: unknown): Element[] {
  if (Array.isArray(inside)) return inside.flatMap(elements);
  if (typeof inside !== 'object' || inside === null) return [];
  const own = 'action_id' in inside ? [inside as Element] : [];
  return [...own, ...Object.values(inside).flatMap(elements)];
}

/** The newest message of the app's with a button of this label, and the button: the first, or the `nth` of them. */
export const button = (world: StandIn, label: RegExp, among: () => Message[] = world.posts, nth = 1) =>
  eventually(() => {
    for (const message of among().toReversed()) {
      const found = elements(message.blocks).filter((one) => label.test(one.text?.text ?? ''))[nth - 1];
      if (found?.action_id) return { message, id: found.action_id };
    }
    return null;
  });

/** A logo as people have it. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
