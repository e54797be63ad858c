import { createHash } from 'node:crypto';

/** The same key always gives the same sequence of numbers in [0, 1). */
export interface Random {
  (): number;
  between(low: number, high: number): number;
  of<T>(list: readonly [T, ...T[]]): T;
}

/** A generator of small state (mulberry32); good enough to place circles with. */
export function randomOf(...key: (string | number)[]): Random {
  let state = createHash('sha256').update(key.join('\n')).digest().readUInt32LE(0);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return Object.assign(next, {
    between: (low: number, high: number) => low + (high - low) * next(),
    of: <T>(list: readonly [T, ...T[]]): T => list[Math.floor(next() * list.length)] ?? list[0],
  });
}
