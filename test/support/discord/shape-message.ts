import { attachmentShape } from './cdn.ts';
import { channelShape, userShape } from './shapes.ts';
import type { Part } from './wire.ts';
import type { Message, User, World } from './world.ts';

const stamp = (at: number): string => new Date(at).toISOString();

/** A message as the bot is told it; without `open` as one may not read it, with its words and files left out. */
export function messageShape(world: World, message: Message, open = true): object {
  const { channel, author, reference, thread, interaction } = message;
  const shown = open || readable(world, message);
  return {
    id: message.id,
    channel_id: channel.id,
    type: message.type,
    author: userShape(author),
    content: shown ? message.content : '',
    embeds: shown ? message.embeds : [],
    components: shown ? message.components.map((each) => partShape(world, message, each)) : [],
    attachments: shown ? message.attachments.map((each) => attachmentShape(world, each)) : [],
    mentions: message.mentions.flatMap((id) => world.users.get(id) ?? []).map(userShape),
    mention_roles: [],
    mention_everyone: false,
    timestamp: stamp(message.at),
    edited_timestamp: message.editedAt === null ? null : stamp(message.editedAt),
    flags: message.flags,
    pinned: message.pinned,
    tts: false,
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(message.reactions.size > 0 ? { reactions: reactionsShape(world, message) } : {}),
    ...(thread ? { thread: channelShape(thread, world.bot.id, world.users) } : {}),
    ...(author === world.bot ? { application_id: world.application.id } : {}),
    ...(interaction ? interactionShape(world, message) : {}),
    ...(reference ? referenceShape(world, reference, open) : {}),
  };
}

/** What is told without the privileged intent: own words, direct ones, and those that name the bot. */
const readable = (world: World, { author, channel, mentions }: Message): boolean =>
  author === world.bot || channel.guild === null || mentions.includes(world.bot.id);

const referenceShape = (world: World, to: Message, open: boolean) => ({
  message_reference: {
    type: 0,
    message_id: to.id,
    channel_id: to.channel.id,
    ...(to.channel.guild ? { guild_id: to.channel.guild.id } : {}),
  },
  ...(to.deleted
    ? { referenced_message: null }
    : { referenced_message: { ...messageShape(world, to, open), referenced_message: undefined } }),
});

function interactionShape(world: World, message: Message) {
  const { interaction } = message;
  if (!interaction) return {};
  const { source, type } = interaction;
  return {
    interaction_metadata: {
      id: interaction.id,
      type,
      user: userShape(interaction.person),
      authorizing_integration_owners: interaction.guild ? { 0: interaction.guild.id } : {},
      ...(type === 3 && source ? { interacted_message_id: source.id } : {}),
      ...(type === 5 ? { triggering_interaction_metadata: triggering(interaction.person, interaction) } : {}),
    },
    webhook_id: world.application.id,
  };
}

const triggering = (user: User, { id, source }: { id: string; source: Message | null }) => ({
  id,
  type: source ? 3 : 2,
  user: userShape(user),
  authorizing_integration_owners: {},
  ...(source ? { interacted_message_id: source.id } : {}),
});

export const emojiShape = (emoji: string) => {
  const [name = emoji, id = null] = emoji.split(':');
  return { id, name };
};

const reactionsShape = (world: World, { reactions }: Message) =>
  [...reactions].map(([emoji, by]) => ({
    emoji: emojiShape(emoji),
    count: by.size,
    count_details: { burst: 0, normal: by.size },
    burst_colors: [],
    me_burst: false,
    me: by.has(world.bot.id),
  }));

/** `attachment://name` becomes the file's address; ids are counted where none were given. */
function partShape(world: World, message: Message, part: Part): object {
  const media = (given: { url: string } | undefined) => (given ? mediaShape(world, message, given.url) : {});
  const inner = (given: Part) => partShape(world, message, given);
  const shape: Record<string, unknown> = { ...part };
  if (part.components) shape['components'] = part.components.map(inner);
  if (part.accessory) shape['accessory'] = inner(part.accessory);
  if (part.items)
    shape['items'] = part.items.map((item) => ({
      description: null,
      spoiler: false,
      ...item,
      media: media(item.media),
    }));
  if (part.media) shape['media'] = media(part.media);
  if (part.file) Object.assign(shape, fileShape(message, part.file.url), { file: media(part.file) });
  return { ...defaults[part.type], ...shape };
}

function fileShape({ attachments }: Message, url: string): object {
  const file = attachments.find(({ name }) => url === `attachment://${name}`);
  return { name: file?.name ?? null, size: file?.bytes.length ?? null };
}

/** What Discord fills in of itself. */
const defaults: Record<number, object> = {
  3: { min_values: 1, max_values: 1 },
  5: { min_values: 1, max_values: 1 },
  6: { min_values: 1, max_values: 1 },
  7: { min_values: 1, max_values: 1 },
  8: { min_values: 1, max_values: 1 },
  11: { description: null, spoiler: false },
  13: { spoiler: false },
  14: { divider: true, spacing: 1 },
  17: { accent_color: null, spoiler: false },
};

function mediaShape(world: World, message: Message, url: string): object {
  const name = /^attachment:\/\/(.+)$/.exec(url)?.[1];
  const file = message.attachments.find((each) => each.name === name);
  const at = file ? attachmentShape(world, file) : null;
  return {
    id: file?.id ?? message.id,
    url: at?.url ?? url,
    proxy_url: at?.url ?? url,
    ...(at ? { attachment_id: at.id, content_type: at.content_type } : {}),
  };
}
