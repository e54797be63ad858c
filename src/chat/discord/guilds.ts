import { type APIGuild, type APIOverwrite, ChannelType, PermissionFlagsBits } from '@discordjs/core';
import { z } from 'zod';
import type { Who } from '../../campaign/review.ts';
import type { Keep } from '../chat.ts';
import type { Call } from './client.ts';
import { sureBytes, tierBytes } from './limits.ts';
import { everybodySees } from './permissions.ts';
import { isThread, type Spot } from './places.ts';
import { codeOf, isForbidden, isGone } from './trouble.ts';

/** As far as it says who may look in there. A thread has a channel for its parent. */
interface Channel {
  type: ChannelType;
  nsfw: boolean;
  parent: string | null;
  overwrites: readonly APIOverwrite[];
}

const fresh = 5 * 60_000;
const manyKnown = 5_000;
const unknownGuild = 10_004;
const unknownMember = [10_007, 10_013];

/** What is asked of Discord about servers and the people in them, and believed for five minutes. */
export function newGuilds({ call, keep, clock }: { call: Call; keep: Keep; clock: () => number }) {
  const known = new Map<string, { value: Promise<unknown>; until: number }>();
  /** What a server refused to take, by us, since we began. */
  const refused = new Map<string, number>();

  /** Asked once by all who want it at the same time; a failure is not remembered. */
  function remembered<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const found = known.get(key);
    if (found && found.until > clock()) return found.value as Promise<T>;
    if (known.size > manyKnown) known.clear();
    const value = ask();
    known.set(key, { value, until: clock() + fresh });
    value.catch(() => known.delete(key));
    return value;
  }

  const guildOf = (id: string): Promise<Pick<APIGuild, 'owner_id' | 'roles' | 'premium_tier'>> =>
    remembered(id, async () => {
      const { owner_id, roles, premium_tier } = await call((api) => api.guilds.get(id));
      return { owner_id, roles, premium_tier };
    });

  const told = (guild: string): Promise<number | null> =>
    remembered(
      `${guild}/bytes`,
      async () => z.number().safeParse(await keep.get(`bytes/${guild}`)).data ?? null,
    );

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

  return {
    /** Whether everybody in the server may look in there, whatever their age. Fails closed. */
    async isOpen({ guild, channel }: Spot): Promise<boolean> {
      const there = await channelOf(channel);
      if (!there || there.type === ChannelType.PrivateThread) return false;
      const home = isThread(there) && there.parent ? await channelOf(there.parent) : there;
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
    /** Fails closed: who is not in the server has no roles. Groups are role ids; everybody has that of the server. */
    async who(person: string, { guild }: Spot): Promise<Who> {
      const [member, { owner_id, roles }] = await Promise.all([
        memberOf(call, guild, person),
        guildOf(guild),
      ]);
      if (!member) return { name: person, groups: [], manager: false };
      const groups = [...member.roles, guild];
      return {
        name: member.nick || member.user.global_name || member.user.username,
        groups,
        manager: person === owner_id || groups.some((id) => manages(roles.find((role) => role.id === id))),
      };
    },
    /** Bytes a file in this server may have: what it told, what it refused, what its boosts allow. */
    async limit(guild: string): Promise<number> {
      const [{ premium_tier }, largest] = await Promise.all([guildOf(guild), told(guild)]);
      const allowed = Math.min(largest ?? sureBytes, tierBytes(premium_tier));
      return Math.min(allowed, refused.get(guild) ?? allowed);
    },
    /** So many bytes were too many. */
    refuses(guild: string, bytes: number): void {
      refused.set(guild, bytes);
    },
    /** The larger of what a person and their server may send; so the server's share is no more than that. */
    async tells(guild: string, bytes: number): Promise<void> {
      const before = await told(guild);
      if (before !== null && before <= bytes) return;
      known.set(`${guild}/bytes`, { value: Promise.resolve(bytes), until: clock() + fresh });
      await keep.put(`bytes/${guild}`, bytes, guild);
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
