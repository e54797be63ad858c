import { REST } from 'discord.js';
import { expect, test } from 'vitest';
import { soon, standIn } from './stand-in-rig.ts';

const route = (channel: { id: string }): `/${string}` => `/channels/${channel.id}/messages`;

test('another token is refused', async () => {
  const { discord, lobby } = await standIn();
  const rest = new REST({ api: discord.api, retries: 0 }).setToken('MTA.other.token');
  await expect(rest.post(route(lobby), { body: { content: 'x' } })).rejects.toMatchObject({ status: 401 });
});

test('headers tell the pace, and who is too quick waits', async () => {
  const { discord, town, lobby, rest } = await standIn({
    limits: { routes: { 'create-message': { requests: 2, per: 2000 } } },
  });
  // The first of all takes its time, and has a pace of its own.
  await rest.post(route(town.channel('other')), { body: { content: 'x' } });
  const say = (content: string) =>
    fetch(`${discord.api}/v10${route(lobby)}`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content }),
    });
  const [first, , third] = [await say('a'), await say('b'), await say('c')];
  expect(first.headers.get('x-ratelimit-remaining')).toBe('1');
  expect(first.headers.get('x-ratelimit-bucket')).toMatch(/^\w{32}$/);
  expect([third.status, third.headers.get('x-ratelimit-scope')]).toEqual([429, 'user']);
  expect(await third.json()).toMatchObject({ global: false, retry_after: expect.any(Number) });
  await rest.post(route(lobby), { body: { content: 'd' } });
  expect(discord.read(lobby).map((each) => each.text)).toEqual(['a', 'b', 'd']);
});

test('the whole bot has its pace too', async () => {
  const { discord, lobby, rest } = await standIn();
  const limited: boolean[] = [];
  rest.on('rateLimited', ({ global }) => void limited.push(global));
  discord.faults.next('create-message', { kind: 'limited', seconds: 0.05, global: true });
  await rest.post(route(lobby), { body: { content: 'x' } });
  expect(limited).toEqual([true]);
  expect(discord.requests('create-message').map(({ status }) => status)).toEqual([429, 200]);
});

test.each<[string, Parameters<Awaited<ReturnType<typeof standIn>>['discord']['faults']['next']>[1], number]>([
  ['done and never told', { kind: 'drop' }, 1],
  ['cut before it was done', { kind: 'reset' }, 0],
  ['a fault of the server', { kind: 'status', status: 502 }, 0],
])('%s', async (_, fault, posted) => {
  const { discord, lobby, rest } = await standIn();
  discord.faults.next('create-message', fault);
  await expect(rest.post(route(lobby), { body: { content: 'x' } })).rejects.toThrow();
  expect(discord.posts()).toHaveLength(posted);
});

test('what the library sends again becomes two messages, but for a nonce', async () => {
  const { discord, lobby } = await standIn();
  const rest = new REST({ api: discord.api, retries: 1 }).setToken(discord.token);
  const torn = async (body: object) => {
    discord.faults.next('create-message', { kind: 'drop' });
    await rest.post(route(lobby), { body });
    return discord.posts().length;
  };
  expect(await torn({ content: 'a' })).toBe(2);
  expect(await torn({ content: 'b', nonce: 'b', enforce_nonce: true })).toBe(3);
});

test('slow is slower than a library waits; the message is there all the same', async () => {
  const { discord, lobby } = await standIn();
  const rest = new REST({ api: discord.api, retries: 0, timeout: 50 }).setToken(discord.token);
  discord.faults.next('create-message', { kind: 'slow', wait: 200 });
  await expect(rest.post(route(lobby), { body: { content: 'x' } })).rejects.toThrow(/abort/i);
  await soon(() => discord.posts().length).toBe(1);
});
