import { reacted } from '../events.ts';
import { type Call, method, textOf } from '../method.ts';
import { inside, seen } from '../places.ts';
import { Refused } from '../refused.ts';
import { type Message, messageAt, type Workspace } from '../world.ts';

const namePattern = /^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/;
const mostKinds = 23;

/** Sets a person's reaction. @throws Refused `already_reacted` and its sisters. */
export function addReaction(message: Message, user: string, name: string): void {
  if (!namePattern.test(name)) throw new Refused('invalid_name');
  const there = message.reactions.find((each) => each.name === name);
  if (there?.users.includes(user)) throw new Refused('already_reacted');
  if (!there && message.reactions.length >= mostKinds) throw new Refused('too_many_emoji');
  if (there) there.users.push(user);
  else message.reactions.push({ name, users: [user] });
}

/** @throws Refused `no_reaction`. */
export function takeReaction(message: Message, user: string, name: string): void {
  const there = message.reactions.find((each) => each.name === name);
  if (!there?.users.includes(user)) throw new Refused('no_reaction');
  there.users = there.users.filter((each) => each !== user);
  message.reactions = message.reactions.filter(({ users }) => users.length > 0);
}

function target(call: Call): Message {
  const { args, workspace } = call;
  if (!args['channel'] || !args['timestamp']) throw new Refused('no_item_specified');
  if (!/^\d+\.\d{6}$/.test(textOf(args, 'timestamp'))) throw new Refused('bad_timestamp');
  const channel = inside(call, seen(call, textOf(args, 'channel')));
  const message = messageAt(workspace, channel.id, textOf(args, 'timestamp'));
  if (!message) throw new Refused('message_not_found');
  return message;
}

const by =
  (type: 'reaction_added' | 'reaction_removed', set: typeof addReaction) =>
  (call: Call): Record<string, unknown> => {
    const message = target(call);
    const name = textOf(call.args, 'name');
    set(message, call.install.botUser, name);
    reacted(
      call.workspace,
      message,
      { type, user: call.install.botUser, name, ts: call.world.newTs() },
      call.emit,
    );
    return {};
  };

const told = (workspace: Workspace, message: Message) => ({
  type: 'message',
  channel: message.channel,
  message: {
    type: 'message',
    team: workspace.id,
    ts: message.ts,
    text: message.text,
    reactions: message.reactions.map((each) => ({ ...each, count: each.users.length })),
  },
});

export const reactionMethods = {
  'reactions.add': method(
    'reactions:write',
    'channel! timestamp! name!',
    50,
    by('reaction_added', addReaction),
  ),
  'reactions.remove': method(
    'reactions:write',
    'channel timestamp name!',
    20,
    by('reaction_removed', takeReaction),
  ),
  'reactions.get': method('reactions:read', 'channel timestamp full:bool', 50, (call) =>
    told(call.workspace, target(call)),
  ),
};
