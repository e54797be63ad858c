import type { SessionInfo } from '@discordjs/ws';
import { z } from 'zod';
import type { Log } from '../../log.ts';
import type { Keep } from '../chat.ts';

const Kept = z.object({
  resumeURL: z.string(),
  sequence: z.number(),
  sessionId: z.string(),
  shardCount: z.number(),
  shardId: z.number(),
});

const keyOf = (shard: number): string => `session/${shard}`;

interface Shard {
  /** What Discord told last; `handled` is what a new connection may go on from. */
  told: SessionInfo | null;
  /** Events that were heard and are not done yet. */
  underway: Set<number>;
  saved: string;
}

/**
 * Where each shard stands, in the journal: a restart resumes there, and what happened meanwhile is told again. An event
 * counts as heard only when it was handled, so that one that died with the process comes once more.
 */
export function sessionsIn(keep: Keep, log: Log) {
  const shards = new Map<number, Shard>();
  let isStopping = false;

  function shardOf(id: number): Shard {
    const known = shards.get(id);
    if (known) return known;
    const shard: Shard = { told: null, underway: new Set(), saved: '' };
    shards.set(id, shard);
    return shard;
  }

  function handledOf({ told, underway }: Shard): SessionInfo | null {
    if (!told) return null;
    const first = Math.min(...underway, told.sequence + 1);
    return { ...told, sequence: Math.max(0, first - 1) };
  }

  async function save(id: number): Promise<void> {
    const shard = shardOf(id);
    const handled = handledOf(shard);
    const json = JSON.stringify(handled);
    if (shard.saved === json) return;
    shard.saved = json;
    await keep.put(keyOf(id), handled);
  }

  return {
    /** For the library, which asks at every event too. Without a journal the session begins anew. */
    async retrieve(id: number): Promise<SessionInfo | null> {
      const shard = shardOf(id);
      if (shard.told) return handledOf(shard);
      const kept = await keep.get(keyOf(id)).catch((error: unknown) => {
        log.error('discord: the session could not be read', { error });
        return null;
      });
      return Kept.safeParse(kept).data ?? null;
    },
    async update(id: number, info: SessionInfo | null): Promise<void> {
      // Stopping makes the library forget the session that the next start wants.
      if (isStopping) return;
      const shard = shardOf(id);
      const isNew = info?.sessionId !== shard.told?.sessionId;
      if (isNew) shard.underway.clear();
      shard.told = info;
      if (info) {
        shard.underway.add(info.sequence);
        if (isNew)
          await save(id).catch((error: unknown) => log.error('discord: the session was not kept', { error }));
      } else {
        shard.saved = '';
        await keep.put(keyOf(id), null);
      }
    },
    /** The name of the session that is told from, for `handled`: each counts from one. */
    current: (id: number): string => shardOf(id).told?.sessionId ?? '',
    handled(id: number, sequence: number, session: string): void {
      const { told, underway } = shardOf(id);
      if (told?.sessionId === session) underway.delete(sequence);
    },
    async saveAll(): Promise<void> {
      for (const id of shards.keys()) await save(id);
    },
    stopping(): void {
      isStopping = true;
    },
  };
}

export type Sessions = ReturnType<typeof sessionsIn>;
