import type { Channel, Guild } from './world.ts';

const permission = {
  ADD_REACTIONS: 1n << 6n,
  ADMINISTRATOR: 1n << 3n,
  ATTACH_FILES: 1n << 15n,
  CREATE_PRIVATE_THREADS: 1n << 36n,
  CREATE_PUBLIC_THREADS: 1n << 35n,
  EMBED_LINKS: 1n << 14n,
  MANAGE_CHANNELS: 1n << 4n,
  MANAGE_GUILD: 1n << 5n,
  MANAGE_MESSAGES: 1n << 13n,
  MANAGE_THREADS: 1n << 34n,
  PIN_MESSAGES: 1n << 51n,
  READ_MESSAGE_HISTORY: 1n << 16n,
  SEND_MESSAGES: 1n << 11n,
  SEND_MESSAGES_IN_THREADS: 1n << 38n,
  USE_APPLICATION_COMMANDS: 1n << 31n,
  VIEW_CHANNEL: 1n << 10n,
};

export type Permission = keyof typeof permission;

const all = Object.values(permission).reduce((sum, bit) => sum | bit, 0n);

/** What everyone may in a new server. */
export const usual =
  all &
  ~(permission.ADMINISTRATOR | permission.MANAGE_CHANNELS | permission.MANAGE_GUILD) &
  ~(permission.MANAGE_MESSAGES | permission.MANAGE_THREADS | permission.PIN_MESSAGES);

export const bits = (names: readonly Permission[]): bigint =>
  names.reduce((sum, name) => sum | permission[name], 0n);

function inGuild(guild: Guild, user: string): bigint {
  if (guild.owner === user) return all;
  const roles = [guild.id, ...(guild.members.get(user)?.roles ?? [])];
  const sum = roles.reduce((bits, role) => bits | (guild.roles.get(role)?.permissions ?? 0n), 0n);
  return sum & permission.ADMINISTRATOR ? all : sum;
}

/** Everyone's overwrite, then the roles' together, then the member's own. A thread has its parent's. */
export function permissionsOf(channel: Channel, user: string): bigint {
  const { guild } = channel;
  if (!guild) return all;
  if (!guild.members.has(user)) return 0n;
  const base = inGuild(guild, user);
  if (base === all) return all;
  const { overwrites } = channel.parent ?? channel;
  const roles = guild.members.get(user)?.roles ?? [];
  const layers = [[guild.id], roles, [user]].map((ids) => overwrites.filter((one) => ids.includes(one.id)));
  return layers.reduce((bits, layer) => {
    const deny = layer.reduce((sum, one) => sum | one.deny, 0n);
    const allow = layer.reduce((sum, one) => sum | one.allow, 0n);
    return (bits & ~deny) | allow;
  }, base);
}

export const may = (channel: Channel, user: string, ...names: Permission[]): boolean => {
  const has = permissionsOf(channel, user);
  return names.every((name) => (has & permission[name]) !== 0n);
};

/** A private thread is seen by those in it and by those who keep order. */
export function sees(channel: Channel, user: string): boolean {
  if (!channel.guild) return channel.recipients.has(user);
  if (!may(channel, user, 'VIEW_CHANNEL')) return false;
  const hidden = channel.type === 12 && !channel.thread?.members.has(user);
  return !hidden || may(channel, user, 'MANAGE_THREADS');
}
