import { ChannelType } from '@discordjs/core';
import { Never } from '../../errors.ts';

/** A channel or a thread of a server; a thread is found by its own id alone. */
export interface Spot {
  guild: string;
  channel: string;
}

export const placeOf = ({ guild, channel }: Spot): string => `discord:${guild}/${channel}`;

export function spotOf(place: string): Spot {
  const [, guild, channel] = /^discord:(\d+)\/(\d+)$/.exec(place) ?? [];
  if (!guild || !channel) throw new Never('place-unknown', `${place} is no place in Discord`);
  return { guild, channel };
}

/** What Discord calls people, roles and places by. */
export const isId = (id: string): boolean => /^\d{1,20}$/.test(id);

const threads: readonly ChannelType[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
];
export const isThread = ({ type }: { type: ChannelType }): boolean => threads.includes(type);

const epoch = 1_420_070_400_000n;

/** The least id of what is made from then on; milliseconds since 1970. */
export const idAt = (time: number): string => {
  const since = BigInt(Math.floor(time)) - epoch;
  return `${since > 0n ? since << 22n : 0n}`;
};

/** When something of Discord's was made, told by its id; milliseconds since 1970. */
export const timeOf = (id: string): number => Number((BigInt(id) >> 22n) + epoch);
