import { guildCreate } from './guild-create.ts';
import { bits, type Permission, usual } from './permissions.ts';
import { newPerson, type Person } from './person.ts';
import { channelShape } from './shapes.ts';
import { deleteChannel, openThread } from './threads.ts';
import { intent } from './wire.ts';
import type { Channel, Guild, Role, User, World } from './world.ts';

/** A server, and what can be put into it. Changes are told to the bot as Discord would. */
export interface Town {
  id: string;
  guild: Guild;
  channel(name: string, more?: { nsfw?: boolean; type?: 0 | 15 }): Channel;
  /** A thread that people opened themselves. */
  thread(parent: Channel, name: string, owner: Person): Channel;
  role(name: string, permissions?: readonly Permission[]): Role;
  person(name: string, more?: { roles?: readonly Role[]; locale?: string; uploadLimit?: number }): Person;
  /** Takes rights from the bot in one channel; nothing is said to anybody but the gateway. */
  forbid(channel: Channel, ...names: Permission[]): void;
  allow(channel: Channel, ...names: Permission[]): void;
  /** Only the bot and whoever has this role sees it. */
  reserves(channel: Channel, role: Role): void;
  deletes(channel: Channel): void;
  /** The bot is put out, or the server is gone for a while. */
  dismiss(unavailable?: boolean): void;
}

/** What a bot that was invited as the documentation says may do. */
const invited = 326417632320n;

export function newTown(
  world: World,
  wanted: { name?: string; tier?: 0 | 1 | 2 | 3; locale?: string; botPermissions?: bigint },
): Town {
  const id = world.id();
  const everyone: Role = { id, name: '@everyone', permissions: usual, managed: false };
  const own: Role = {
    id: world.id(),
    name: world.application.name,
    permissions: wanted.botPermissions ?? invited,
    managed: true,
  };
  const owner: User = {
    id: world.id(),
    name: 'owner',
    bot: false,
    locale: 'en-US',
    uploadLimit: 10 * 1024 * 1024,
  };
  const now = world.clock();
  const guild: Guild = {
    id,
    name: wanted.name ?? 'Northwind',
    owner: owner.id,
    tier: wanted.tier ?? 0,
    locale: wanted.locale ?? 'en-US',
    roles: new Map([
      [everyone.id, everyone],
      [own.id, own],
    ]),
    members: new Map([
      [world.bot.id, { user: world.bot, roles: [own.id], joinedAt: now }],
      [owner.id, { user: owner, roles: [], joinedAt: now }],
    ]),
    channels: new Map(),
    commands: new Map(),
    commandsMade: 0,
  };
  world.users.set(owner.id, owner);
  world.guilds.set(id, guild);
  world.emit({ t: 'GUILD_CREATE', guild: id, intents: intent.guilds, data: () => guildCreate(world, guild) });
  return townOf(world, guild);
}

function townOf(world: World, guild: Guild): Town {
  const tell = (t: string, channel: Channel) =>
    world.emit({
      t,
      guild: guild.id,
      intents: intent.guilds,
      data: () => channelShape(channel, world.bot.id, world.users),
    });

  interface Change {
    allow?: bigint;
    deny?: bigint;
  }

  function overwrite(channel: Channel, change: Change, id = world.bot.id, type: 0 | 1 = 1): void {
    const at = channel.parent ?? channel;
    const known = at.overwrites.find((each) => each.id === id) ?? { id, type, allow: 0n, deny: 0n };
    const { allow = 0n, deny = 0n } = change;
    const next = {
      ...known,
      allow: (known.allow | allow) & ~deny,
      deny: (known.deny | deny) & ~allow,
    };
    at.overwrites = [...at.overwrites.filter((each) => each.id !== id), next];
    tell('CHANNEL_UPDATE', at);
  }

  return {
    id: guild.id,
    guild,
    channel(name, { nsfw = false, type = 0 } = {}) {
      const channel: Channel = {
        id: world.id(),
        guild,
        type,
        name,
        parent: null,
        overwrites: [],
        nsfw,
        thread: null,
        recipients: new Set(),
        messages: new Map(),
      };
      guild.channels.set(channel.id, channel);
      world.channels.set(channel.id, channel);
      tell('CHANNEL_CREATE', channel);
      return channel;
    },
    thread: (parent, name, { id }) => openThread(world, parent, { name, owner: id }),
    role(name, permissions = []) {
      const role = { id: world.id(), name, permissions: bits(permissions), managed: false };
      guild.roles.set(role.id, role);
      return role;
    },
    person(name, { roles = [], locale = 'en-US', uploadLimit = 10 * 1024 * 1024 } = {}) {
      const known = [...world.users.values()].find((each) => each.name === name && !each.bot);
      const user = known ?? { id: world.id(), name, bot: false, locale, uploadLimit };
      world.users.set(user.id, user);
      guild.members.set(user.id, { user, roles: roles.map(({ id }) => id), joinedAt: world.clock() });
      return newPerson(world, guild, user);
    },
    forbid: (channel, ...names) => overwrite(channel, { deny: bits(names) }),
    allow: (channel, ...names) => overwrite(channel, { allow: bits(names) }),
    reserves(channel, role) {
      const seeing = bits(['VIEW_CHANNEL']);
      overwrite(channel, { deny: seeing }, guild.id, 0);
      overwrite(channel, { allow: seeing }, role.id, 0);
      overwrite(channel, { allow: seeing });
    },
    deletes: (channel) => deleteChannel(world, channel),
    dismiss(unavailable = false) {
      const { id } = guild;
      const data = () => (unavailable ? { id, unavailable } : { id });
      world.emit({ t: 'GUILD_DELETE', guild: id, intents: intent.guilds, data });
      if (!unavailable) guild.members.delete(world.bot.id);
    },
  };
}
