import { writeSync } from 'node:fs';
import { openSqlite } from '../../src/journal/sqlite.ts';
import { effect, happened, step } from '../contracts/journal-world.ts';

/** Commits steps until it is killed, and says each version once it was acknowledged. */
const [folder = ''] = process.argv.slice(2);
const journal = await openSqlite({ folder, clock: Date.now });
const account = { id: 'month', cap: 1_000_000_000 };

for (;;) {
  const head = await journal.head('a');
  const expected = head?.version ?? 0;
  const words = `Take ${expected}. ${'More light. '.repeat(100)}`;
  const result = await journal.commit(
    step({
      expected,
      events: [happened('taken', [effect('x'), effect('y')], { words }), happened('noted')],
      accounts: [account],
      postings: [{ account: 'month', kind: 'reserve', micros: 7, item: `take:${expected}` }],
      head: { snapshot: { expected, words } },
    }),
  );
  if (result.kind !== 'committed') throw new Error(JSON.stringify(result));
  writeSync(1, `${result.version}\n`);
  // Claims and ends are killed in their midst as well.
  const claimed = await journal.claim({ holder: 'loop', lease: 60_000, skip: ['y'] });
  if (claimed) await journal.finish({ id: claimed.id, fence: claimed.fence, state: 'done' });
}
