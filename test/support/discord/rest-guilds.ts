import { no } from './refused.ts';
import type { Ask } from './routes.ts';
import { applicationShape, channelShape, guildShape, memberShape, rolesShape, userShape } from './shapes.ts';
import type { Channel, Guild, User, World } from './world.ts';

/** A server the bot is in; of others it knows nothing. */
function guildOf({ world, at }: Ask): Guild {
  const guild = world.guilds.get(at('guild_id'));
  if (!guild?.members.has(world.bot.id)) throw no('unknownGuild');
  return guild;
}

export const getGuild = (ask: Ask): object => guildShape(guildOf(ask));
export const getRoles = (ask: Ask): object => rolesShape(guildOf(ask));

export function getMember(ask: Ask): object {
  const member = guildOf(ask).members.get(ask.at('user_id'));
  if (!member) throw no('unknownMember');
  return memberShape(member);
}

export const getChannels = (ask: Ask): object =>
  [...guildOf(ask).channels.values()]
    .filter((each) => !each.thread)
    .map((each) => channelShape(each, ask.world.bot.id, ask.world.users));

function userOf({ world, at }: Ask): User {
  const user = world.users.get(at('user_id'));
  if (!user) throw no('unknownUser');
  return user;
}

export const getUser = (ask: Ask): object => userShape(userOf(ask));

export const getSelf = ({ world }: Ask): object => ({
  ...userShape(world.bot),
  mfa_enabled: false,
  locale: 'en-US',
  verified: true,
  email: null,
});

export const getApplication = ({ world }: Ask): object =>
  applicationShape(world.application.id, world.application.name, world.bot);

export function leaveGuild(ask: Ask): void {
  const guild = guildOf(ask);
  guild.members.delete(ask.world.bot.id);
  ask.world.emit({
    t: 'GUILD_DELETE',
    guild: guild.id,
    intents: 1,
    data: () => ({ id: guild.id }),
  });
}

/** The one direct conversation of two. */
export function directWith(world: World, user: string): Channel {
  const known = [...world.channels.values()].find((each) => each.type === 1 && each.recipients.has(user));
  if (known) return known;
  const channel: Channel = {
    id: world.id(),
    guild: null,
    type: 1,
    name: '',
    parent: null,
    overwrites: [],
    nsfw: false,
    thread: null,
    recipients: new Set([user, world.bot.id]),
    messages: new Map(),
  };
  world.channels.set(channel.id, channel);
  return channel;
}

export function openDirect({ world, body }: Ask): object {
  const user = world.users.get((body as { recipient_id: string }).recipient_id);
  if (!user) throw no('unknownUser');
  if (user.bot) throw no('cannotSend');
  return channelShape(directWith(world, user.id), world.bot.id, world.users);
}
