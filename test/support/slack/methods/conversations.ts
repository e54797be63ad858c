import type { Bag } from '../block-kit/shapes.ts';
import { type Call, maybe, method, page, textOf } from '../method.ts';
import { forEveryKind, inside, needKind, seen } from '../places.ts';
import { Refused } from '../refused.ts';
import { toldChannel, toldMessage } from '../shapes.ts';
import { type Channel, directWith, type Message, messageAt, userOf, visible } from '../world.ts';

const mostForSold = 15;
const tsPattern = /^\d+(\.\d+)?$/;

function between(args: Bag): (m: Message) => boolean {
  const [oldest, latest] = [maybe(args, 'oldest'), maybe(args, 'latest')];
  if (oldest && !tsPattern.test(oldest)) throw new Refused('invalid_ts_oldest');
  if (latest && !tsPattern.test(latest)) throw new Refused('invalid_ts_latest');
  const inclusive = args['inclusive'] === true;
  const after = (m: Message) => !oldest || (inclusive ? +m.ts >= +oldest : +m.ts > +oldest);
  const before = (m: Message) => !latest || (inclusive ? +m.ts <= +latest : +m.ts < +latest);
  return (m) => after(m) && before(m);
}

function paged(call: Call, messages: Message[]) {
  const { args, workspace, host, app } = call;
  const { items, cursor } = page(messages, args, app.soldOutsideMarketplace ? mostForSold : 1000);
  const metadata = args['include_all_metadata'] === true;
  return {
    messages: items.map((m) => toldMessage(workspace, m, host, metadata)),
    has_more: cursor !== '',
    ...(cursor ? { response_metadata: { next_cursor: cursor } } : {}),
  };
}

function replies(call: Call) {
  const { args, workspace } = call;
  const channel = readable(call);
  const ts = textOf(args, 'ts');
  const parent = messageAt(workspace, channel.id, ts);
  if (!parent) throw new Refused('thread_not_found');
  const fits = between(args);
  // The first message is always told, whatever the span of time.
  return paged(
    call,
    visible(workspace, channel.id, ts).filter((m) => m.ts === ts || fits(m)),
  );
}

function history(call: Call) {
  const channel = readable(call);
  return paged(call, visible(call.workspace, channel.id).filter(between(call.args)).toReversed());
}

function readable(call: Call): Channel {
  const channel = seen(call, textOf(call.args, 'channel'));
  needKind(call, channel, 'history');
  return inside(call, channel);
}

function info(call: Call) {
  const channel = seen(call, textOf(call.args, 'channel'));
  needKind(call, channel, 'read');
  const count = call.args['include_num_members'] === true ? { num_members: channel.members.length } : {};
  return { channel: { ...toldChannel(channel, call.install.botUser), ...count } };
}

function members(call: Call) {
  const channel = seen(call, textOf(call.args, 'channel'));
  needKind(call, channel, 'read');
  const { items, cursor } = page(channel.members, call.args);
  return { members: items, response_metadata: { next_cursor: cursor } };
}

function open(call: Call) {
  const { args, workspace, world, install } = call;
  const known = maybe(args, 'channel');
  if (known) return { channel: { id: seen(call, known).id } };
  const users = textOf(args, 'users').split(',').filter(Boolean);
  if (users.length === 0) throw new Refused('users_list_not_supplied');
  for (const id of users) {
    const user = userOf(workspace, id);
    if (!user) throw new Refused('user_not_found');
    if (user.deleted) throw new Refused('user_disabled');
  }
  const needed = users.length > 1 ? 'mpim:write' : 'im:write';
  if (!install.scopes.has(needed))
    throw new Refused('missing_scope', { needed, provided: [...install.scopes].join(',') });
  const channel = directWith(world, workspace, users);
  const told = args['return_im'] === true ? toldChannel(channel, install.botUser) : { id: channel.id };
  return { channel: told };
}

function entered(call: Call, channel: Channel, user: string): void {
  channel.members.push(user);
  call.emit(call.workspace, {
    type: 'member_joined_channel',
    user,
    channel: channel.id,
    channel_type: channel.kind === 'channel' ? 'C' : 'G',
    team: call.workspace.id,
    event_ts: call.world.newTs(),
  });
}

function join(call: Call) {
  const channel = seen(call, textOf(call.args, 'channel'));
  if (channel.kind !== 'channel') throw new Refused('method_not_supported_for_channel_type');
  if (channel.archived) throw new Refused('is_archived');
  const already = channel.members.includes(call.install.botUser);
  if (!already) entered(call, channel, call.install.botUser);
  return {
    channel: toldChannel(channel, call.install.botUser),
    ...(already ? { warning: 'already_in_channel' } : {}),
  };
}

function invite(call: Call) {
  const channel = inside(call, seen(call, textOf(call.args, 'channel')));
  for (const user of textOf(call.args, 'users').split(',')) {
    if (user === call.install.botUser) throw new Refused('cant_invite_self');
    if (!userOf(call.workspace, user)) throw new Refused('user_not_found');
    if (channel.members.includes(user)) throw new Refused('already_in_channel');
    entered(call, channel, user);
  }
  return { channel: toldChannel(channel, call.install.botUser) };
}

function whereIs(call: Call) {
  const { args, workspace, install } = call;
  const user = maybe(args, 'user') ?? install.botUser;
  const types = (maybe(args, 'types') ?? 'public_channel').split(',');
  const names = { channel: 'public_channel', group: 'private_channel', im: 'im', mpim: 'mpim' };
  const fit = workspace.channels.filter(
    ({ kind, members: m, archived }) =>
      types.includes(names[kind]) &&
      m.includes(user) &&
      (kind === 'channel' || m.includes(install.botUser)) &&
      !(archived && args['exclude_archived'] === true),
  );
  const { items, cursor } = page(fit, args);
  return {
    channels: items.map((each) => toldChannel(each, install.botUser)),
    response_metadata: { next_cursor: cursor },
  };
}

const span = 'cursor limit:int oldest latest inclusive:bool include_all_metadata:bool';

export const conversationMethods = {
  'conversations.replies': method(forEveryKind('history'), `channel! ts! ${span}`, 50, replies),
  'conversations.history': method(forEveryKind('history'), `channel! ${span}`, 50, history),
  'conversations.info': method(
    forEveryKind('read'),
    'channel! include_locale:bool include_num_members:bool',
    50,
    info,
  ),
  'conversations.members': method(forEveryKind('read'), 'channel! cursor limit:int', 100, members),
  'conversations.open': method(
    'im:write mpim:write',
    'channel users return_im:bool prevent_creation:bool',
    50,
    open,
  ),
  'conversations.join': method('channels:join', 'channel!', 50, join),
  'conversations.invite': method(
    'channels:manage channels:write.invites groups:write groups:write.invites',
    'channel! users! force:bool',
    50,
    invite,
  ),
  'users.conversations': method(
    forEveryKind('read'),
    'user types cursor limit:int exclude_archived:bool',
    50,
    whereIs,
  ),
};
