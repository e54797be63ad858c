import { Redis } from 'ioredis';
import type { Pace, Turn } from './pace.ts';
import { paceInMemory } from './pace-in-memory.ts';

export interface RedisPaceParts {
  url: string;
  /** Keys begin with it. */
  prefix: string;
  /** For tests; else Redis says what time it is, the same to all who share it. */
  clock?: () => number;
  onError?: (error: unknown) => void;
}

export interface RedisPace extends Pace {
  close(): Promise<void>;
}

// Speaking a little too fast is answered by a pause; not speaking at all would be worse.
const giveUpAfter = 1_000;

/** Budgets of many processes. While Redis is away each keeps a budget of its own. */
export function paceOnRedis({ url, prefix, clock, onError = () => undefined }: RedisPaceParts): RedisPace {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 0,
    commandTimeout: giveUpAfter,
    retryStrategy: (times) => Math.min(50 * times, 2000),
  });
  redis.on('error', onError);
  const alone = paceInMemory(clock ?? Date.now);
  const now = () => (clock ? `${clock()}` : '');

  const isAway = () => ['close', 'reconnecting', 'end'].includes(redis.status);

  async function orAlone<T>(ask: () => Promise<T>, instead: () => Promise<T>): Promise<T> {
    if (isAway()) return instead();
    try {
      return await ask();
    } catch (error) {
      onError(error);
      return instead();
    }
  }

  return {
    take: (turns) =>
      orAlone(
        async () =>
          Number(await redis.eval(taking, turns.length, ...keys(prefix, turns), now(), ...numbers(turns))),
        () => alone.take(turns),
      ),
    pause: (key, milliseconds) =>
      orAlone(
        async () => void (await redis.eval(pausing, 1, `${prefix}:pace:${key}`, now(), milliseconds)),
        () => alone.pause(key, milliseconds),
      ),
    async close() {
      redis.disconnect();
    },
  };
}

const keys = (prefix: string, turns: readonly Turn[]) => turns.map(({ key }) => `${prefix}:pace:${key}`);
const numbers = (turns: readonly Turn[]) =>
  turns.flatMap(({ every, burst, spare = 0 }) => [every, burst - 1 - spare]);

const instant = `
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end`;

/** As in memory: a budget is the instant at which its turns will have been earned; all are asked before any pays. */
const taking = `${instant}
local longest = 0
local earned = {}
for i, key in ipairs(KEYS) do
  local every, ahead = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  earned[i] = math.max(now, tonumber(redis.call('HGET', key, 'earned') or now))
  local paused = tonumber(redis.call('HGET', key, 'paused') or now)
  longest = math.max(longest, paused - now, earned[i] - now - ahead * every)
end
if longest > 0 then return math.ceil(longest) end
for i, key in ipairs(KEYS) do
  local until_ = earned[i] + tonumber(ARGV[2 * i])
  redis.call('HSET', key, 'earned', until_)
  local paused = tonumber(redis.call('HGET', key, 'paused') or 0)
  redis.call('PEXPIRE', key, math.max(1, math.ceil(math.max(until_, paused) - now)))
end
return 0`;

const pausing = `${instant}
local paused = math.max(now + tonumber(ARGV[2]), tonumber(redis.call('HGET', KEYS[1], 'paused') or 0))
redis.call('HSET', KEYS[1], 'paused', paused)
local earned = tonumber(redis.call('HGET', KEYS[1], 'earned') or 0)
redis.call('PEXPIRE', KEYS[1], math.max(1, math.ceil(math.max(paused, earned) - now)))`;
