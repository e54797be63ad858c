import { permissionsOf } from './permissions.ts';
import type { Channel, Command, Guild, Member, Role, User } from './world.ts';

const stamp = (at: number): string => new Date(at).toISOString();

export const userShape = (user: User) => ({
  id: user.id,
  username: user.name,
  global_name: user.bot ? null : user.name,
  avatar: null,
  discriminator: user.bot ? '0001' : '0',
  public_flags: 0,
  flags: 0,
  primary_guild: null,
  ...(user.bot ? { bot: true } : {}),
});

export const memberShape = (member: Member) => ({
  user: userShape(member.user),
  ...loneMember(member),
});

/** As it stands beside a user that is told already. */
export const loneMember = (member: Member) => ({
  nick: null,
  avatar: null,
  banner: null,
  roles: member.roles,
  joined_at: stamp(member.joinedAt),
  premium_since: null,
  communication_disabled_until: null,
  deaf: false,
  mute: false,
  pending: false,
  flags: 0,
});

export const roleShape = (role: Role, position = 0) => ({
  id: role.id,
  name: role.name,
  permissions: String(role.permissions),
  position,
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  managed: role.managed,
  mentionable: false,
  icon: null,
  unicode_emoji: null,
  flags: 0,
});

export const rolesShape = (guild: Guild) => [...guild.roles.values()].map((role, i) => roleShape(role, i));

function threadShape(channel: Channel, thread: NonNullable<Channel['thread']>, viewer: string) {
  const own = thread.members.get(viewer);
  return {
    owner_id: thread.owner,
    thread_metadata: {
      archived: thread.archived,
      locked: thread.locked,
      auto_archive_duration: thread.autoArchive,
      archive_timestamp: stamp(thread.changedAt),
      create_timestamp: stamp(thread.changedAt),
      ...(channel.type === 12 ? { invitable: thread.invitable } : {}),
    },
    message_count: channel.messages.size,
    member_count: thread.members.size,
    total_message_sent: channel.messages.size,
    ...(own === undefined ? {} : { member: threadMember(channel, viewer, own) }),
  };
}

export const threadMember = (channel: Channel, user: string, since: number) => ({
  id: channel.id,
  user_id: user,
  join_timestamp: stamp(since),
  flags: 0,
});

/** `viewer` is who is told: a thread shows its own membership. */
export function channelShape(channel: Channel, viewer: string, users: ReadonlyMap<string, User>): object {
  const common = { id: channel.id, type: channel.type, flags: 0, last_message_id: last(channel) };
  if (!channel.guild) {
    const others = [...channel.recipients].filter((id) => id !== viewer).flatMap((id) => users.get(id) ?? []);
    return { ...common, recipients: others.map(userShape) };
  }
  const placed = {
    ...common,
    guild_id: channel.guild.id,
    name: channel.name,
    parent_id: channel.parent?.id ?? null,
    rate_limit_per_user: 0,
  };
  if (channel.thread) return { ...placed, ...threadShape(channel, channel.thread, viewer) };
  const permission_overwrites = channel.overwrites.map((one) => ({
    ...one,
    allow: String(one.allow),
    deny: String(one.deny),
  }));
  const forum = channel.type === 15 ? { available_tags: [], default_reaction_emoji: null } : {};
  return { ...placed, position: 0, topic: null, nsfw: channel.nsfw, permission_overwrites, ...forum };
}

/** As it stands in an interaction: with what the person asking may do there. */
export const channelSeenBy = (
  channel: Channel,
  asking: string,
  bot: string,
  users: ReadonlyMap<string, User>,
) => ({
  ...channelShape(channel, bot, users),
  permissions: String(permissionsOf(channel, asking)),
  app_permissions: String(permissionsOf(channel, bot)),
});

const last = (channel: Channel): string | null => [...channel.messages.keys()].at(-1) ?? null;

export const guildShape = (guild: Guild) => ({
  id: guild.id,
  name: guild.name,
  icon: null,
  description: null,
  home_header: null,
  splash: null,
  discovery_splash: null,
  features: [],
  banner: null,
  owner_id: guild.owner,
  application_id: null,
  region: 'deprecated',
  afk_channel_id: null,
  afk_timeout: 300,
  system_channel_id: null,
  system_channel_flags: 0,
  widget_enabled: false,
  widget_channel_id: null,
  verification_level: 0,
  roles: rolesShape(guild),
  default_message_notifications: 0,
  mfa_level: 0,
  explicit_content_filter: 0,
  max_presences: null,
  max_members: 500_000,
  max_stage_video_channel_users: 50,
  max_video_channel_users: 25,
  vanity_url_code: null,
  premium_tier: guild.tier,
  premium_subscription_count: guild.tier * 7,
  preferred_locale: guild.locale,
  rules_channel_id: null,
  safety_alerts_channel_id: null,
  public_updates_channel_id: null,
  premium_progress_bar_enabled: false,
  nsfw: false,
  nsfw_level: 0,
  emojis: [],
  stickers: [],
  incidents_data: null,
});

export const applicationShape = (id: string, name: string, owner: User) => ({
  id,
  name,
  icon: null,
  description: '',
  type: null,
  verify_key: '0'.repeat(64),
  flags: 0,
  flags_new: '0',
  redirect_uris: [],
  interactions_endpoint_url: null,
  role_connections_verification_url: null,
  owner: userShape(owner),
  approximate_guild_count: 1,
  approximate_user_install_count: 0,
  approximate_user_authorization_count: 0,
  explicit_content_filter: 0,
  team: null,
  eligible_oauth2_scopes: [],
  bot: userShape(owner),
});

/** As the lists give it: with the dictionaries of other languages only where asked for. */
export function commandShape(
  command: Command,
  application: string,
  guild: string | null,
  languages: boolean,
) {
  const { name_localizations = null, description_localizations = null, ...plain } = command;
  const member = command.default_member_permissions;
  return {
    ...(languages ? plain : withoutLanguages(plain)),
    type: command.type ?? 1,
    description: command.description ?? '',
    application_id: application,
    ...(guild ? { guild_id: guild } : {}),
    default_member_permissions: member === undefined || member === null ? null : String(member),
    dm_permission: !command.contexts || command.contexts.includes(1),
    integration_types: command.integration_types ?? [0],
    contexts: guild ? null : (command.contexts ?? null),
    nsfw: command.nsfw ?? false,
    ...(languages ? { name_localizations, description_localizations } : {}),
  };
}

const withoutLanguages = <T>(given: T): T =>
  JSON.parse(JSON.stringify(given, (key, value) => (key.endsWith('_localizations') ? undefined : value)));
