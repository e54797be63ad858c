import { z } from 'zod';
import { Intent } from '../../campaign/intent.ts';
import type { Button, Menu } from '../card.ts';
import { longestActionId, longestValue } from './limits.ts';

/** What stands in the form to begin with is no part of it: that may be long, and newer than the button. */
const Asks = z.object({ title: z.string(), label: z.string() });

/** Everything a press needs stands on the button: which campaign, what is asked of it, and for which words it waits. */
const Packed = z.object({ campaign: z.string().min(1), intent: Intent, asks: Asks.optional() });
const Chosen = Packed.extend({ fills: z.string() });

/** A press, read and checked. `asks`: a modal asks for the `words` of the intent first. */
export type Pressed = z.infer<typeof Packed>;

/** What Slack tells of a pressed button or a chosen option, as far as we read it. */
export interface Action {
  action_id: string;
  value?: string | undefined;
  selected_option?: { value?: string | undefined } | null | undefined;
}

const button = 'press';
const menu = 'choose';

/** The beginnings of all action ids of ours that speak to a campaign. */
export const actionIds = new RegExp(`^(?:${button}|${menu}):`);

/** Null where it cannot be carried: then there is no such button. `n` tells it from the others of its message. */
export function encodeButton(
  { does, asks }: Pick<Button, 'does' | 'asks'>,
  campaign: string,
  n: number,
): { action_id: string; value: string } | null {
  const asked = asks && { asks: { title: asks.title, label: asks.label } };
  const value = JSON.stringify({ campaign, intent: does, ...asked } satisfies Pressed);
  return value.length <= longestValue ? { action_id: `${button}:${n}`, value } : null;
}

/** A menu is told apart by its id alone: a chosen option has no room for more than its own value. */
export function encodeMenu({ does, fills }: Menu, campaign: string): { action_id: string } | null {
  const id = `${menu}:${JSON.stringify({ campaign, intent: does, fills })}`;
  return id.length <= longestActionId ? { action_id: id } : null;
}

/** Null for what is no button of ours, or one of a version that nobody knows any more. */
export function readAction({ action_id, value, selected_option }: Action): Pressed | null {
  if (action_id.startsWith(`${button}:`)) return Packed.safeParse(parsed(value)).data ?? null;
  if (!action_id.startsWith(`${menu}:`)) return null;
  const read = Chosen.safeParse(parsed(action_id.slice(menu.length + 1))).data;
  if (!read) return null;
  const { campaign, fills } = read;
  const intent = Intent.safeParse({ ...read.intent, [fills]: selected_option?.value }).data;
  return intent ? { campaign, intent } : null;
}

function parsed(json = ''): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
