import { z } from 'zod';
import type { Keep } from '../chat.ts';
import { inTurnBy } from '../turns.ts';

/** Says what is so now, unless that is what was said under this key last, and not long ago. One at a time. */
export type Lately = (key: string, workspace: string, now: string, say: () => Promise<void>) => Promise<void>;

const Said = z.object({ what: z.string(), at: z.number() });

/** Milliseconds after which somebody is told anew. */
const remembered = 60 * 60_000;

export function latelyIn(keep: Keep, clock: () => number): Lately {
  const inTurn = inTurnBy();
  return (key, workspace, now, say) =>
    inTurn(key, async () => {
      const at = clock();
      const last = Said.safeParse(await keep.get(key)).data;
      if (last?.what === now && at - last.at < remembered) return;
      await say();
      await keep.put(key, { what: now, at }, workspace);
    });
}
