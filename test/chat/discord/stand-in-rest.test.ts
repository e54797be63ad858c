import { API } from '@discordjs/core';
import { DiscordAPIError, RateLimitError, REST } from 'discord.js';
import { expect, test } from 'vitest';
import type { Channel } from '../../support/discord/world.ts';
import { standIn } from './stand-in-rig.ts';

type Rig = Awaited<ReturnType<typeof standIn>>;

const v2 = 1 << 15;
const text = (content: string) => ({ type: 10, content });
const row = (...components: object[]) => ({ type: 1, components });
const button = (more: object = {}) => ({ type: 2, style: 1, label: 'Go', custom_id: 'go', ...more });
const select = (options: number) => ({
  type: 3,
  custom_id: 's',
  options: Array.from({ length: options }, (_, i) => ({ label: `o${i}`, value: `${i}` })),
});
const film = { name: 'clip.mp4', data: Buffer.from('film'), contentType: 'video/mp4' };
const gallery = (url: string) => ({ type: 12, items: [{ media: { url } }] });

/** The number of Discord's refusal; null where it took it. */
async function code(run: Promise<unknown>): Promise<number | string | null> {
  return run.then(
    () => null,
    (error: unknown) => (error instanceof DiscordAPIError ? error.code : String(error)),
  );
}

const send = ({ api }: { api: API }, channel: Channel, body: object) =>
  api.channels.createMessage(channel.id, body as { content: string });

test.each<[string, object]>([
  ['words', { content: 'hello' }],
  ['two thousand characters', { content: 'x'.repeat(2000) }],
  ['buttons below words', { content: 'x', components: [row(button())] }],
  [
    'a container with all it can hold',
    {
      flags: v2,
      components: [
        {
          type: 17,
          accent_color: 0xff8800,
          components: [
            text('# A title'),
            { type: 14, divider: true },
            { type: 9, components: [text('a section')], accessory: button() },
            gallery('attachment://clip.mp4'),
            row(select(25)),
          ],
        },
      ],
      files: [film],
    },
  ],
])('takes %s', async (_, body) => {
  const rig = await standIn();
  const { id } = await send(rig, rig.lobby, body);
  expect(await rig.api.channels.getMessage(rig.lobby.id, id)).toMatchObject({ id, author: { bot: true } });
});

const many = (count: number) => Array.from({ length: count }, (_, i) => text(`${i}`));

test.each<[string, object, number]>([
  ['nothing', { content: '' }, 50006],
  ['2,001 characters', { content: 'x'.repeat(2001) }, 50035],
  ['a field nobody knows', { content: 'x', colour: 'red' }, 50035],
  ['a button with a field nobody knows', { content: 'x', components: [row(button({ size: 2 }))] }, 50035],
  ['content beside the newer kind', { flags: v2, content: 'x', components: [text('x')] }, 50035],
  ['embeds beside the newer kind', { flags: v2, embeds: [{ title: 'x' }], components: [text('x')] }, 50035],
  ['the newer kind without its flag', { components: [text('x')] }, 50035],
  ['41 components', { flags: v2, components: [{ type: 17, components: many(40) }] }, 50035],
  [
    '4,001 characters in all',
    { flags: v2, components: [text('x'.repeat(3000)), text('x'.repeat(1001))] },
    50035,
  ],
  ['26 choices', { flags: v2, components: [row(select(26))] }, 50035],
  ['a custom id of 101', { content: 'x', components: [row(button({ custom_id: 'x'.repeat(101) }))] }, 50035],
  ['a label of 81', { content: 'x', components: [row(button({ label: 'x'.repeat(81) }))] }, 50035],
  ['the same custom id twice', { content: 'x', components: [row(button(), button())] }, 50035],
  ['a link without an address', { content: 'x', components: [row(button({ style: 5 }))] }, 50035],
  [
    'six buttons',
    { content: 'x', components: [row(...[...'abcdef'].map((id) => button({ custom_id: id })))] },
    50035,
  ],
  [
    'a section without its accessory',
    { flags: v2, components: [{ type: 9, components: [text('x')] }] },
    50035,
  ],
  [
    'a section of four',
    { flags: v2, components: [{ type: 9, components: many(4), accessory: button() }] },
    50035,
  ],
  ['an empty gallery', { flags: v2, components: [{ type: 12, items: [] }] }, 50035],
  [
    'a file that is not there',
    { flags: v2, components: [gallery('attachment://other.mp4')], files: [film] },
    50035,
  ],
  ['an answer to nothing', { content: 'x', message_reference: { message_id: '1' } }, 50035],
  ['a nonce of 26', { content: 'x', nonce: 'x'.repeat(26) }, 50035],
  ['eleven files', { content: 'x', files: Array(11).fill(film) }, 30015],
])('refuses %s', async (_, body, expected) => {
  const rig = await standIn();
  expect(await code(send(rig, rig.lobby, body))).toBe(expected);
  expect(rig.discord.posts()).toEqual([]);
});

