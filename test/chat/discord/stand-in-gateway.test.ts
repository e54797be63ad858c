import { CloseCodes, CompressionMethod, type SessionInfo, WebSocketShardEvents } from '@discordjs/ws';
import { expect, test } from 'vitest';
import { listener, soon, standIn } from './stand-in-rig.ts';

test('two shards come in, and each hears of its own servers', async () => {
  const rig = await standIn({
    gateway: { shards: 2, maxConcurrency: 2, crowd: { guilds: 60, channels: 4, roles: 3, emojis: 3 } },
  });
  const { manager, heard } = listener(rig);
  await manager.connect();
  await rig.discord.gateway.connected(2);
  await soon(() => heard.filter(({ t }) => t === 'GUILD_CREATE').length).toBe(61);
  const [first, second] = rig.discord.gateway.sessions;
  expect([first?.shard, second?.shard].sort()).toEqual([0, 1]);
  expect(first?.sent.length).toBeGreaterThan(20);
  expect(second?.sent.length).toBeGreaterThan(20);
});

test.each([
  ['another token', { token: 'MTA.other.token' }, 4004],
  ['bits that mean nothing', { intents: 1 << 30 }, 4013],
  ['a privileged intent that is off', { intents: 1 << 15 }, 4014],
  ['a shard that cannot be', { shardIds: [2], shardCount: 2 }, 4010],
])('%s is refused', async (_, more, code) => {
  const rig = await standIn();
  const { manager } = listener(rig, more);
  const closed = new Promise((done) => manager.on(WebSocketShardEvents.Closed, done));
  manager.connect().catch(() => {});
  expect(await closed).toBe(code);
});

test('too many servers for one shard are refused', async () => {
  const rig = await standIn({ gateway: { crowd: { guilds: 2500, channels: 1, roles: 1, emojis: 0 } } });
  const { manager } = listener(rig);
  const closed = new Promise((done) => manager.on(WebSocketShardEvents.Closed, done));
  manager.connect().catch(() => {});
  expect(await closed).toBe(4011);
});

test.each(['reconnect', 'drop', 'unknown error'])(
  'after %s the session goes on and nothing is missed',
  async (how) => {
    const rig = await standIn();
    const { manager, seen } = listener(rig);
    await manager.connect();
    const { gateway } = rig.discord;
    await gateway.connected();
    if (how === 'reconnect') gateway.reconnect();
    else if (how === 'drop') gateway.drop();
    else gateway.close(4000);
    await soon(() => gateway.sessions[0]?.line).toBeNull();
    rig.anna.says(rig.lobby, 'while nobody heard');
    await soon(() => seen('RESUMED').length).toBe(1);
    expect(seen('MESSAGE_CREATE')).toHaveLength(1);
    expect(gateway.sessions).toHaveLength(1);
  },
);

/** Two processes, one after the other, with one memory; the first forgets nothing while it stops. */
function lives(rig: Awaited<ReturnType<typeof standIn>>) {
  const sessions = new Map<number, SessionInfo>();
  const life = (keepsNothing: boolean) =>
    listener(rig, {
      retrieveSessionInfo: (shard) => sessions.get(shard) ?? null,
      updateSessionInfo(shard, info) {
        if (info) sessions.set(shard, info);
        else if (keepsNothing) sessions.delete(shard);
      },
    });
  return { first: life(false), second: life(true) };
}

test('a new process takes the session over', async () => {
  const rig = await standIn();
  const { first, second } = lives(rig);
  await first.manager.connect();
  await rig.discord.gateway.connected();
  await first.manager.destroy({ code: CloseCodes.Resuming });
  const message = rig.anna.says(rig.lobby, 'between');
  rig.anna.reacts(message, '✅');
  await second.manager.connect();
  await soon(() => second.seen('MESSAGE_REACTION_ADD').length).toBe(1);
  expect(second.seen('MESSAGE_CREATE')).toHaveLength(1);
  expect(second.seen('READY')).toHaveLength(0);
});

test.each([
  ['it was closed with 1000', 0, CloseCodes.Normal],
  ['minutes have passed', 6 * 60_000, CloseCodes.Resuming],
])('a session is over when %s', async (_, later, code) => {
  const rig = await standIn({ gateway: { identifyWindow: 0 } });
  const { first, second } = lives(rig);
  await first.manager.connect();
  await rig.discord.gateway.connected();
  await first.manager.destroy({ code });
  await soon(() => rig.discord.gateway.sessions[0]?.line).toBeNull();
  rig.clock.forward(later);
  await second.manager.connect();
  expect(rig.discord.log).toContainEqual(expect.objectContaining({ kind: 'gateway', what: 'resume' }));
  expect(second.seen('READY')).toHaveLength(1);
  expect(second.seen('RESUMED')).toHaveLength(0);
});

