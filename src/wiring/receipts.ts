import type { Journal } from '../journal/journal.ts';
import type { Receipts } from '../providers/receipts.ts';

/** In the journal's inbox, where the first who writes an id down has it, whichever process it is. */
export function receiptsIn({ seen, answer }: Pick<Journal, 'seen' | 'answer'>, provider: string): Receipts {
  // No workspace: one account with the provider serves them all.
  const book = `purchases:${provider}`;
  const order = (tag: string, face: string) => `ordered:${tag}:${face}`;
  const ownerOf = async (prediction: string): Promise<string | null> =>
    ((await seen(book, `prediction:${prediction}`))?.answer as string | undefined) ?? null;
  return {
    ordered: (tag, face) => answer(book, order(tag, face), null),
    wasOrdered: async (tag, face) => (await seen(book, order(tag, face))) !== null,
    async claim(prediction, tag) {
      await answer(book, `prediction:${prediction}`, tag);
      return (await ownerOf(prediction)) ?? tag;
    },
    ownerOf,
  };
}
