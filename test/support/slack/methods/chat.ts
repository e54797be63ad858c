import { acceptedBlocks, type Content, contentOf, threadOf } from '../content.ts';
import { changed, posted, removed } from '../events.ts';
import { bagOf, type Call, maybe, method, textOf } from '../method.ts';
import { seen, writable } from '../places.ts';
import { Refused } from '../refused.ts';
import { toldMessage } from '../shapes.ts';
import { type Message, messageAt } from '../world.ts';

const look = 'unfurl_links:bool unfurl_media:bool parse link_names:bool mrkdwn:bool';
const said = 'text blocks:json attachments:json markdown_text';
const face = 'username icon_emoji icon_url';

/** A message of the bot's own. */
export function ownMessage(call: Call, channel: string, content: Content, more: Partial<Message>): Message {
  const { world, install, app, workspace } = call;
  const message: Message = {
    channel,
    ts: world.newTs(),
    user: install.botUser,
    bot_id: install.botId,
    app_id: app.appId,
    ...content,
    reactions: [],
    before: [],
    deleted: false,
    ephemeralTo: null,
    by: 'chat.postMessage',
    ...more,
  };
  workspace.messages.push(message);
  return message;
}

function post(call: Call) {
  const { args, workspace, host, emit, desk } = call;
  const channel = writable(call, textOf(args, 'channel'), true);
  const content = contentOf(call);
  const thread = threadOf(call, channel.id);
  const wait = desk.tooManyPosts(`${workspace.id} ${channel.id}`);
  if (wait > 0) throw new Refused('ratelimited', { retryAfter: wait });
  const broadcast = args['reply_broadcast'] === true ? { subtype: 'thread_broadcast' } : {};
  const key = maybe(args, 'client_msg_id');
  const message = ownMessage(call, channel.id, content, {
    ...thread,
    ...broadcast,
    ...(key ? { client_msg_id: key } : {}),
  });
  posted(workspace, message, host, emit);
  return { channel: channel.id, ts: message.ts, message: toldMessage(workspace, message, host) };
}

function own(call: Call, refusal: string): Message {
  const { args, workspace, install } = call;
  const channel = seen(call, textOf(args, 'channel'));
  const message = messageAt(workspace, channel.id, textOf(args, 'ts'));
  if (!message) throw new Refused('message_not_found');
  if (message.bot_id !== install.botId) throw new Refused(refusal);
  return message;
}

function update(call: Call) {
  const { args, workspace, host, emit, world, install } = call;
  const message = own(call, 'cant_update_message');
  const { blocks, text, metadata, attachments } = contentOf(call, 'update');
  const fileIds = (args['file_ids'] ?? []) as string[];
  for (const id of fileIds)
    if (!workspace.files.some((each) => each.id === id && !each.deleted)) throw new Refused('file_not_found');
  const before = toldMessage(workspace, message, host);
  message.before.push({ text: message.text, ...(message.blocks ? { blocks: message.blocks } : {}) });
  message.text = text;
  // Text without blocks takes the blocks away, and only then the message is marked as edited.
  if (blocks) message.blocks = blocks;
  else delete message.blocks;
  const ts = world.newTs();
  if (!blocks) message.edited = { user: install.botUser, ts };
  if (attachments) message.attachments = attachments;
  if (metadata) message.metadata = metadata;
  if (fileIds.length > 0) message.files = [...new Set([...(message.files ?? []), ...fileIds])];
  changed(workspace, message, before, host, emit, ts);
  return {
    channel: message.channel,
    ts: message.ts,
    text,
    message: toldMessage(workspace, message, host),
  };
}

function ephemeral(call: Call) {
  const { args } = call;
  const channel = writable(call, textOf(args, 'channel'));
  const user = textOf(args, 'user');
  const content = contentOf(call, 'other');
  if (!channel.members.includes(user)) throw new Refused('user_not_in_channel');
  const more = { ...threadOf(call, channel.id), ephemeralTo: user, by: 'chat.postEphemeral' };
  return { message_ts: ownMessage(call, channel.id, content, more).ts };
}

function remove(call: Call) {
  const message = own(call, 'cant_delete_message');
  message.deleted = true;
  removed(call.workspace, message, call.host, call.emit, call.world.newTs());
  return { channel: message.channel, ts: message.ts };
}

function permalink(call: Call) {
  const { args, workspace, host } = call;
  const channel = seen(call, textOf(args, 'channel'));
  const message = messageAt(workspace, channel.id, textOf(args, 'message_ts'));
  if (!message) throw new Refused('message_not_found');
  const link = `${host}/archives/${channel.id}/p${message.ts.replace('.', '')}`;
  return { channel: channel.id, permalink: link };
}

function status(call: Call) {
  const channel = seen(call, textOf(call.args, 'channel_id'));
  if (!messageAt(call.workspace, channel.id, textOf(call.args, 'thread_ts')))
    throw new Refused('invalid_thread_ts');
  return {};
}

/** What a public tool of Slack's answers about blocks, views and messages. */
function validate(call: Call) {
  const message = bagOf(call.args, 'message');
  const blocks = call.args['blocks'] ?? message?.['blocks'];
  acceptedBlocks(call, blocks);
  return {};
}

const postArgs = `channel! ${said} metadata:json thread_ts reply_broadcast:bool ${look} ${face} client_msg_id`;

export const chatMethods = {
  // The limit of posting is by channel, see `post`.
  'chat.postMessage': method('chat:write', postArgs, 600, post),
  'chat.update': method(
    'chat:write',
    `channel! ts! ${said} metadata:json file_ids:json parse link_names:bool reply_broadcast:bool`,
    50,
    update,
  ),
  'chat.postEphemeral': method(
    'chat:write',
    `channel! user! ${said} thread_ts parse link_names:bool ${face}`,
    100,
    ephemeral,
  ),
  'chat.delete': method('chat:write', 'channel! ts!', 50, remove),
  'chat.getPermalink': method('', 'channel! message_ts!', 600, permalink),
  'assistant.threads.setStatus': method(
    'chat:write assistant:write',
    `channel_id! thread_ts! status loading_messages:json ${face}`,
    600,
    status,
  ),
  'blocks.validate': method('', 'blocks:json message:json', 50, validate),
};
