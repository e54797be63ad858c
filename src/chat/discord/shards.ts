import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocketManager, WebSocketManagerOptions } from '@discordjs/ws';
import { z } from 'zod';
import type { Pace } from '../../queue/pace.ts';
import type { Holds } from '../chat.ts';
import { type Gateway, type GatewayParts, openGateway } from './gateway.ts';

export interface ShardsParts extends GatewayParts {
  holds: Holds;
  pace: Pace;
  /** Milliseconds between two tries to get a shard, or to keep one. */
  between: number;
  /** How many shards Discord advises. */
  advised(): Promise<number>;
}

const countKey = 'shards';
/** Discord lets one shard of each bucket in every five seconds, whoever knocks; the way there is not always as long. */
const betweenIdentifies = 5_500;

/**
 * Each shard is heard by one process: the first that takes it, until that leaves or dies. Another one that waits for it
 * goes on with the same session, so that nothing said meanwhile is lost.
 */
export function openShards(parts: ShardsParts): Gateway {
  const { holds, log, between } = parts;
  const { promise: connected, resolve: isConnected } = Promise.withResolvers<void>();
  const leaving = new AbortController();
  const rest = () => pause(between, leaving.signal);

  function fatal(sentence: string): void {
    leaving.abort();
    // There may be too few by now: the next start asks anew.
    void parts.keep.put(countKey, null).catch(() => undefined);
    parts.fatal(sentence);
  }

  /** True while it is ours; a journal that is away is not asked for longer than a hold lasts. */
  function keeping(name: string): () => Promise<boolean> {
    let last = performance.now();
    return async () => {
      try {
        if (!(await holds.take(name))) return false;
        last = performance.now();
        return true;
      } catch (error) {
        log.error('discord: a shard could not be prolonged', { name, error });
        return performance.now() - last < holds.lease;
      }
    };
  }

  async function serve(shard: number, count: number): Promise<void> {
    const name = `shard/${shard}`;
    while (!leaving.signal.aborted) {
      const isOurs = keeping(name);
      if (await isOurs()) {
        const options = {
          buildIdentifyThrottler: throttleOn(parts.pace),
          ...parts.options,
          shardIds: [shard],
          shardCount: count,
        };
        const gateway = openGateway({ ...parts, fatal, options });
        void gateway.connected.then(isConnected);
        do await rest();
        while (!leaving.signal.aborted && (await isOurs()));
        await gateway.stop();
      } else isConnected();
      if (!leaving.signal.aborted) await rest();
    }
    await holds.letGo(name).catch(() => undefined);
  }

  const serving = countOf(parts, leaving.signal).then((count) =>
    Promise.all(Array.from({ length: count }, (_, shard) => serve(shard, count))),
  );
  serving.catch((error: unknown) => log.error('discord: shards', { error }));
  return {
    connected,
    async stop() {
      leaving.abort();
      await serving.catch(() => undefined);
    },
  };
}

/** The same for all processes: the first asks Discord, the others keep to it. */
async function countOf(
  { options, keep, advised, log, between }: ShardsParts,
  leaving: AbortSignal,
): Promise<number> {
  if (options?.shardCount) return options.shardCount;
  while (!leaving.aborted) {
    try {
      const kept = z
        .int()
        .positive()
        .safeParse(await keep.get(countKey)).data;
      if (kept) return kept;
      const count = await advised();
      await keep.put(countKey, count);
      return count;
    } catch (error) {
      log.error('discord: the number of shards is not known', { error });
      await pause(between, leaving);
    }
  }
  return 0;
}

const throttleOn =
  (pace: Pace): WebSocketManagerOptions['buildIdentifyThrottler'] =>
  async (manager: WebSocketManager) => {
    const { session_start_limit: limit } = await manager.fetchGatewayInformation();
    return {
      async waitForIdentify(shard, signal) {
        const key = `discord/identify/${shard % limit.max_concurrency}`;
        const turn = { key, every: betweenIdentifies, burst: 1 };
        for (let wait = await pace.take([turn]); wait > 0; wait = await pace.take([turn])) {
          await pause(wait, signal);
          signal.throwIfAborted();
        }
      },
    };
  };

/** Ends early where it is called off. */
const pause = (milliseconds: number, signal: AbortSignal) =>
  sleep(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