test('a nonce is one message for a few minutes, from one author, in one channel', async () => {
  const rig = await standIn();
  const body = { content: 'once', nonce: 'n1', enforce_nonce: true };
  const first = await send(rig, rig.lobby, body);
  expect((await send(rig, rig.lobby, body)).id).toBe(first.id);
  await rig.api.channels.deleteMessage(rig.lobby.id, first.id);
  expect(await code(send(rig, rig.lobby, body))).toBe(10008);
  rig.clock.forward(10 * 60_000);
  expect((await send(rig, rig.lobby, body)).id).not.toBe(first.id);
});

test('a file has at most 10 MiB in a server without boosts', async () => {
  const rig = await standIn();
  const sized = (bytes: number) => ({ files: [{ ...film, data: Buffer.alloc(bytes) }] });
  expect(await code(send(rig, rig.lobby, sized(10 * 1024 * 1024)))).toBeNull();
  await expect(send(rig, rig.lobby, sized(10 * 1024 * 1024 + 1))).rejects.toMatchObject({
    status: 413,
    code: 40005,
    rawError: { message: 'Request entity too large' },
  });
});

test('an edit keeps the files it lists, and the newer kind for ever', async () => {
  const rig = await standIn();
  const { api, lobby } = rig;
  const files = [film, { ...film, name: 'b.mp4' }];
  const sent = await send(rig, lobby, { content: 'two', files });
  const kept = sent.attachments.slice(1).map(({ id }) => ({ id }));
  const edited = await api.channels.editMessage(lobby.id, sent.id, { attachments: kept });
  expect(edited.attachments.map((each) => each.filename)).toEqual(['b.mp4']);
  expect(
    await code(api.channels.editMessage(lobby.id, sent.id, { flags: v2, components: [text('x')] })),
  ).toBe(50035);
  await api.channels.editMessage(lobby.id, sent.id, {
    content: null,
    embeds: [],
    flags: v2,
    components: [text('x')],
  } as never);
  expect(
    await code(api.channels.editMessage(lobby.id, sent.id, { flags: 0, content: 'back' } as never)),
  ).toBe(50035);
  expect(rig.discord.posts()[0]?.versions).toHaveLength(3);
});

test('a message older than an hour is edited a few times at most', async () => {
  const { discord, lobby, clock, ...rig } = await standIn();
  const sent = await send(rig, lobby, { content: 'old' });
  clock.forward(61 * 60_000);
  // Left to itself the library would wait for the rest of the hour.
  const rest = new REST({ api: discord.api, rejectOnRateLimit: () => true }).setToken(discord.token);
  const edits = () => new API(rest).channels.editMessage(lobby.id, sent.id, { content: 'new' });
  for (let i = 0; i < 3; i += 1) await edits();
  await expect(edits()).rejects.toBeInstanceOf(RateLimitError);
  expect(discord.requests('edit-message').at(-1)).toMatchObject({ status: 429, answer: { code: 30046 } });
});

test("another person's message is never edited", async () => {
  const { api, lobby, anna } = await standIn();
  const { id } = anna.says(lobby, 'mine');
  expect(await code(api.channels.editMessage(lobby.id, id, { content: 'x' }))).toBe(50005);
});

test('lists go on after a message, newest first', async () => {
  const rig = await standIn();
  const ids: string[] = [];
  for (const content of ['a', 'b', 'c', 'd']) ids.push((await send(rig, rig.lobby, { content })).id);
  const after = await rig.api.channels.getMessages(rig.lobby.id, { after: ids[0] ?? '', limit: 2 });
  expect(after.map((each) => each.content)).toEqual(['c', 'b']);
});

test.each<[string, Parameters<Rig['town']['forbid']>[1], number]>([
  ['the channel itself', 'VIEW_CHANNEL', 50001],
  ['words', 'SEND_MESSAGES', 50013],
  ['files', 'ATTACH_FILES', 50013],
])('without the right to %s nothing is posted', async (_, right, expected) => {
  const rig = await standIn();
  rig.town.forbid(rig.lobby, right);
  expect(await code(send(rig, rig.lobby, { content: 'x', files: [film] }))).toBe(expected);
  rig.town.allow(rig.lobby, right);
  expect(await code(send(rig, rig.lobby, { content: 'x', files: [film] }))).toBeNull();
});

