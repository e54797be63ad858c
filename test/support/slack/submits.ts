import { type Bag, isBag } from './block-kit/shapes.ts';
import type { Client } from './client.ts';
import type { Delivery } from './deliveries.ts';
import { canBeFilled, objection, type Spot, spotCalled, spotsIn, stateOf } from './forms.ts';
import { accepted, openedAfresh, pushed, replaced, stack } from './methods/views.ts';
import { because } from './refused.ts';
import { toldFile, toldView } from './shapes.ts';
import type { StoredFile, View } from './world.ts';

/** What a form holds, by block and action. */
type State = Record<string, Record<string, Bag>>;

/** Filling in forms, sending them off and closing them, with what the client itself insists on. */
export function openSubmits({ around, workspace, user, trigger, responseUrl, interact, tried }: Client) {
  const { world, host } = around;

  /** Sends a form off, with these fields filled in by label, `action_id` or `block_id`. */
  async function submits(view: View, values: Record<string, unknown> = {}): Promise<Delivery> {
    if (view.closed) throw new Error('the view is closed');
    const spots = spotsIn(toldView(workspace, view).blocks).filter(({ element }) => canBeFilled(element));
    const state = filled(spots, values);
    const sent = await interact(
      'view_submission',
      {
        trigger_id: trigger(view.id),
        view: toldView(workspace, view, state),
        response_urls: urlsIn(spots, state),
      },
      true,
    );
    if (sent.acked) tried('view_submission', sent.answer, () => afterwards(view, sent.answer));
    return sent;
  }

  function filled(spots: readonly Spot[], values: Record<string, unknown>): State {
    const given = new Map(Object.entries(values).map(([name, value]) => [spotCalled(spots, name), value]));
    const state: State = {};
    const why: string[] = [];
    for (const spot of spots) {
      const held = stateOf(spot.element, told(given.get(spot)));
      why.push(objection(spot, held) ?? '');
      state[spot.blockId] = { ...state[spot.blockId], [String(spot.element['action_id'])]: held };
    }
    const objections = why.filter(Boolean).join('; ');
    if (objections) throw new Error(`the form is not sent off: ${objections}`);
    return state;
  }

  /** Files are told as the service tells them. */
  function told(value: unknown): unknown {
    const files = (Array.isArray(value) ? value : [value]) as StoredFile[];
    const stored = files.length > 0 && files.every((each) => isBag(each) && Buffer.isBuffer(each['bytes']));
    return stored ? files.map((each) => toldFile(workspace, each, host)) : value;
  }

  function urlsIn(spots: readonly Spot[], state: State): Bag[] {
    return spots
      .filter(({ element }) => element['response_url_enabled'] === true)
      .flatMap(({ blockId: block_id, element: { action_id } }) => {
        const held = state[block_id]?.[String(action_id)];
        const channel_id = held?.['selected_conversation'] ?? held?.['selected_channel'];
        if (!channel_id) return [];
        return [{ block_id, action_id, channel_id, response_url: responseUrl(String(channel_id), null) }];
      });
  }

  function afterwards(view: View, answer: unknown): void {
    const { response_action: action, view: next, errors } = isBag(answer) ? answer : {};
    const given = isBag(next) ? next : undefined;
    if (action === undefined) view.closed = true;
    else if (action === 'errors') view.errors = errorsFor(view, errors);
    else if (action === 'update') replaced(world, view, accepted(workspace, given, 'modal', view.id));
    else if (action === 'push') pushed(world, workspace, user.id, accepted(workspace, given, 'modal'));
    else if (action === 'clear') for (const each of stack(workspace, user.id)) each.closed = true;
    else throw because('invalid_arguments', [`[ERROR] no such response_action: ${String(action)}`]);
  }

  function errorsFor(view: View, errors: unknown): Record<string, string> {
    const inputs = toldView(workspace, view).blocks.flatMap((block) =>
      (block as Bag)['type'] === 'input' ? [block.block_id] : [],
    );
    const strange = isBag(errors) ? Object.keys(errors).filter((id) => !inputs.includes(id)) : ['errors'];
    if (strange.length === 0) return errors as Record<string, string>;
    throw because(
      'invalid_arguments',
      strange.map((id) => `[ERROR] no such block: ${id}`),
    );
  }

  /** Closes a form; the app hears of it where it asked to. */
  async function closes(view: View): Promise<Delivery | null> {
    const payload = { view: toldView(workspace, view), is_cleared: false };
    view.closed = true;
    return view.given['notify_on_close'] === true ? interact('view_closed', payload) : null;
  }

  /** A form before this person, for tests that need one without the app. */
  const opens = (given: Bag): View =>
    openedAfresh(world, workspace, user.id, accepted(workspace, given, 'modal'));

  return { submits, closes, opens };
}
