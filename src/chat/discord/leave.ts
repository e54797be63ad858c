import type { GatewayGuildDeleteDispatchData } from 'discord.js';
import { z } from 'zod';
import type { Desk } from './desk.ts';

const Left = z.object({ at: z.number() });
const keyOf = (guild: string): string => `left/${guild}`;

/** A server has put us out. One that is only down comes back by itself. */
export async function leave({ id, unavailable }: GatewayGuildDeleteDispatchData, desk: Desk): Promise<void> {
  if (unavailable) return;
  const before = Left.safeParse(await desk.keep.get(keyOf(id))).data;
  const at = before?.at ?? desk.clock();
  if (!before) await desk.keep.put(keyOf(id), { at });
  await desk.doors.suspend({ id: `left/${id}/${at}`, workspace: id });
}

/** A server we are in; if it had put us out, it may go on. */
export async function arrive({ id }: { id: string }, desk: Desk): Promise<void> {
  const before = Left.safeParse(await desk.keep.get(keyOf(id))).data;
  if (!before) return;
  await desk.doors.resume({ id: `back/${id}/${before.at}`, workspace: id });
  await desk.keep.put(keyOf(id), null);
}
