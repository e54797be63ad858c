import { takeOf } from '../campaign/campaign.ts';
import type { Effect, EffectOf } from '../campaign/effect.ts';
import { schedule } from '../campaign/schedule.ts';
import { stillIn } from '../campaign/still.ts';
import { knows, takeIn } from '../campaign/take.ts';
import type { Head, Journal } from '../journal/journal.ts';
import type { Queue } from '../queue/queue.ts';
import type { Engine } from './engine.ts';
import { streamOf } from './stream.ts';

/** What a provider says by itself: the prediction of a purchase has ended. Never a fact, only a reason to look now. */
export interface Hint {
  tag: string;
  prediction: string;
  /** The same for every repetition. */
  delivery: string;
}

interface Parts {
  journal: Journal;
  queue: Queue;
  engine: Engine;
  clock: () => number;
}

/**
 * Brings a look forward, and has a prediction looked at that nobody here knows of. Resolves once that is written
 * down; one that was seen before, or that no campaign knows, does nothing.
 */
export async function heed(hint: Hint, { journal, queue, engine, clock }: Parts): Promise<void> {
  const purchase = takeIn(hint.tag) ?? stillIn(hint.tag);
  const head = purchase && (await journal.head(streamOf('campaign', purchase.campaign)));
  if (!head) return;
  const incoming = `hint:${hint.delivery}`;
  if (await journal.seen(head.workspace, incoming)) return;
  if ('take' in purchase) await lookAtTake(head, { ...hint, take: purchase.take }, { journal, engine });
  else await hurryStill(journal, head.stream, purchase);
  // Last: after a crash before this the repetition is heeded, and a look too many is harmless.
  await journal.answer(head.workspace, incoming, null);
  queue.wake(clock());
}

async function lookAtTake(
  { stream, workspace }: Head,
  { tag, prediction, take: n }: Hint & { take: number },
  { journal, engine }: Pick<Parts, 'journal' | 'engine'>,
): Promise<void> {
  const take = takeOf(await engine.campaign(stream), n);
  if (!take) return;
  if (knows(take, prediction)) return hurry(journal, stream, { type: 'watch-take', take: n, prediction });
  const effect: EffectOf<'heed-hint'> = { type: 'heed-hint', take: n, tag, prediction };
  const { times } = await engine.policy(workspace);
  const { type, ...body } = effect;
  const id = `${stream}/hint/${prediction}`;
  await journal.poke({ id, stream, workspace, type, body, ...schedule(effect, stream, times) });
}

const hurryStill = (journal: Journal, stream: string, { board, still }: { board: number; still: number }) =>
  hurry(journal, stream, { type: 'make-still', board, still });

/** Brings forward what waits for this very purchase; what is over stays over. */
async function hurry(
  journal: Journal,
  stream: string,
  { type, ...about }: Pick<Effect, 'type'> & Record<string, unknown>,
): Promise<void> {
  const waiting = (await journal.waiting(stream)).filter((one) => one.type === type);
  for (const { id, body } of waiting)
    if (isAbout(body as Record<string, unknown>, about)) await journal.hurry(id);
}

const isAbout = (body: Record<string, unknown>, about: Record<string, unknown>): boolean =>
  Object.keys(about).every((name) => body[name] === about[name]);
