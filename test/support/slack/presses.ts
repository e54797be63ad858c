import { type Bag, isBag } from './block-kit/shapes.ts';
import { faultsInBlocks } from './block-kit.ts';
import type { Client } from './client.ts';
import type { Delivery } from './deliveries.ts';
import { type Spot, spotCalled, spotsIn, stateOf } from './forms.ts';
import { because } from './refused.ts';
import { toldMessage, toldView } from './shapes.ts';
import { channelOf, type Message, type View } from './world.ts';

/** What can hold something to press: a message or a view. */
type Seen = Message | View;

const isView = (seen: Seen): seen is View => 'given' in seen;

/** Pressing, choosing and looking up in messages and views, and shortcuts. */
export function openPresses({ around, workspace, user, trigger, responseUrl, interact, tried }: Client) {
  const { world, host } = around;

  function toldOf(seen: Seen): Bag {
    if (isView(seen)) {
      if (seen.closed) throw new Error('the view is closed');
      return toldView(workspace, seen);
    }
    const hidden = seen.deleted || (seen.ephemeralTo ?? user.id) !== user.id;
    if (hidden) throw new Error(`${user.name} does not see the message`);
    return toldMessage(workspace, seen, host);
  }

  function surroundings(seen: Seen): Bag {
    const told = toldOf(seen);
    if (isView(seen)) return { container: { type: 'view', view_id: seen.id }, view: told };
    const { channel, ts, thread_ts, ephemeralTo } = seen;
    const container = {
      type: 'message',
      message_ts: ts,
      channel_id: channel,
      is_ephemeral: ephemeralTo !== null,
      ...(thread_ts ? { thread_ts } : {}),
    };
    const place = { id: channel, name: channelOf(workspace, channel)?.name };
    return { container, channel: place, message: told, state: { values: {} } };
  }

  function act(seen: Seen, { element, blockId }: Spot, more: Bag): Promise<Delivery> {
    const { action_id, type, text, value, style } = element;
    const action = { action_id, block_id: blockId, type, text, value, style, ...more };
    const answer = isView(seen) ? {} : { response_url: responseUrl(seen.channel, seen) };
    return interact('block_actions', {
      ...surroundings(seen),
      ...answer,
      trigger_id: trigger(isView(seen) ? seen.id : null),
      actions: [{ ...action, action_ts: world.newTs() }],
    });
  }

  const spots = (seen: Seen) => spotsIn(toldOf(seen)['blocks']);

  /** Presses a button, by its label or `action_id`. */
  async function presses(seen: Seen, name: string): Promise<Delivery> {
    const buttons = spots(seen).filter(({ element }) => String(element['type']).endsWith('button'));
    return act(seen, spotCalled(buttons, name), {});
  }

  /** Chooses in a select, an overflow menu, a date picker and the like, which tells the app at once. */
  async function chooses(seen: Seen, name: string, value: unknown): Promise<Delivery> {
    const spot = spotCalled(spots(seen), name);
    return act(seen, spot, stateOf(spot.element, value));
  }

  /** What an external select offers for what was typed. */
  async function searches(seen: Seen, name: string, typed: string): Promise<Bag[]> {
    const { element, blockId } = spotCalled(spots(seen), name);
    const asked = { action_id: element['action_id'], block_id: blockId, value: typed };
    const { answer } = await interact('block_suggestion', { ...surroundings(seen), ...asked }, true);
    return tried('block_suggestion', answer, () => offered(answer)) ?? [];
  }

  /** A global shortcut, or with a message one of the message's own. */
  async function shortcut(callback_id: string, message?: Message): Promise<Delivery> {
    const ids = { callback_id, trigger_id: trigger(), action_ts: world.newTs() };
    if (!message) return interact('shortcut', ids);
    const { channel, ts } = message;
    return interact('message_action', {
      ...ids,
      channel: { id: channel, name: channelOf(workspace, channel)?.name },
      message_ts: ts,
      message: toldOf(message),
      response_url: responseUrl(channel, message),
    });
  }

  return { presses, chooses, searches, shortcut };
}

function offered(answer: unknown): Bag[] {
  const { options = [], option_groups } = (isBag(answer) ? answer : {}) as Record<string, Bag[]>;
  if (options.length === 0 && !option_groups) return [];
  const choices = option_groups ? { option_groups } : { options };
  const select = { type: 'static_select', action_id: 'offered', ...choices };
  const faults = faultsInBlocks([{ type: 'actions', elements: [select] }]);
  if (faults.length > 0) throw because('invalid_arguments', faults);
  return option_groups ? option_groups.flatMap((each) => each['options'] as Bag[]) : options;
}
