import type { World } from './world.ts';

/** Servers that only stand there, to weigh what a process keeps of them. */
export interface Crowd {
  guilds: number;
  channels: number;
  roles: number;
  emojis: number;
}

const list = <T>(length: number, make: (i: number) => T): T[] => Array.from({ length }, (_, i) => make(i));

/** Ids that fall into all shards, and never among those of real servers. */
const first = 500_000_000_000_000_000n;
export const crowdIds = ({ guilds }: Crowd): string[] =>
  list(guilds, (i) => String(first + (BigInt(i) << 22n)));

/** What GUILD_CREATE says of one; made when it is sent, and not kept. */
export function crowdGuild(world: World, crowd: Crowd, id: string): object {
  const at = (kind: number, i: number): string => String(BigInt(id) + BigInt(kind * 10_000 + i));
  const joined_at = new Date(world.clock()).toISOString();
  return {
    id,
    name: `Server ${id}`,
    icon: null,
    owner_id: at(9, 0),
    features: [],
    premium_tier: 0,
    preferred_locale: 'en-US',
    verification_level: 0,
    roles: list(crowd.roles, (i) => role(i === 0 ? id : at(1, i), i)),
    emojis: list(crowd.emojis, (i) => emoji(at(2, i), i)),
    stickers: [],
    channels: list(crowd.channels, (i) => channel(at(3, i), i)),
    threads: [],
    members: [],
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    member_count: 40,
    large: false,
    unavailable: false,
    joined_at,
  };
}

const role = (id: string, position: number) => ({
  id,
  name: position === 0 ? '@everyone' : `role ${position}`,
  permissions: '326417632320',
  position,
  color: 0,
  hoist: false,
  managed: false,
  mentionable: false,
  icon: null,
  unicode_emoji: null,
  flags: 0,
});

const emoji = (id: string, i: number) => ({
  id,
  name: `emoji${i}`,
  roles: [],
  require_colons: true,
  managed: false,
  animated: false,
  available: true,
});

const channel = (id: string, position: number) => ({
  id,
  type: 0,
  name: `channel-${position}`,
  position,
  topic: 'What is talked about here, in a sentence of usual length.',
  nsfw: false,
  parent_id: null,
  permission_overwrites: [],
  rate_limit_per_user: 0,
  last_message_id: null,
  flags: 0,
});
