import { createHash } from 'node:crypto';
import type { Bag } from '../block-kit/shapes.ts';
import { acceptedBlocks, threadOf } from '../content.ts';
import { posted, shared } from '../events.ts';
import { type Call, maybe, method, textOf } from '../method.ts';
import { writable } from '../places.ts';
import { because, Refused } from '../refused.ts';
import { toldFile } from '../shapes.ts';
import type { StoredFile, Workspace } from '../world.ts';
import { ownMessage } from './chat.ts';

const mostBytes = 1024 ** 3;
const mostAlt = 1000;

const types: Record<string, string> = {
  mp4: 'video/mp4',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  json: 'application/json',
  txt: 'text/plain',
};

const typeOf = (name: string) =>
  types[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';

/** A file with its bytes, as a person or the app brought it. */
export const fileWith = (given: Pick<StoredFile, 'id' | 'name' | 'user' | 'created' | 'bytes'>) => ({
  title: given.name,
  mimetype: typeOf(given.name),
  sha256: createHash('sha256').update(given.bytes).digest('hex'),
  altText: null,
  shares: [],
  sharesFrom: 0,
  foreign: false,
  pending: null,
  deleted: false,
  hidden: false,
  ...given,
});

function ask(call: Call) {
  const { args, workspace, world, install, host } = call;
  const length = args['length'] as number;
  if (length === 0)
    throw because('invalid_arguments', ['[ERROR] must be greater than 0 [json-pointer:/length]']);
  if (length > mostBytes) throw new Refused('file_upload_size_restricted');
  if (textOf(args, 'alt_txt').length > mostAlt) throw new Refused('alt_txt_too_large');
  const id = world.newId('F');
  const file: StoredFile = {
    ...fileWith({
      id,
      name: textOf(args, 'filename'),
      user: install.botUser,
      created: world.now(),
      bytes: Buffer.alloc(0),
    }),
    altText: maybe(args, 'alt_txt') ?? null,
    pending: { length, received: false },
  };
  workspace.files.push(file);
  return { upload_url: `${host}/upload/v1/${workspace.id}/${id}`, file_id: id };
}

/** Bytes for an upload that was asked for. @throws Refused where the number of bytes is another. */
export function receive(workspace: Workspace, id: string, bytes: Buffer): void {
  const file = workspace.files.find((each) => each.id === id);
  if (!file?.pending) throw new Refused('file_not_found');
  if (bytes.length !== file.pending.length) throw new Refused('wrong_length');
  file.bytes = bytes;
  file.sha256 = createHash('sha256').update(bytes).digest('hex');
  file.pending.received = true;
}

function complete(call: Call) {
  const { args, workspace } = call;
  const asked = args['files'] as Bag[];
  if (!Array.isArray(asked) || asked.length === 0)
    throw because('invalid_arguments', ['[ERROR] must be an array [json-pointer:/files]']);
  const files = asked.map((each) => uploaded(call, each));
  const to = maybe(args, 'channel_id') ?? maybe(args, 'channels');
  const message = to === undefined ? null : prepared(call, to);
  files.forEach((file, i) => {
    file.title = String(asked[i]?.['title'] ?? file.name);
    file.pending = null;
    file.sharesFrom = call.world.now() + call.times.shares;
  });
  if (message) share(call, files, message);
  return {
    files: files.map((file) => ({ ...toldFile(workspace, file, call.host, 0), title: file.title })),
  };
}

function uploaded({ workspace }: Call, asked: Bag): StoredFile {
  const strange = Object.keys(asked).filter((key) => !['id', 'title', 'highlight_type'].includes(key));
  if (strange.length > 0) throw because('invalid_arguments', [`[ERROR] unexpected: ${strange.join(', ')}`]);
  const file = workspace.files.find((each) => each.id === asked['id']);
  if (!file?.pending) throw new Refused('file_not_found');
  if (!file.pending.received) throw new Refused('file_update_failed');
  return file;
}

/** Where and what, checked before anything is kept; a comment wins over blocks. */
function prepared(call: Call, to: string) {
  const { args } = call;
  const channel = writable(call, to);
  const comment = maybe(args, 'initial_comment');
  const blocks =
    args['blocks'] === undefined || comment !== undefined
      ? {}
      : { blocks: acceptedBlocks(call, args['blocks']) };
  return { channel, content: { text: comment ?? '', ...blocks }, thread: threadOf(call, channel.id) };
}

function share(call: Call, files: StoredFile[], { channel, content, thread }: ReturnType<typeof prepared>) {
  const { workspace, host, emit } = call;
  const message = ownMessage(call, channel.id, content, {
    ...thread,
    subtype: 'file_share',
    files: files.map(({ id }) => id),
    by: 'files.completeUploadExternal',
  });
  for (const file of files) {
    file.shares.push({ channel: channel.id, ts: message.ts, ...thread });
    shared(workspace, file, channel.id, emit, message.ts);
  }
  posted(workspace, message, host, emit);
}

function info(call: Call) {
  const { workspace, args, world, host } = call;
  const file = workspace.files.find((each) => each.id === args['file']);
  if (!file || file.pending) throw new Refused('file_not_found');
  if (file.deleted) throw new Refused('file_deleted');
  return { file: toldFile(workspace, file, host, world.now()), comments: [] };
}

function remove({ workspace, args, install }: Call) {
  const file = workspace.files.find((each) => each.id === args['file']);
  if (!file) throw new Refused('file_not_found');
  if (file.deleted) throw new Refused('file_deleted');
  if (file.user !== install.botUser) throw new Refused('cant_delete_file');
  file.deleted = true;
  return {};
}

export const fileMethods = {
  'files.getUploadURLExternal': method('files:write', 'filename! length!:int alt_txt snippet_type', 100, ask),
  'files.completeUploadExternal': method(
    'files:write',
    'files!:json channel_id channels thread_ts initial_comment blocks:json',
    100,
    complete,
  ),
  'files.info': method('files:read', 'file! count:int cursor limit:int page:int', 100, info),
  'files.delete': method('files:write', 'file!', 50, remove),
};
