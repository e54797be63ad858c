import { type APIGuild, type APIOverwrite, ChannelType, PermissionFlagsBits } from '@discordjs/core';
import type { Approvers } from '../../campaign/policy.ts';
import type { Who } from '../../campaign/review.ts';
import type { Keep } from '../chat.ts';
import type { Call } from './client.ts';
import { fileLimits } from './file-limits.ts';
import { memoryOf } from './memory.ts';
import { everybodySees } from './permissions.ts';
import { isId, isThread, type Spot } from './places.ts';
import { codeOf, isForbidden, isGone } from './trouble.ts';

/** As far as it says who may look in there. A thread has a channel for its parent. */
interface Channel {
  type: ChannelType;
  nsfw: boolean;
  parent: string | null;
  overwrites: readonly APIOverwrite[];
}

const unknownGuild = 10_004;
const unknownMember = [10_007, 10_013];

/** What is asked of Discord about servers and the people in them, and believed for five minutes. */
export function newGuilds({ call, keep, clock }: { call: Call; keep: Keep; clock: () => number }) {
  const { remembered } = memoryOf(clock);

  const guildOf = (id: string): Promise<Pick<APIGuild, 'owner_id' | 'roles' | 'premium_tier'>> =>
    remembered(id, async () => {
      const { owner_id, roles, premium_tier } = await call((api) => api.guilds.get(id));
      return { owner_id, roles, premium_tier };
    });

  /** Which of these roles the server has no longer; one made a moment ago is not among those remembered. */
  async function goneOf(guild: string, groups: readonly string[]): Promise<string[]> {
    const missing = ({ roles }: Pick<APIGuild, 'roles'>) =>
      groups.filter((group) => !roles.some(({ id }) => id === group));
    if (missing(await guildOf(guild)).length === 0) return [];
    return missing(await call((api) => api.guilds.get(guild)));
  }

  /** Those of these people who cannot decide anything there: apps, and whoever is not in the server. */
  async function unable(guild: string, people: readonly string[]): Promise<string[]> {
    const are = await Promise.all(
      people.map((one) => remembered(`able/${guild}/${one}`, () => isAble(guild, one))),
    );
    return people.filter((_, n) => !are[n]);
  }

  async function isAble(guild: string, person: string): Promise<boolean> {
    const member = isId(person) ? await memberOf(call, guild, person) : null;
    return member !== null && member.user.bot !== true;
  }

  const channelOf = (id: string): Promise<Channel | null> =>
    remembered(`channel/${id}`, async () => {
      const found = await call((api) => api.channels.get(id)).catch((error: unknown) => {
        if (isGone(error) || isForbidden(error)) return null;
        throw error;
      });
      return (
        found && {
          type: found.type,
          nsfw: 'nsfw' in found && found.nsfw === true,
          parent: 'parent_id' in found ? (found.parent_id ?? null) : null,
          overwrites: 'permission_overwrites' in found ? (found.permission_overwrites ?? []) : [],
        }
      );
    });

  const limits = fileLimits({ keep, clock, tierOf: async (id) => (await guildOf(id)).premium_tier });
  return {
    ...limits,
    /** Whether everybody in the server may look in there, whatever their age. Fails closed. */
    async isOpen({ guild, channel }: Spot): Promise<boolean> {
      const there = await channelOf(channel);
      if (!there || there.type === ChannelType.PrivateThread) return false;
      const home = isThread(there) ? there.parent && (await channelOf(there.parent)) : there;
      if (!home || home.nsfw) return false;
      return everybodySees(guild, (await guildOf(guild)).roles, home.overwrites);
    },
    /** Whether it has us, asked of Discord right now. */
    async isIn(guild: string): Promise<boolean> {
      try {
        await call((api) => api.guilds.get(guild));
        return true;
      } catch (error) {
        if (codeOf(error) === unknownGuild || isForbidden(error)) return false;
        throw error;
      }
    },
    /**
     * Fails closed: who is not in the server has no roles. Groups are role ids; everybody has that of the server. Of
     * those `named`, a role that was deleted cannot be told of.
     */
    async who(person: string, { guild }: Spot, named: Approvers): Promise<Who> {
      const [member, { owner_id, roles }, unread] = await Promise.all([
        memberOf(call, guild, person),
        guildOf(guild),
        goneOf(guild, named.groups),
      ]);
      if (!member) return { name: person, groups: [], manager: false };
      const groups = [...member.roles, guild];
      const manager =
        person === owner_id || groups.some((id) => manages(roles.find((role) => role.id === id)));
      // Only where somebody may have to stand in for them.
      const gone = manager ? await unable(guild, named.people) : [];
      return {
        name: member.nick || member.user.global_name || member.user.username,
        groups,
        manager,
        ...(unread.length > 0 && { unread }),
        ...(gone.length > 0 && { unable: gone }),
      };
    },
  };
}

export type Guilds = ReturnType<typeof newGuilds>;

async function memberOf(call: Call, guild: string, person: string) {
  try {
    return await call((api) => api.guilds.getMember(guild, person));
  } catch (error) {
    if (unknownMember.includes(codeOf(error))) return null;
    throw error;
  }
}

const managing = PermissionFlagsBits.Administrator | PermissionFlagsBits.ManageGuild;
const manages = (role: { permissions: string } | undefined): boolean =>
  role !== undefined && (BigInt(role.permissions) & managing) !== 0n;
