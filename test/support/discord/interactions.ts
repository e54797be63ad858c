import { randomBytes } from 'node:crypto';
import { limitOf } from './messages.ts';
import { permissionsOf } from './permissions.ts';
import { messageShape } from './shape-message.ts';
import { channelSeenBy, memberShape, userShape } from './shapes.ts';
import type { Part } from './wire.ts';
import type { Channel, Guild, Message, User, World } from './world.ts';

/** A form as the bot asked a person to fill it. */
export interface Form {
  custom_id: string;
  title: string;
  components: Part[];
}

/** What a person asked, and what came of it. */
export interface Interaction {
  id: string;
  token: string;
  /** 2 command, 3 component, 4 autocomplete, 5 form. */
  type: 2 | 3 | 4 | 5;
  at: number;
  person: User;
  channel: Channel;
  guild: Guild | null;
  /** The message with the component that was used, or from which the form was opened. */
  source: Message | null;
  /** Bytes per file. */
  limit: number;
  /** The type of the one first answer. */
  answer: number | null;
  /** The message that `@original` means. */
  original: Message | null;
  followUps: Message[];
  form: Form | null;
  choices: { name: string; value: string | number }[] | null;
  /** Resolves when the first answer has come. */
  answered: Promise<Interaction>;
  settle: () => void;
}

export interface Asking {
  type: Interaction['type'];
  person: User;
  channel: Channel;
  data: object;
  source?: Message | null;
}

/** Puts a person's question to the application, by way of the gateway. */
export function ask(world: World, { type, person, channel, data, source = null }: Asking): Interaction {
  const { guild } = channel;
  const { promise, resolve } = Promise.withResolvers<Interaction>();
  const interaction: Interaction = {
    id: world.id(),
    token: randomBytes(48).toString('base64url'),
    type,
    at: world.clock(),
    person,
    channel,
    guild,
    source,
    limit: Math.max(person.uploadLimit, limitOf(guild?.tier ?? 0)),
    answer: null,
    original: null,
    followUps: [],
    form: null,
    choices: null,
    answered: promise,
    settle: () => resolve(interaction),
  };
  world.interactions.set(interaction.id, interaction);
  world.emit({
    t: 'INTERACTION_CREATE',
    guild: guild?.id ?? null,
    intents: 0,
    data: () => interactionShape(world, interaction, data),
  });
  return interaction;
}

function interactionShape(world: World, interaction: Interaction, data: object): object {
  const { id, token, type, person, channel, guild, source, limit } = interaction;
  const member = guild?.members.get(person.id);
  const where = guild
    ? {
        guild_id: guild.id,
        guild: { id: guild.id, locale: guild.locale, features: [] },
        guild_locale: guild.locale,
      }
    : {};
  return {
    id,
    application_id: world.application.id,
    type,
    token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: channelSeenBy(channel, person.id, world.bot.id, world.users),
    ...where,
    ...(member
      ? { member: { ...memberShape(member), permissions: String(permissionsOf(channel, person.id)) } }
      : { user: userShape(person) }),
    ...(source ? { message: messageShape(world, source) } : {}),
    app_permissions: String(permissionsOf(channel, world.bot.id)),
    locale: person.locale,
    entitlements: [],
    authorizing_integration_owners: guild ? { 0: guild.id } : { 0: '0' },
    context: guild ? 0 : 1,
    attachment_size_limit: limit,
  };
}
