import type { Bag } from '../block-kit/shapes.ts';
import { faultsInView, viewTooLarge } from '../block-kit.ts';
import { bagOf, type Call, maybe, method, textOf } from '../method.ts';
import { because, Refused } from '../refused.ts';
import { toldView } from '../shapes.ts';
import { userOf, type View, type Workspace, type World } from '../world.ts';

const deepest = 3;

/** A view that Slack would take. @throws Refused with every fault of it. */
export function accepted(workspace: Workspace, view: Bag | undefined, type: View['type'], id?: string): Bag {
  if (viewTooLarge(view)) throw new Refused('view_too_large');
  const faults = faultsInView(view);
  if (view?.['type'] !== type) faults.push(`[ERROR] must be of type ${type} [json-pointer:/view/type]`);
  if (!view || faults.length > 0) throw because('invalid_arguments', faults);
  const name = view['external_id'];
  const twice = workspace.views.some(
    (each) => name && !each.closed && each.id !== id && each.given['external_id'] === name,
  );
  if (twice) throw new Refused('duplicate_external_id');
  return view;
}

/** The views a person has before them, the lowest first. */
export const stack = (workspace: Workspace, user: string) =>
  workspace.views.filter((each) => each.type === 'modal' && each.user === user && !each.closed);

function opened(world: World, workspace: Workspace, user: string, given: Bag, on: View | null): View {
  const id = world.newId('V');
  const view: View = {
    id,
    type: 'modal',
    user,
    given,
    hash: newHash(world),
    root: on?.root ?? id,
    previous: on?.id ?? null,
    closed: false,
    errors: {},
  };
  workspace.views.push(view);
  return view;
}

const newHash = (world: World) => `${world.newTs()}.${world.newId('')}`;

export function replaced(world: World, view: View, given: Bag): View {
  view.given = given;
  view.hash = newHash(world);
  view.errors = {};
  return view;
}

/** One root at a time: a new one takes the place of what was open. */
export function openedAfresh(world: World, workspace: Workspace, user: string, given: Bag): View {
  for (const each of stack(workspace, user)) each.closed = true;
  return opened(world, workspace, user, given, null);
}

export function pushed(world: World, workspace: Workspace, user: string, given: Bag): View {
  const open = stack(workspace, user);
  if (open.length >= deepest) throw new Refused('push_limit_reached');
  const top = open.at(-1);
  if (!top) throw new Refused('not_found');
  return opened(world, workspace, user, given, top);
}

const open =
  (put: typeof openedAfresh) =>
  (call: Call): Bag => {
    const { args, workspace, world, desk } = call;
    const view = accepted(workspace, bagOf(args, 'view'), 'modal');
    const { user } = desk.useTrigger(textOf(args, 'trigger_id') || textOf(args, 'interactivity_pointer'));
    return { view: toldView(workspace, put(world, workspace, user, view)) };
  };

function update(call: Call) {
  const { args, workspace, world } = call;
  const [id, name] = [maybe(args, 'view_id'), maybe(args, 'external_id')];
  const view = workspace.views.find(
    (each) => !each.closed && (each.id === id || (name && each.given['external_id'] === name)),
  );
  if (!view) throw new Refused('not_found');
  if (maybe(args, 'hash') !== undefined && args['hash'] !== view.hash) throw new Refused('hash_conflict');
  const given = accepted(workspace, bagOf(args, 'view'), view.type, view.id);
  return { view: toldView(workspace, replaced(world, view, given)) };
}

function publish(call: Call) {
  const { args, workspace, world } = call;
  const user = textOf(args, 'user_id');
  if (!userOf(workspace, user)) throw new Refused('missing_profile_id');
  const home = workspace.views.find((each) => each.type === 'home' && each.user === user);
  const given = accepted(workspace, bagOf(args, 'view'), 'home', home?.id);
  if (home && maybe(args, 'hash') !== undefined && args['hash'] !== home.hash)
    throw new Refused('hash_conflict');
  const view = home ?? opened(world, workspace, user, given, null);
  view.type = 'home';
  return { view: toldView(workspace, replaced(world, view, given)) };
}

const viewArgs = 'view!:json trigger_id interactivity_pointer';

export const viewMethods = {
  'views.open': method('', viewArgs, 100, open(openedAfresh)),
  'views.push': method('', viewArgs, 100, open(pushed)),
  'views.update': method('', 'view!:json view_id external_id hash', 100, update),
  'views.publish': method('', 'view!:json user_id! hash', 100, publish),
};
