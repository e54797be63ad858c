import { describe, expect, test } from 'vitest';
import type { Keep } from '../../../src/chat/chat.ts';
import type { Desk } from '../../../src/chat/discord/desk.ts';
import { arrive, leave } from '../../../src/chat/discord/leave.ts';

/** A desk with a slow journal that counts how often it is looked into. */
function deskWith(left: Record<string, unknown>) {
  let kept: unknown = left;
  const said: string[] = [];
  const seen = { looks: 0, said, kept: () => kept };
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const keep: Keep = {
    async get() {
      seen.looks++;
      await turn();
      return structuredClone(kept);
    },
    async put(_, value) {
      await turn();
      kept = structuredClone(value);
    },
    async take() {
      throw new Error('nothing is taken here');
    },
  };
  const doors = {
    suspend: async ({ id }: { id: string }) => void said.push(id),
    resume: async ({ id }: { id: string }) => void said.push(id),
  };
  return { said, kept: seen.kept, seen, desk: { keep, doors, clock: () => 5 } as unknown as Desk };
}

const gone = (at: number) => ({ at, forgotten: false });

describe('servers that come and go', () => {
  test('thousands that come at once share a few looks into the journal', async () => {
    const { desk, seen } = deskWith({ g7: gone(1) });
    await Promise.all(Array.from({ length: 2_500 }, (_, i) => arrive({ id: `g${i}` }, desk)));
    expect(seen.looks).toBeLessThan(10);
    expect(seen.said).toEqual(['back/g7/1']);
  });

  test('those that come back at the same moment are all taken off the list', async () => {
    const { desk, said, kept } = deskWith({ a: gone(1), b: gone(2), c: gone(3) });
    await Promise.all([arrive({ id: 'a' }, desk), arrive({ id: 'b' }, desk)]);
    expect(said.sort()).toEqual(['back/a/1', 'back/b/2']);
    expect(kept()).toEqual({ c: gone(3) });
  });

  test('one that comes back just after it left is heard of as it left', async () => {
    const { desk, said, kept } = deskWith({});
    const looking = arrive({ id: 'x' }, desk);
    await leave({ id: 'a' }, desk);
    await arrive({ id: 'a' }, desk);
    await looking;
    expect(said).toEqual(['left/a/5', 'back/a/5']);
    expect(kept()).toEqual({});
  });
});
