import { Never } from '../../errors.ts';

/** A channel of a workspace, or a thread in it. */
export interface Spot {
  team: string;
  channel: string;
  /** `ts` of the thread's first message; null in the channel itself. */
  thread: string | null;
}

/** `slack:T1/C1`, or `slack:T1/C1/1700000000.000100` for a thread. */
export const placeOf = ({ team, channel, thread }: Spot): string =>
  `slack:${team}/${channel}${thread === null ? '' : `/${thread}`}`;

export function spotOf(place: string): Spot {
  const [, team, channel, thread] = /^slack:(T\w+)\/([CDGUW]\w+)(?:\/(\d+\.\d+))?$/.exec(place) ?? [];
  if (!team || !channel) throw new Never('place-unknown', `${place} is no place in Slack`);
  return { team, channel, thread: thread ?? null };
}

/** Somebody, also as a place to be written to. */
export const isPerson = (id: string): boolean => /^[UW][A-Z0-9]+$/.test(id);

/** A file somebody attached, by the workspace whose token may read it. */
export const attachmentOf = (team: string, file: string): string => `${team}/${file}`;

export function fileOf(attachment: string): { team: string; file: string } {
  const [, team, file] = /^(T\w+)\/(F\w+)$/.exec(attachment) ?? [];
  if (!team || !file) throw new Never('reference-gone', `${attachment} is no file in Slack`);
  return { team, file };
}
