import { type Bag, isBag } from './block-kit/shapes.ts';
import { faultsInBlocks } from './block-kit.ts';
import type { Delivery } from './deliveries.ts';
import { canBeFilled, objection, type Spot, spotCalled, spotsIn, stateOf } from './forms.ts';
import { accepted, openedAfresh, pushed, replaced, stack } from './methods/views.ts';
import type { Around } from './people.ts';
import { because, Refused } from './refused.ts';
import { respond } from './respond.ts';
import { toldFile, toldMessage, toldView } from './shapes.ts';
import {
  type Channel,
  channelOf,
  type Message,
  type StoredFile,
  type User,
  type View,
  type Workspace,
} from './world.ts';

/** What can hold something to press: a message or a view. */
export type Seen = Message | View;

const isView = (seen: Seen): seen is View => 'given' in seen;

/** What a person does with commands, buttons, forms and shortcuts, and what their client makes of the answers. */
export function openGestures(around: Around, workspace: Workspace, user: User) {
  const { world, host, app, desk, deliveries, log } = around;

  function trigger(view: string | null = null): string {
    const id = `${world.newId('')}.${world.newId('')}`;
    desk.triggers.set(id, { user: user.id, at: world.now(), used: false, view });
    return id;
  }

  function responseUrl(channel: string, message: Message | null): string {
    const id = world.newId('');
    const thread = message?.thread_ts;
    desk.responseUrls.set(id, {
      workspace: workspace.id,
      channel,
      user: user.id,
      ...(thread ? { thread } : {}),
      message: message?.ts ?? null,
      at: world.now(),
      uses: 0,
    });
    return `${host}/respond/${id}`;
  }

  const common = (type: string): Bag => ({
    type,
    token: 'verification-token',
    api_app_id: app.appId,
    team: { id: workspace.id, domain: workspace.domain },
    user: { id: user.id, username: user.name, name: user.name, team_id: workspace.id },
    enterprise: null,
    is_enterprise_install: false,
  });

  const interact = (type: string, more: Bag, answerable = false): Promise<Delivery> =>
    deliveries.send({ type: 'interactive', name: type, payload: { ...common(type), ...more }, answerable })
      .done;

  /** A mistake in what came with an acknowledgement: the person sees an error, the log keeps it. */
  function tried<T>(name: string, answer: unknown, doing: () => T): T | undefined {
    try {
      return doing();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const entry = { at: world.now(), path: name, workspace: workspace.id, token: null, headers: {} };
      const args = isBag(answer) ? answer : {};
      log.add({
        ...entry,
        name: `answer to ${name}`,
        args,
        status: 200,
        error: error.code,
        answer: error.more,
      });
      return undefined;
    }
  }

  async function types(place: Channel, typed: string): Promise<Delivery> {
    const [, command = '', text = ''] = /^(\/[\w-]+)\s*([\s\S]*)$/.exec(typed) ?? [];
    if (!command) throw new Error(`"${typed}" is no command`);
    if (around.commands && !around.commands.includes(command))
      throw new Error(`${command} is no valid command`);
    const url = responseUrl(place.id, null);
    const payload = {
      token: 'verification-token',
      team_id: workspace.id,
      team_domain: workspace.domain,
      channel_id: place.id,
      channel_name:
        place.kind === 'im' ? 'directmessage' : place.kind === 'group' ? 'privategroup' : place.name,
      user_id: user.id,
      user_name: user.name,
      command,
      text,
      api_app_id: app.appId,
      is_enterprise_install: 'false',
      response_url: url,
      trigger_id: trigger(),
    };
    const sent = deliveries.send({ type: 'slash_commands', name: command, payload, answerable: true });
    const { answer } = await sent.done;
    if (hasWords(answer)) show(place, command, answer);
    return sent;
  }

  /** An answer that travels with the acknowledgement is shown as if it went to the response URL. */
  function show(place: Channel, command: string, answer: unknown): void {
    const said = typeof answer === 'string' ? { text: answer } : (answer as Bag);
    const id = responseUrl(place.id, null).split('/').at(-1) ?? '';
    tried(command, answer, () => {
      const { body } = respond(around, id, said);
      if (body['ok'] === false) throw new Refused(String(body['error']), body);
    });
  }

  function toldOf(seen: Seen): Bag {
    if (!isView(seen)) {
      if (seen.deleted || (seen.ephemeralTo ?? user.id) !== user.id)
        throw new Error('the message is not to be seen');
      return toldMessage(workspace, seen, host);
    }
    if (seen.closed) throw new Error('the view is closed');
    return toldView(workspace, seen);
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
    const name = channelOf(workspace, channel)?.name;
    return { container, channel: { id: channel, name }, message: told, state: { values: {} } };
  }

  function act(seen: Seen, { element, blockId }: Spot, more: Bag): Promise<Delivery> {
    const { action_id, type, text, value, style } = element;
    const action = {
      action_id,
      block_id: blockId,
      type,
      action_ts: world.newTs(),
      text,
      value,
      style,
      ...more,
    };
    const view = isView(seen) ? seen.id : null;
    const answer = isView(seen) ? {} : { response_url: responseUrl(seen.channel, seen) };
    return interact('block_actions', {
      ...surroundings(seen),
      trigger_id: trigger(view),
      ...answer,
      actions: [action],
    });
  }

  const find = (seen: Seen, name: string) => spotCalled(spotsIn(toldOf(seen)['blocks']), name);

  /** Presses a button, by its label or `action_id`. */
  function presses(seen: Seen, name: string): Promise<Delivery> {
    const buttons = spotsIn(toldOf(seen)['blocks']).filter(({ element }) => element['type'] === 'button');
    return act(seen, spotCalled(buttons, name), {});
  }

  /** Chooses in a select, date picker and the like, which tells the app at once. */
  async function chooses(seen: Seen, name: string, value: unknown): Promise<Delivery> {
    const spot = find(seen, name);
    return act(seen, spot, stateOf(spot.element, value));
  }

  /** What an external select offers for what was typed. */
  async function searches(seen: Seen, name: string, typed: string): Promise<Bag[]> {
    const { element, blockId } = find(seen, name);
    const asked = { action_id: element['action_id'], block_id: blockId, value: typed };
    const { answer } = await interact('block_suggestion', { ...surroundings(seen), ...asked }, true);
    return tried('block_suggestion', answer, () => offered(answer)) ?? [];
  }

  /** Sends a form off, with these fields filled in by label, `action_id` or `block_id`. */
  async function submits(view: View, values: Record<string, unknown> = {}): Promise<Delivery> {
    const spots = spotsIn(toldOf(view)['blocks']).filter(({ element }) => canBeFilled(element));
    const filled = new Map(Object.entries(values).map(([name, value]) => [spotCalled(spots, name), value]));
    const state: Record<string, Record<string, Bag>> = {};
    const objections: string[] = [];
    for (const spot of spots) {
      const held = stateOf(spot.element, told(filled.get(spot)));
      objections.push(objection(spot, held) ?? '');
      state[spot.blockId] = { ...state[spot.blockId], [String(spot.element['action_id'])]: held };
    }
    const why = objections.filter(Boolean).join('; ');
    if (why) throw new Error(`the form is not sent off: ${why}`);
    const sent = await interact(
      'view_submission',
      {
        trigger_id: trigger(view.id),
        view: toldView(workspace, view, state),
        response_urls: urlsIn(spots, state),
      },
      true,
    );
    if (sent.acked) tried('view_submission', sent.answer, () => afterSubmit(view, sent.answer));
    return sent;
  }

  /** Files are told as the service tells them. */
  function told(value: unknown): unknown {
    const files = (Array.isArray(value) ? value : [value]) as StoredFile[];
    const stored = files.every((each) => isBag(each) && Buffer.isBuffer(each['bytes']));
    return stored && value !== undefined ? files.map((each) => toldFile(workspace, each, host)) : value;
  }

  function urlsIn(spots: readonly Spot[], state: Record<string, Record<string, Bag>>): Bag[] {
    return spots
      .filter(({ element }) => element['response_url_enabled'] === true)
      .flatMap(({ blockId: block_id, element: { action_id } }) => {
        const held = state[block_id]?.[String(action_id)];
        const channel_id = held?.['selected_conversation'] ?? held?.['selected_channel'];
        if (!channel_id) return [];
        return [{ block_id, action_id, channel_id, response_url: responseUrl(String(channel_id), null) }];
      });
  }

  function afterSubmit(view: View, answer: unknown): void {
    const action = isBag(answer) ? answer['response_action'] : undefined;
    const given = isBag(answer) && isBag(answer['view']) ? answer['view'] : undefined;
    if (action === undefined) view.closed = true;
    else if (action === 'errors') view.errors = errorsFor(view, (answer as Bag)['errors']);
    else if (action === 'update') replaced(world, view, accepted(workspace, given, 'modal', view.id));
    else if (action === 'push') pushed(world, workspace, user.id, accepted(workspace, given, 'modal'));
    else if (action === 'clear') for (const each of stack(workspace, user.id)) each.closed = true;
    else throw because('invalid_arguments', [`[ERROR] no such response_action: ${String(action)}`]);
  }

  function errorsFor(view: View, errors: unknown): Record<string, string> {
    const inputs = ((toldView(workspace, view).blocks ?? []) as Bag[])
      .filter((block) => block['type'] === 'input')
      .map((block) => block['block_id']);
    const strange = Object.keys((errors ?? {}) as Bag).filter((id) => !inputs.includes(id));
    if (!isBag(errors) || strange.length > 0)
      throw because(
        'invalid_arguments',
        strange.map((id) => `[ERROR] no such block: ${id}`),
      );
    return errors as Record<string, string>;
  }

  /** Closes a form; the app hears of it where it asked to. */
  async function closes(view: View): Promise<Delivery | null> {
    const payload = { view: toldView(workspace, view), is_cleared: false };
    view.closed = true;
    return view.given['notify_on_close'] === true ? interact('view_closed', payload) : null;
  }

  /** A global shortcut, or with a message one of the message's own. */
  function shortcut(callback_id: string, message?: Message): Promise<Delivery> {
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

  return { types, presses, chooses, searches, submits, closes, shortcut, opens: openedByHand, trigger };

  /** A form before this person, for tests that need one without the app. */
  function openedByHand(given: Bag): View {
    return openedAfresh(world, workspace, user.id, accepted(workspace, given, 'modal'));
  }
}

const hasWords = (answer: unknown) =>
  (typeof answer === 'string' && answer !== '') || (isBag(answer) && Object.keys(answer).length > 0);

function offered(answer: unknown): Bag[] {
  const given = isBag(answer) ? answer : {};
  const options = (given['options'] ?? []) as Bag[];
  if (options.length === 0 && !given['option_groups']) return [];
  const { option_groups } = given;
  const list = option_groups ? { option_groups } : { options };
  const faults = faultsInBlocks([
    { type: 'actions', elements: [{ type: 'static_select', action_id: 'offered', ...list }] },
  ]);
  if (faults.length > 0) throw because('invalid_arguments', faults);
  return option_groups ? (option_groups as { options: Bag[] }[]).flatMap((each) => each.options) : options;
}
