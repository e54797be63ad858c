import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Campaign } from '../../campaign/campaign.ts';
import { costOf } from '../../campaign/creative.ts';
import { readTranscript } from '../../chat/terminal/transcript.ts';
import { verifyLedger } from '../../journal/chain.ts';
import type { Journal } from '../../journal/journal.ts';
import { openSqlite } from '../../journal/sqlite.ts';
import { type Fact, readFacts } from '../../providers/sample/book.ts';
import { type Books, wrongIn } from './books.ts';

/** What was found after the last life, in numbers that a person can check. */
export interface Findings {
  campaigns: number;
  takes: number;
  messages: number;
  /** Each broken promise in one sentence; empty when all hold. */
  broken: string[];
}

/**
 * Holds the services' own logs against what was promised. The provider's log says what was paid, the transcript
 * what was posted; the journal is only asked what it claims.
 */
export async function verify(folder: string): Promise<Findings> {
  const facts = await readFacts(join(folder, 'sample-provider'));
  return found(folder, (campaigns) => [
    ...paidMoreThanOnce(facts),
    ...campaigns.flatMap((c) => billsThatDiffer(c, facts)),
  ]);
}

/** The same, of a folder whose providers were real drivers before stand-ins. */
export const verifyWith = (folder: string, books: Books): Promise<Findings> =>
  found(folder, (campaigns) => wrongIn(books, campaigns));

async function found(
  folder: string,
  ofMoney: (campaigns: readonly Campaign[]) => string[],
): Promise<Findings> {
  const journal = await openSqlite({ folder, clock: Date.now });
  try {
    const heads = await journal.heads({ workspace: 'chaos', kind: 'campaign', limit: 1000 });
    const campaigns = heads.map((head) => (head.snapshot as { state: Campaign }).state);
    const posted = postings(folder);
    return {
      campaigns: campaigns.length,
      takes: campaigns.reduce((sum, c) => sum + c.takes.length, 0),
      messages: posted.size,
      broken: [
        ...ofMoney(campaigns),
        ...unended(campaigns),
        ...[...posted]
          .filter(([, times]) => times > 1)
          .map(([what, times]) => `P3: ${what} posted ${times} times`),
        ...(await lost(folder, journal)),
        ...(await wrongBooks(journal, campaigns)),
      ],
    };
  } finally {
    await journal.close();
  }
}

/** A purchase is paid where the provider billed it: one per take and one per still, whatever was tried. */
function paidMoreThanOnce(facts: readonly Fact[]): string[] {
  const paid = facts.filter((f) => f.cost > 0);
  const bought = new Map<string, number>();
  for (const { tag } of paid) {
    const item = tag.replace(/\.\d+\.\d+$/, '').includes('.take')
      ? tag.split('.').slice(0, 2).join('.')
      : tag;
    bought.set(item, (bought.get(item) ?? 0) + 1);
  }
  return [...bought]
    .filter(([, times]) => times > 1)
    .map(([item, times]) => `P1: ${item} paid ${times} times`);
}

function billsThatDiffer(campaign: Campaign, facts: readonly Fact[]): string[] {
  const paid = facts.filter((f) => f.tag.startsWith(`${campaign.id}.`)).reduce((sum, f) => sum + f.cost, 0);
  const booked = costOf(campaign);
  return paid === booked ? [] : [`P6: ${campaign.id} was billed ${paid} and booked ${booked}`];
}

const unended = (campaigns: readonly Campaign[]): string[] =>
  campaigns
    .filter((c) => c.phase !== 'approved' && c.phase !== 'cancelled')
    .map((c) => `P2: ${c.id} is ${c.phase}`);

/** How often each card was created, and each conversation opened. */
function postings(folder: string): Map<string, number> {
  const times = new Map<string, number>();
  for (const entry of readTranscript(join(folder, 'terminal'))) {
    const what = entry.did === 'open' ? `conversation ${entry.root}` : `${entry.place} ${entry.key}`;
    if (entry.did === 'open' || !entry.edit) times.set(what, (times.get(what) ?? 0) + 1);
  }
  return times;
}

/** What was acknowledged to a person is in the journal. */
async function lost(folder: string, journal: Journal): Promise<string[]> {
  const told = readFileSync(join(folder, 'acknowledged.txt'), 'utf8').split('\n').filter(Boolean);
  const missing = [];
  for (const id of new Set(told))
    if (!(await journal.seen('chaos', id))) missing.push(`P4: ${id} was acknowledged and is lost`);
  return missing;
}

async function wrongBooks(journal: Journal, campaigns: readonly Campaign[]): Promise<string[]> {
  const forged = verifyLedger(await journal.ledger({ workspace: 'chaos' }));
  const accounts = await Promise.all(campaigns.map((c) => journal.account(`campaign:${c.id}`)));
  return [
    ...(forged ? [`P5: line ${forged.n} of ${forged.stream} does not fit the chain`] : []),
    ...accounts.flatMap((a) => (a && a.reserved !== 0 ? [`P6: ${a.id} still holds ${a.reserved}`] : [])),
    ...accounts.flatMap((a) => (a && a.reserved + a.spent > a.cap ? [`P6: ${a.id} is over its cap`] : [])),
  ];
}
