import { channelShape, guildShape, memberShape } from './shapes.ts';
import type { Guild, World } from './world.ts';

/** A server as the gateway tells it to a bot that is in it. */
export function guildCreate(world: World, guild: Guild): object {
  const channels = [...guild.channels.values()];
  const shape = (threads: boolean) =>
    channels
      .filter((each) => (each.thread ? threads && !each.thread.archived : !threads))
      .map((each) => channelShape(each, world.bot.id, world.users));
  const self = guild.members.get(world.bot.id);
  return {
    ...guildShape(guild),
    joined_at: new Date(self?.joinedAt ?? world.clock()).toISOString(),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    members: self ? [memberShape(self)] : [],
    channels: shape(false),
    threads: shape(true),
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
