import { setImmediate as turn } from 'node:timers/promises';
import { type Crowd, crowdGuild, crowdIds } from './crowd.ts';
import { guildCreate } from './guild-create.ts';
import { shardOf } from './ids.ts';
import { dispatch, type Session } from './session.ts';
import { userShape } from './shapes.ts';
import { intent } from './wire.ts';
import type { World } from './world.ts';

/** READY, and then every server. */
export async function welcome(world: World, session: Session, crowd: Crowd | null): Promise<void> {
  const { id, shard, of } = session;
  const real = [...world.guilds.values()].filter(({ members }) => members.has(world.bot.id));
  const mine = (guild: string): boolean => shardOf(guild, of) === shard;
  const extra = crowd ? crowdIds(crowd).filter(mine) : [];
  const guilds = [...real.map((each) => each.id).filter(mine), ...extra];
  dispatch(session, 'READY', () => ({
    v: 10,
    user: { ...userShape(world.bot), verified: true, mfa_enabled: false, email: null },
    guilds: guilds.map((guild) => ({ id: guild, unavailable: true })),
    session_id: id,
    resume_gateway_url: `ws://${world.host}/resume`,
    shard: [shard, of],
    application: { id: world.application.id, flags: 0 },
    session_type: 'normal',
    private_channels: [],
    relationships: [],
  }));
  if (session.intents & intent.guilds) await stream(world, session, guilds, crowd);
}

/** All servers, no faster than they are read. */
async function stream(
  world: World,
  session: Session,
  guilds: readonly string[],
  crowd: Crowd | null,
): Promise<void> {
  for (const id of guilds) {
    const guild = world.guilds.get(id);
    dispatch(session, 'GUILD_CREATE', () =>
      guild ? guildCreate(world, guild) : crowd ? crowdGuild(world, crowd, id) : {},
    );
    while ((session.line?.socket.bufferedAmount ?? 0) > 1_000_000) await turn();
  }
}
