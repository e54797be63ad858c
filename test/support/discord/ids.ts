const epoch = Date.UTC(2015, 0, 1);

/** Snowflakes: the time in milliseconds and a number that counts up, so that they sort as they were made. */
export function newIds(clock: () => number): () => string {
  let count = 0n;
  return () => {
    count += 1n;
    return String((BigInt(Math.floor(clock()) - epoch) << 22n) | (count & 0x3fffffn));
  };
}

/** Milliseconds since 1970 at which an id was made. */
export const timeOf = (id: string): number => Number(BigInt(id) >> 22n) + epoch;

export const shardOf = (guild: string, shards: number): number =>
  Number((BigInt(guild) >> 22n) % BigInt(shards));

export const byId = (a: { id: string }, b: { id: string }): number => (BigInt(a.id) < BigInt(b.id) ? -1 : 1);