test('two identifies side by side are one too many', async () => {
  const rig = await standIn({ gateway: { shards: 2, identifyWindow: 1500 } });
  const { manager, seen } = listener(rig);
  await manager.connect();
  await rig.discord.gateway.connected(2);
  expect(rig.discord.log).toContainEqual(expect.objectContaining({ kind: 'gateway', what: 'too soon' }));
  expect(seen('READY')).toHaveLength(2);
});

test('an invalid session begins anew', async () => {
  const rig = await standIn({ gateway: { identifyWindow: 0 } });
  const { manager, seen } = listener(rig);
  await manager.connect();
  await rig.discord.gateway.connected();
  rig.discord.gateway.invalidate(false);
  await soon(() => seen('READY').length).toBe(2);
  expect(rig.discord.gateway.sessions).toHaveLength(2);
});

test('heartbeats are answered, and missed where the gateway is deaf', async () => {
  const rig = await standIn({ gateway: { heartbeat: 40 } });
  const { manager, seen } = listener(rig);
  let beats = 0;
  manager.on(WebSocketShardEvents.HeartbeatComplete, () => {
    beats += 1;
  });
  await manager.connect();
  await soon(() => beats).toBeGreaterThan(2);
  rig.discord.gateway.deaf = true;
  await soon(() => rig.discord.gateway.sessions[0]?.line).toBeNull();
  rig.discord.gateway.deaf = false;
  await soon(() => seen('RESUMED').length).toBeGreaterThan(0);
});

test('two clients of one shard both hear', async () => {
  const rig = await standIn({ gateway: { identifyWindow: 0 } });
  const both = [listener(rig), listener(rig)];
  for (const { manager } of both) await manager.connect();
  await rig.discord.gateway.connected(2);
  rig.anna.says(rig.lobby, 'hello');
  for (const { seen } of both) await soon(() => seen('MESSAGE_CREATE').length).toBe(1);
});

test('words of others are empty without the privileged intent, unless they name the bot', async () => {
  const rig = await standIn();
  const { manager, seen } = listener(rig);
  await manager.connect();
  await rig.discord.gateway.connected();
  rig.anna.says(rig.lobby, 'not for the bot', [{ name: 'a.png', bytes: Buffer.from('x') }]);
  rig.anna.says(rig.lobby, `<@${rig.discord.application}> for the bot`);
  await rig.api.channels.createMessage(rig.lobby.id, { content: 'own' });
  const own = rig.discord.posts()[0];
  if (own) rig.anna.replies(own, 'with a ping');
  if (own) rig.anna.replies(own, 'without', { ping: false });
  await soon(() => seen('MESSAGE_CREATE').map((each) => each['content'])).toEqual([
    '',
    `<@${rig.discord.application}> for the bot`,
    'own',
    'with a ping',
    '',
  ]);
  expect(seen('MESSAGE_CREATE')[0]).toMatchObject({ attachments: [], author: { username: 'anna' } });
});

test('with the privileged intent all words are told', async () => {
  const rig = await standIn({ gateway: { privileged: 1 << 15 } });
  const { manager, seen } = listener(rig, { intents: 1 | (1 << 9) | (1 << 15) });
  await manager.connect();
  await rig.discord.gateway.connected();
  rig.anna.says(rig.lobby, 'for all');
  await soon(() => seen('MESSAGE_CREATE')[0]?.['content']).toBe('for all');
});

test('2,500 servers come in a moment', async () => {
  const rig = await standIn({ gateway: { crowd: { guilds: 2499, channels: 40, roles: 30, emojis: 30 } } });
  let servers = 0;
  const { manager } = listener(rig);
  manager.on('dispatch', ({ t }) => {
    servers += t === 'GUILD_CREATE' ? 1 : 0;
  });
  await manager.connect();
  await soon(() => servers).toBe(2500);
});

test('what is sent is compressed where the library asks for it', async () => {
  const crowd = { guilds: 40, channels: 40, roles: 30, emojis: 30 };
  const rig = await standIn({ gateway: { crowd } });
  const { manager, heard } = listener(rig, { compression: CompressionMethod.ZlibNative });
  await manager.connect();
  await soon(() => heard.filter(({ t }) => t === 'GUILD_CREATE').length).toBe(41);
});

test('a server that puts the bot out is gone, with all that happens there', async () => {
  const rig = await standIn();
  const { manager, seen } = listener(rig);
  await manager.connect();
  await rig.discord.gateway.connected();
  rig.town.dismiss();
  rig.anna.says(rig.lobby, 'alone at last');
  await soon(() => seen('GUILD_DELETE')).toEqual([{ id: rig.town.id }]);
  await expect(rig.api.guilds.get(rig.town.id)).rejects.toMatchObject({ code: 10004 });
  expect(seen('MESSAGE_CREATE')).toEqual([]);
});
