import type { Answered } from './api.ts';
import type { Bag } from './block-kit/shapes.ts';
import { contentOf, threadOf } from './content.ts';
import { changed, posted, removed } from './events.ts';
import { type Call, read } from './method.ts';
import { ownMessage } from './methods/chat.ts';
import { Refused } from './refused.ts';
import { toldMessage } from './shapes.ts';
import type { Message } from './world.ts';

const spec =
  'text blocks:json attachments:json metadata:json response_type replace_original:bool delete_original:bool ' +
  'thread_ts unfurl_links:bool unfurl_media:bool mrkdwn:bool markdown_text';

/** What was posted to a response URL, which works even where the bot is no member. */
export function respond(
  call: Omit<Call, 'workspace' | 'install' | 'args'>,
  id: string,
  given: Bag,
): Answered {
  try {
    const url = call.desk.useResponseUrl(id);
    const workspace = call.world.workspaces.find((each) => each.id === url.workspace);
    if (!workspace?.install) throw new Refused('invalid_token');
    const args = { ...(url.thread ? { thread_ts: url.thread } : {}), ...read(spec, given) };
    answerAt({ ...call, workspace, install: workspace.install, args }, url);
    return { status: 200, body: { ok: true } };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const status = error.code.endsWith('_url') ? 404 : 400;
    return { status, body: { ok: false, error: error.code, ...error.more } };
  }
}

interface Where {
  channel: string;
  user: string;
  message: string | null;
}

function answerAt(call: Call, { channel, user, message }: Where): void {
  const { args, workspace } = call;
  const original = workspace.messages.find((m) => m.channel === channel && m.ts === message && !m.deleted);
  if (args['delete_original'] === true) {
    if (original) drop(call, original);
    return;
  }
  const content = contentOf(call, 'other');
  if (original && args['replace_original'] === true) {
    rewrite(call, original, content);
    return;
  }
  const everybody = args['response_type'] === 'in_channel';
  const made = ownMessage(call, channel, content, {
    ...threadOf(call, channel),
    ephemeralTo: everybody ? null : user,
    by: 'response_url',
  });
  if (everybody) posted(workspace, made, call.host, call.emit);
}

function drop({ workspace, host, emit, world }: Call, original: Message): void {
  original.deleted = true;
  if (!original.ephemeralTo) removed(workspace, original, host, emit, world.newTs());
}

function rewrite(call: Call, original: Message, content: ReturnType<typeof contentOf>): void {
  const { workspace, host, emit, world } = call;
  const before = toldMessage(workspace, original, host);
  original.before.push({ text: original.text, ...(original.blocks ? { blocks: original.blocks } : {}) });
  delete original.blocks;
  Object.assign(original, content);
  if (!original.ephemeralTo) changed(workspace, original, before, host, emit, world.newTs());
}
