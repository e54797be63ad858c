import { type Bag, isBag } from './block-kit/shapes.ts';
import { everyWith, faultsInBlocks, faultsInMetadata, metadataTooLarge } from './block-kit.ts';
import { bagOf, type Call, maybe } from './method.ts';
import { because, Refused } from './refused.ts';
import { type Message, messageAt } from './world.ts';

const mostText = 40_000;
const mostUpdate = 4000;
const mostMarkdown = 12_000;
const mostBlocks = 50;

export type Content = Pick<Message, 'text' | 'blocks' | 'attachments' | 'metadata'>;

/** What a message says, checked as a whole. @throws Refused in Slack's own words. */
export function contentOf(call: Call, way: 'post' | 'update' | 'other' = 'post'): Content {
  const { args } = call;
  const markdown = maybe(args, 'markdown_text');
  const text = maybe(args, 'text');
  const { blocks, attachments } = args;
  if (markdown !== undefined && (text !== undefined || blocks !== undefined))
    throw new Refused('markdown_text_conflict');
  if ((text ?? markdown) === undefined && isNothing(blocks) && isNothing(attachments))
    throw new Refused('no_text');
  if ((markdown?.length ?? 0) > mostMarkdown) throw new Refused('msg_too_long');
  if (way === 'update' && (text?.length ?? 0) > mostUpdate) throw new Refused('msg_too_long');
  const metadata = metadataOf(args);
  return {
    text: (text ?? markdown ?? '').slice(0, mostText),
    ...(blocks === undefined ? {} : { blocks: acceptedBlocks(call, blocks) }),
    ...(Array.isArray(attachments) ? { attachments: attachments as Bag[] } : {}),
    ...(metadata ? { metadata } : {}),
  };
}

const isNothing = (value: unknown) => !Array.isArray(value) || value.length === 0;

export function acceptedBlocks(call: Call, blocks: unknown): Bag[] {
  if (!Array.isArray(blocks)) throw new Refused('invalid_blocks_format');
  const faults = faultsInBlocks(blocks);
  if (blocks.length > mostBlocks || faults.length > 0) throw because('invalid_blocks', faults);
  const strange = everyWith(blocks, 'type').filter(({ type }) => call.workspace.lacks.includes(String(type)));
  if (strange.length > 0)
    throw because('invalid_blocks', [
      `[ERROR] unsupported type: ${strange[0]?.['type']} [json-pointer:/blocks]`,
    ]);
  const unseen = everyWith(blocks, 'slack_file').filter((each) => !isSeen(call, each['slack_file']));
  if (unseen.length > 0) throw because('invalid_blocks', ['[ERROR] invalid slack file']);
  // What stands beside a text is not fetched beforehand.
  const pictures = everyWith(blocks, 'image_url').filter(({ type }) => type === 'image');
  const beside = everyWith(blocks, 'accessory').map(({ accessory }) => accessory);
  if (!call.workspace.fetches && pictures.some((each) => !beside.includes(each)))
    throw because('invalid_blocks', ['[ERROR] downloading image failed [json-pointer:/blocks]']);
  const embeds = everyWith(blocks, 'video_url').length > 0;
  if (embeds && !call.install.scopes.has('links.embed:write'))
    throw because('invalid_blocks', ['[ERROR] links.embed:write is needed for a video block']);
  return blocks as Bag[];
}

const shownTypes = ['image/png', 'image/jpeg', 'image/gif'];

/** A picture can be shown once it was processed, and where everybody sees it. */
function isSeen({ workspace, world, times, args }: Call, wanted: unknown): boolean {
  if (!isBag(wanted)) return false;
  const file = workspace.files.find(
    ({ id }) => id === wanted['id'] || String(wanted['url'] ?? '').includes(`-${id}/`),
  );
  if (!file || file.deleted || file.hidden || file.pending || !shownTypes.includes(file.mimetype))
    return false;
  const channel = maybe(args, 'channel') ?? maybe(args, 'channel_id');
  const isThere = file.shares.some((share) => share.channel === channel);
  return isThere && world.now() >= file.sharesFrom + times.shown;
}

function metadataOf(args: Bag): Bag | undefined {
  const metadata = bagOf(args, 'metadata');
  if (args['metadata'] === undefined) return undefined;
  if (metadataTooLarge(metadata)) throw new Refused('metadata_too_large');
  const faults = faultsInMetadata(metadata);
  if (faults.length > 0) throw because('invalid_metadata_format', faults);
  return metadata;
}

/** The thread a reply goes to; only a first message can have replies. */
export function threadOf({ workspace, args }: Call, channel: string): { thread_ts?: string } {
  const ts = maybe(args, 'thread_ts');
  if (ts === undefined) return {};
  const parent = messageAt(workspace, channel, ts);
  if (!parent) throw new Refused('thread_not_found');
  if (parent.thread_ts && parent.thread_ts !== parent.ts) throw new Refused('cannot_reply_to_message');
  return { thread_ts: ts };
}
