import { z } from 'zod';
import type { File } from './incoming.ts';

/** A picture that a message shows: a file that Slack has, or an address. */
export type Shown = { name: string } & ({ id: string } | { url: string });

/** What other apps build is theirs: whatever of it cannot be read shows nothing. */
const loose = <T extends z.ZodType>(shape: T) => z.array(shape.nullable().catch(null)).catch([]);

const Image = z.object({
  type: z.literal('image'),
  alt_text: z.string().optional(),
  image_url: z.string().optional(),
  slack_file: z.object({ id: z.string().optional(), url: z.string().optional() }).optional(),
});
type Image = z.infer<typeof Image>;
const maybeImage = Image.nullish().catch(null);

/** A picture by itself, beside a text or at the head of a card. Those in small print are badges and faces. */
const CardBlock = z.object({ type: z.string(), accessory: maybeImage, hero_image: maybeImage });
const Block = z.union([
  Image,
  CardBlock.extend({ type: z.literal('carousel'), elements: loose(CardBlock) }),
  CardBlock,
]);
const Blocks = loose(Block);

const Attachment = z.object({
  image_url: z.string().nullish().catch(null),
  title: z.string().nullish().catch(null),
  blocks: Blocks.optional(),
  /** Of a message that was forwarded. */
  files: loose(z.object({ id: z.string(), name: z.string().nullish() })).optional(),
  message_blocks: loose(z.object({ message: z.object({ blocks: Blocks.optional() }) })).optional(),
});

const Message = z.object({ blocks: Blocks.optional(), attachments: loose(Attachment).optional() });

/** All pictures a message shows, each once: its own files, and those in its blocks and attachments. */
export function shownIn(message: { files?: readonly File[] | undefined }): Shown[] {
  const { blocks = [], attachments = [] } = Message.parse(message);
  const all = [
    ...(message.files ?? []).map(ofFile),
    ...blocks.flatMap(inBlock),
    ...attachments.flatMap(inAttachment),
  ];
  const isFirst = (one: Shown, n: number) => all.findIndex((other) => keyOf(other) === keyOf(one)) === n;
  return all.filter(isFirst);
}

const keyOf = (one: Shown): string => ('id' in one ? one.id : one.url);

const ofFile = ({ id, name }: File): Shown => ({ name: name || 'picture', id });

function inBlock(block: z.infer<typeof Block> | null): Shown[] {
  if (!block) return [];
  if (isImage(block)) return inImage(block);
  const inside = 'elements' in block ? block.elements.flatMap(inBlock) : [];
  return [...inImage(block.hero_image), ...inImage(block.accessory), ...inside];
}

const isImage = (block: object): block is Image => 'type' in block && block.type === 'image';

function inImage(image: Image | null | undefined): Shown[] {
  const { alt_text: name = '', image_url, slack_file } = image ?? {};
  if (slack_file?.id) return [{ name: name || 'picture', id: slack_file.id }];
  return at(slack_file?.url ?? image_url, name);
}

const inAttachment = (one: z.infer<typeof Attachment> | null): Shown[] => [
  ...(one?.files ?? []).flatMap((file) => (file ? ofFile(file) : [])),
  ...(one?.blocks ?? []).flatMap(inBlock),
  ...(one?.message_blocks ?? []).flatMap((each) => (each?.message.blocks ?? []).flatMap(inBlock)),
  ...at(one?.image_url, one?.title ?? ''),
];

/** An address in Slack means a file: nobody but Slack's own clients is let in there. */
function at(address: string | null | undefined, name: string): Shown[] {
  const url = URL.parse(address ?? '');
  if (!url || !/^https?:$/.test(url.protocol)) return [];
  const last = url.pathname.split('/').at(-1);
  const called = name || last || 'picture';
  const [, id] = /\/files(?:-pri|-tmb)?\/[A-Z0-9]+[/-](F[A-Z0-9]+)/.exec(url.pathname) ?? [];
  return [
    id && /(?:^|\.)slack\.com$/.test(url.hostname) ? { name: called, id } : { name: called, url: url.href },
  ];
}