test('a thread hangs on its message, closes, and opens again where it is spoken to', async () => {
  const rig = await standIn();
  const { api, lobby, discord } = rig;
  const root = await send(rig, lobby, { content: 'root' });
  const thread = await api.channels.createThread(lobby.id, { name: 'A campaign' }, root.id);
  expect(thread.id).toBe(root.id);
  expect(await code(api.channels.createThread(lobby.id, { name: 'x' }, root.id))).toBe(160004);
  const inside = discord.channel(thread.id);
  if (!inside) throw new Error('no thread');
  const said = await send(rig, inside, { content: 'inside' });
  expect(await code(api.channels.createThread(thread.id, { name: 'x' }, said.id))).toBe(50024);
  await api.channels.edit(thread.id, { archived: true });
  expect(await code(api.channels.editMessage(thread.id, said.id, { content: 'x' }))).toBe(50083);
  expect(await code(api.channels.addMessageReaction(thread.id, said.id, '✅'))).toBe(50083);
  expect(await code(api.threads.addMember(thread.id, rig.anna.id))).toBe(50083);
  await send(rig, inside, { content: 'awake' });
  expect(inside.thread?.archived).toBe(false);
  await api.threads.addMember(thread.id, rig.anna.id);
  expect((await api.threads.getAllMembers(thread.id)).length).toBe(2);
  rig.town.forbid(lobby, 'SEND_MESSAGES_IN_THREADS');
  expect(await code(send(rig, inside, { content: 'x' }))).toBe(50013);
  rig.town.deletes(inside);
  expect(await code(send(rig, inside, { content: 'x' }))).toBe(10003);
});

test('a locked thread is closed to the bot; a forum wants a post', async () => {
  const rig = await standIn();
  const thread = rig.town.thread(rig.lobby, 'talk', rig.anna);
  if (thread.thread) thread.thread.locked = true;
  const forum = rig.town.channel('posts', { type: 15 });
  expect(await code(send(rig, forum, { content: 'x' }))).toBe(40058);
  rig.town.forbid(rig.lobby, 'MANAGE_THREADS');
  expect(await code(send(rig, thread, { content: 'x' }))).toBe(160005);
});

test('reactions are put, listed and taken; what is no emoji is not known', async () => {
  const rig = await standIn();
  const { id } = await send(rig, rig.lobby, { content: 'vote' });
  await rig.api.channels.addMessageReaction(rig.lobby.id, id, '✅');
  const [message] = rig.discord.visible(rig.lobby);
  if (message) rig.anna.reacts(message, '✅');
  const users = await rig.api.channels.getMessageReactions(rig.lobby.id, id, '✅');
  expect(users.map((each) => each.username).sort()).toEqual(['anna', 'dailies']);
  expect(await code(rig.api.channels.addMessageReaction(rig.lobby.id, id, 'tick'))).toBe(10014);
  await rig.api.channels.deleteOwnMessageReaction(rig.lobby.id, id, '✅');
  expect(rig.discord.read(rig.lobby)[0]?.reactions).toEqual({ '✅': 1 });
});

test('what is asked of servers, people and the application is answered', async () => {
  const { api, town, anna, discord } = await standIn();
  expect(await api.guilds.get(town.id)).toMatchObject({ name: 'Northwind', premium_tier: 0 });
  expect((await api.guilds.getRoles(town.id)).map((each) => each.name)).toEqual(['@everyone', 'Dailies']);
  expect(await api.guilds.getMember(town.id, anna.id)).toMatchObject({ user: { username: 'anna' } });
  expect((await api.guilds.getChannels(town.id)).map((each) => each.name)).toEqual(['campaign']);
  expect((await api.users.getCurrent()).id).toBe(discord.application);
  expect((await api.applications.getCurrent()).id).toBe(discord.application);
  const direct = await api.users.createDM(anna.id);
  await api.channels.createMessage(direct.id, { content: 'only you' });
  expect(discord.read(anna.direct())).toMatchObject([{ text: 'only you' }]);
  expect(await code(api.guilds.get('1'))).toBe(10004);
});

test('attachments are delivered under a signed address that ends', async () => {
  const rig = await standIn();
  const { attachments } = await send(rig, rig.lobby, { files: [film] });
  const url = attachments[0]?.url ?? '';
  expect(await (await fetch(url)).text()).toBe('film');
  expect((await fetch(url.replace(/hm=./, 'hm=z'))).status).toBe(404);
  rig.clock.forward(25 * 60 * 60_000);
  expect((await fetch(url)).status).toBe(404);
  const [again] = await rig.api.channels.getMessages(rig.lobby.id);
  expect((await fetch(again?.attachments[0]?.url ?? '')).status).toBe(200);
});
