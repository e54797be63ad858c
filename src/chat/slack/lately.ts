import { z } from 'zod';
import type { Keep } from '../chat.ts';

/** Says what is so now, unless that is what was said under this key last, and not long ago. One at a time. */
export type Lately = (key: string, workspace: string, now: string, say: () => Promise<void>) => Promise<void>;

const Said = z.object({ what: z.string(), at: z.number() });

/** Milliseconds after which somebody is told anew. */
const remembered = 60 * 60_000;

export function latelyIn(keep: Keep, clock: () => number): Lately {
  const turns = new Map<string, Promise<void>>();

  const turn: Lately = async (key, workspace, now, say) => {
    const at = clock();
    const last = Said.safeParse(await keep.get(key)).data;
    if (last?.what === now && at - last.at < remembered) return;
    await say();
    await keep.put(key, { what: now, at }, workspace);
  };

  return (key, ...rest) => {
    const before = turns.get(key)?.catch(() => {}) ?? Promise.resolve();
    const mine = before
      .then(() => turn(key, ...rest))
      .finally(() => {
        if (turns.get(key) === mine) turns.delete(key);
      });
    turns.set(key, mine);
    return mine;
  };
}
