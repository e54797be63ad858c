import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Log } from '../../log.ts';
import type { Holds, Keep } from '../chat.ts';

export interface ShardCountParts {
  keep: Keep;
  holds: Holds;
  log: Log;
  /** Milliseconds between two looks. */
  between: number;
  /** How many shards Discord advises. */
  advised(): Promise<number>;
}

const key = 'shards';
const deciding = 'shards';

/** The same for all processes: one asks Discord, the others wait for it and keep to it. 0 where it was called off. */
export async function shardCount(parts: ShardCountParts, leaving: AbortSignal): Promise<number> {
  while (!leaving.aborted) {
    try {
      const count = (await kept(parts)) ?? (await decided(parts));
      if (count) return count;
    } catch (error) {
      parts.log.error('discord: the number of shards is not known', { error });
    }
    await pause(parts.between, leaving);
  }
  return 0;
}

/** From the next start on it is asked for anew. */
export const forgetShardCount = (keep: Keep): Promise<void> => keep.put(key, null);

const kept = async ({ keep }: ShardCountParts): Promise<number | undefined> =>
  z
    .int()
    .positive()
    .safeParse(await keep.get(key)).data;

/** Null while another process decides. */
async function decided(parts: ShardCountParts): Promise<number | null> {
  const { holds, keep, advised } = parts;
  if (!(await holds.take(deciding))) return null;
  try {
    const before = await kept(parts);
    if (before) return before;
    const count = await advised();
    // Discord may have taken so long that another one asks by now, or has decided.
    if (!(await holds.take(deciding))) return null;
    const meanwhile = await kept(parts);
    if (meanwhile) return meanwhile;
    await keep.put(key, count);
    return count;
  } finally {
    await holds.letGo(deciding);
  }
}

/** Ends early where it is called off. */
export const pause = (milliseconds: number, signal: AbortSignal) =>
  sleep(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
