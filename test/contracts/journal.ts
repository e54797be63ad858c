import { describe } from 'vitest';
import { commitContract } from './journal-commit.ts';
import { effectsContract } from './journal-effects.ts';
import { keptContract } from './journal-kept.ts';
import { moneyContract } from './journal-money.ts';
import { raceContract } from './journal-race.ts';
import type { OpenWorld } from './journal-world.ts';

/** What every journal does. `open` gives each test a journal of its own. */
export function journalContract(name: string, open: OpenWorld): void {
  describe(`the journal on ${name}: steps`, () => commitContract(open));
  describe(`the journal on ${name}: effects`, () => effectsContract(open));
  describe(`the journal on ${name}: money`, () => moneyContract(open));
  describe(`the journal on ${name}: a race for money`, () => raceContract(open));
  describe(`the journal on ${name}: kept things`, () => keptContract(open));
}
