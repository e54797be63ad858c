import type { Journal } from '../journal/journal.ts';

/**
 * A secret of this house: the one that is kept, else the offered one from now on. Of several processes that
 * start at the same time the first decides: an answer that is there already stays.
 */
export async function decidedOnce(journal: Journal, space: string, offered: string): Promise<string> {
  const kept = await journal.kept(space, 'secret');
  if (typeof kept === 'string') return kept;
  await journal.answer('', `decided:${space}`, offered);
  const decided = (await journal.seen('', `decided:${space}`))?.answer as string;
  await journal.keep(space, 'secret', decided);
  return decided;
}
