import { Redis } from 'ioredis';
import type { Journal, Step } from '../../src/journal/journal.ts';

const nothing = Number.MAX_SAFE_INTEGER;

/** A journal whose caps are kept where they may be forgotten: what the chaos of many processes has to notice. */
export function ledgerInRedis(journal: Journal, url: string): Journal {
  const redis = new Redis(url, { maxRetriesPerRequest: 1 });
  redis.on('error', () => undefined);
  const taken = async (account: string) => Number((await redis.get(`taken:${account}`)) ?? 0);
  const signs = { reserve: 1, release: -1, settle: 1, refund: -1 } as const;

  async function short({ accounts, postings }: Step) {
    for (const { id, cap } of accounts) {
      const wanted = postings.filter(({ account, kind }) => account === id && kind === 'reserve');
      const left = cap - (await taken(id));
      if (wanted.reduce((sum, { micros }) => sum + micros, 0) > left)
        return { kind: 'short', account: id, left } as const;
    }
    return null;
  }

  return {
    ...journal,
    async commit(step) {
      const refused = await short(step);
      if (refused) return refused;
      const accounts = step.accounts.map(({ id }) => ({ id, cap: nothing }));
      const committed = await journal.commit({ ...step, accounts });
      if (committed.kind === 'committed')
        for (const { account, kind, micros } of step.postings)
          await redis.incrby(`taken:${account}`, signs[kind] * micros);
      return committed;
    },
    async close() {
      redis.disconnect();
      await journal.close();
    },
  };
}
