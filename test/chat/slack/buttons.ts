import type { Message } from '../../support/slack/world.ts';

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

/** The newest of these messages with a button of this label, and the button: the first, or the `nth` of them. */
export function buttonAmong(messages: readonly Message[], label: RegExp, nth = 1) {
  for (const message of messages.toReversed()) {
    const found = elements(message.blocks).filter((one) => label.test(one.text?.text ?? ''))[nth - 1];
    if (found?.action_id) return { message, id: found.action_id };
  }
  return null;
}
