import type { WebSocketManager, WebSocketManagerOptions } from '@discordjs/ws';
import type { Pace } from '../../queue/pace.ts';
import { type Gateway, type GatewayParts, openGateway } from './gateway.ts';
import { forgetShardCount, pause, type ShardCountParts, shardCount } from './shard-count.ts';

export interface ShardsParts extends GatewayParts, ShardCountParts {
  pace: Pace;
  /** Milliseconds between two tries to get a shard, or to keep one. */
  between: number;
}

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
    void forgetShardCount(parts.keep).catch(() => undefined);
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

  async function serveAll(): Promise<void> {
    const count = parts.options?.shardCount ?? (await shardCount(parts, leaving.signal));
    await Promise.all(Array.from({ length: count }, (_, shard) => serve(shard, count)));
  }

  const serving = serveAll();
  serving.catch((error: unknown) => log.error('discord: shards', { error }));
  return {
    connected,
    async stop() {
      leaving.abort();
      await serving.catch(() => undefined);
    },
  };
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
