import { writeSync } from 'node:fs';
import type { Intent } from '../../src/campaign/intent.ts';
import { usualPolicy } from '../../src/campaign/policy.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { openSqlite } from '../../src/journal/sqlite.ts';
import { doors } from '../../src/wiring/doors.ts';
import { catalogue } from '../campaign/specification.ts';

/** Opens campaigns, eight at a time, until it is killed; says each id once it was acknowledged. */
const [folder = '', life = ''] = process.argv.slice(2);
const journal = await openSqlite({ folder, clock: Date.now });
let n = 0;
const engine = createEngine({
  ...{ journal, catalogue: () => catalogue, clock: Date.now, usualPolicy },
  queue: { wake: () => {}, onWake: () => {}, stopLooking: async () => undefined, close: async () => {} },
  newId: () => `${life}c${++n}`,
});
const { tell } = doors('slack', { engine, journal, catalogue: () => catalogue, clock: Date.now, seal: null });
const place = 'slack:T/C';
const intent: Intent = { type: 'open', words: 'A calm film', options: {}, references: [], place };

async function ask(id: string): Promise<void> {
  const at = { place };
  const { campaign } = await tell({ id, workspace: 'T', person: 'ada', at, intent, asker: { for: id } });
  writeSync(1, `${id} ${campaign}\n`);
}

for (let turn = 0; ; turn++)
  await Promise.all(Array.from({ length: 8 }, (_, i) => ask(`${life}/${turn}/${i}`)));
