import type { GatewayGuildDeleteDispatchData } from '@discordjs/core';
import { z } from 'zod';
import type { Keep } from '../chat.ts';
import type { Desk } from './desk.ts';
import { inTurn, shared } from './turns.ts';

/** Servers that have put us out: since when, and whether what was written there is forgotten by now. */
const Left = z.record(z.string(), z.object({ at: z.number(), forgotten: z.boolean() }));
type Left = z.infer<typeof Left>;

const key = 'left';

/** Of one keep. */
interface Book {
  /** Resolves to what stands there once it was looked up after this was asked. */
  read(): Promise<Left>;
  /** One change after the other: each goes on from what the last one left. */
  change(make: (left: Left) => Left): Promise<void>;
}

const books = new WeakMap<Keep, Book>();

function bookOf({ keep }: Desk): Book {
  const known = books.get(keep);
  if (known) return known;
  const look = async (): Promise<Left> => Left.safeParse(await keep.get(key)).data ?? {};
  const change = inTurn<(left: Left) => Left>(async (make) => keep.put(key, make(await look())));
  // Thousands of servers come at once.
  const book = { read: shared(look), change };
  books.set(keep, book);
  return book;
}

/** A server has put us out. One that is only down comes back by itself. */
export async function leave({ id, unavailable }: GatewayGuildDeleteDispatchData, desk: Desk): Promise<void> {
  if (unavailable) return;
  const book = bookOf(desk);
  const left = await book.read();
  const at = left[id]?.at ?? desk.clock();
  if (!left[id]) await book.change((all) => ({ ...all, [id]: { at, forgotten: false } }));
  await desk.doors.suspend({ id: `left/${id}/${at}`, workspace: id });
}

/** A server we are in; if it had put us out, it may go on. */
export async function arrive({ id }: { id: string }, desk: Desk): Promise<void> {
  const book = bookOf(desk);
  const { [id]: before } = await book.read();
  if (!before) return;
  await desk.doors.resume({ id: `back/${id}/${before.at}`, workspace: id });
  await book.change(({ [id]: _, ...others }) => others);
}

/** So long a server can change its mind. */
const retention = 30 * 86_400_000;

/** What was written in servers that left us long ago is forgotten; amounts and decisions stay in the book. */
export async function forget(desk: Desk): Promise<void> {
  const book = bookOf(desk);
  for (const [workspace, { at, forgotten }] of Object.entries(await book.read())) {
    if (forgotten || desk.clock() - at < retention) continue;
    await desk.doors.forget({ id: `forgotten/${workspace}/${at}`, workspace, person: null });
    await book.change((left) => (left[workspace] ? { ...left, [workspace]: { at, forgotten: true } } : left));
  }
}
