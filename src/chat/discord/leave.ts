import type { GatewayGuildDeleteDispatchData, GatewayReadyDispatchData } from '@discordjs/core';
import { inTurnBy, shared } from '../turns.ts';
import type { Desk } from './desk.ts';

/** Of one server, coming and going are one after the other. */
const oneByOne = inTurnBy();

/** Of one desk: thousands of servers come at once, and hardly any of them was gone. */
const looks = new WeakMap<Desk, () => Promise<ReadonlySet<string>>>();

function goneIn(desk: Desk): Promise<ReadonlySet<string>> {
  const look = looks.get(desk) ?? shared(async () => new Set(await desk.doors.tenants('gone')));
  looks.set(desk, look);
  return look();
}

/**
 * A server has put us out; one that is only down comes back by itself. What is told late, or once more, may be long
 * over, so Discord is asked.
 */
export async function leave({ id, unavailable }: GatewayGuildDeleteDispatchData, desk: Desk): Promise<void> {
  if (unavailable) return;
  await oneByOne(id, async () => {
    if (await desk.guilds.isIn(id)) return;
    await desk.doors.suspend({ id: `left/${id}/${desk.clock()}`, workspace: id });
  });
}

/** A server we are in; if it had put us out, it may go on. */
export async function arrive({ id }: { id: string }, desk: Desk): Promise<void> {
  await oneByOne(id, async () => {
    if (!(await goneIn(desk)).has(id) || !(await desk.guilds.isIn(id))) return;
    await desk.doors.resume({ id: `back/${id}/${desk.clock()}`, workspace: id });
  });
}

/** Where nobody listened, nobody is told who put us out; but a server that is only down is in the list. */
export async function compare({ guilds, shard }: GatewayReadyDispatchData, desk: Desk): Promise<void> {
  const [own, all] = shard ?? [0, 1];
  const there = new Set(guilds.map(({ id }) => id));
  const here = await desk.doors.tenants('here');
  const missing = here.filter((id) => !there.has(id) && shardOf(id, all) === own);
  for (const id of missing) await leave({ id }, desk);
}

/** Which connection tells of a server. */
const shardOf = (guild: string, all: number): number => Number((BigInt(guild) >> 22n) % BigInt(all));
