import type { GatewayGuildDeleteDispatchData } from 'discord.js';
import { z } from 'zod';
import type { Desk } from './desk.ts';

/** Servers that have put us out: since when, and whether what was written there is forgotten by now. */
const Left = z.record(z.string(), z.object({ at: z.number(), forgotten: z.boolean() }));
type Left = z.infer<typeof Left>;

const key = 'left';
const leftOf = async ({ keep }: Desk): Promise<Left> => Left.safeParse(await keep.get(key)).data ?? {};

/** A server has put us out. One that is only down comes back by itself. */
export async function leave({ id, unavailable }: GatewayGuildDeleteDispatchData, desk: Desk): Promise<void> {
  if (unavailable) return;
  const left = await leftOf(desk);
  const at = left[id]?.at ?? desk.clock();
  if (!left[id]) await desk.keep.put(key, { ...left, [id]: { at, forgotten: false } });
  await desk.doors.suspend({ id: `left/${id}/${at}`, workspace: id });
}

/** A server we are in; if it had put us out, it may go on. */
export async function arrive({ id }: { id: string }, desk: Desk): Promise<void> {
  const { [id]: before, ...others } = await leftOf(desk);
  if (!before) return;
  await desk.doors.resume({ id: `back/${id}/${before.at}`, workspace: id });
  await desk.keep.put(key, others);
}

/** So long a server can change its mind. */
const retention = 30 * 86_400_000;

/** What was written in servers that left us long ago is forgotten; amounts and decisions stay in the book. */
export async function forget(desk: Desk): Promise<void> {
  for (const [workspace, { at, forgotten }] of Object.entries(await leftOf(desk))) {
    if (forgotten || desk.clock() - at < retention) continue;
    await desk.doors.forget({ workspace, person: null });
    const left = await leftOf(desk);
    if (left[workspace]) await desk.keep.put(key, { ...left, [workspace]: { at, forgotten: true } });
  }
}
