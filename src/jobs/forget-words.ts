import { setImmediate as nextTurn } from 'node:timers/promises';
import { overStatuses } from '../campaign/status.ts';
import type { Journal } from '../journal/journal.ts';
import { type Job, repeatable } from './job.ts';

const atOnce = 100;

/**
 * Forgets what was written in campaigns that are over, and of a workspace that is gone also what its brand kits say and
 * what its platform kept. What is forgotten is not found again, so it goes on by itself.
 */
export const forgetWords = (
  journal: Pick<Journal, 'texted' | 'forget' | 'forgetKept'>,
): Job<'forget-words'> =>
  repeatable(async ({ person, gone }, { stream, workspace, suspendedAt, signal }) => {
    if (gone !== null && suspendedAt !== gone) return { done: true };
    for (const status of overStatuses) {
      const of = { workspace, kind: 'campaign', status, ...(person === null ? {} : { person }) };
      for (;;) {
        const streams = await journal.texted({ ...of, limit: atOnce });
        if (streams.length === 0) break;
        for (const stream of streams) {
          signal.throwIfAborted();
          await journal.forget(stream);
          // Others have their turn: a journal in this process answers at once, and there may be thousands.
          await nextTurn();
        }
      }
    }
    if (gone === null) return { done: true };
    await journal.forget(stream);
    await journal.forgetKept(workspace);
    return { done: true };
  });
