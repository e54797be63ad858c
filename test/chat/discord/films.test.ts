import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { card } from '../../../src/chat/card.ts';
import { probe } from '../../../src/media/probe.ts';
import { makeClip } from '../../media/clips.ts';
import { labelsOf, northwind, refused, wordsOf } from './stage.ts';

const publicUrl = 'https://dailies.example';

/** A film of ours in a channel, without a campaign around it. */
async function filming(given: Parameters<typeof northwind>[0] & { limit?: number } = {}) {
  const it = await northwind({ publicUrl, ...given });
  if (given.limit)
    await it.app.doorsFor('discord').keep.put(`bytes/${it.town.id}`, { bytes: given.limit, at: Date.now() });
  const clip = join(it.folder, 'clip.mp4');
  await makeClip(clip, { draw: 'noise=alls=24:allf=t', size: '320x180' });
  const stored = await it.app.storage.put({
    shelf: 'generated',
    workspace: it.town.id,
    ending: 'mp4',
    from: { file: clip },
  });
  const film = { ...stored, mime: 'video/mp4', title: 'take-1a' };
  const place = `discord:${it.town.id}/${it.lobby.id}`;
  const showing = {
    ...{
      place,
      key: 'cut:1a',
      campaign: 'c1',
      known: null,
      sendKey: randomBytes(15).toString('hex').slice(0, 25),
    },
    card: card({ title: 'Take 1, cut 1a', film }),
  };
  const chat = it.app.chats.discord;
  return {
    ...it,
    film,
    showing,
    show: () => chat.show(showing),
    find: () => chat.find(place, showing.sendKey),
  };
}

describe('a film', () => {
  test('that is too large for the server is shown lighter, with a link to the whole', async () => {
    const { world, lobby, film, folder, show, app, town } = await filming({ limit: 60_000 });
    expect(film.bytes).toBeGreaterThan(60_000);
    await show();
    const [message] = world.visible(lobby);
    const [lighter, ...more] = message?.attachments ?? [];
    expect([lighter?.name, more]).toEqual(['take-1a-preview.mp4', []]);
    expect(lighter?.bytes.length).toBeLessThanOrEqual(54_000);
    const key = await app.storage.put({
      ...{ shelf: 'generated', workspace: town.id, ending: 'mp4' },
      from: { bytes: lighter?.bytes ?? Buffer.alloc(0) },
    });
    await app.storage.fetchTo(key.key, join(folder, 'lighter.mp4'));
    expect(await probe(join(folder, 'lighter.mp4'))).toMatchObject({ videoCodec: 'avc', faststart: true });
    expect(message && labelsOf(message)).toEqual(['Open the whole film']);
    expect(wordsOf(message ?? null)).toMatch(/https:\/\/dailies\.example\/media\/generated/);
    expect(refused(world)).toEqual([]);
  });

  test('that is refused all the same is halved, once; what was learnt holds for the next', async () => {
    const { world, lobby, film, show } = await filming();
    world.faults.next('create-message', { kind: 'status', status: 413, code: 40_005 });
    await show();
    const [file, ...more] = world.visible(lobby)[0]?.attachments ?? [];
    expect([file?.name, more]).toEqual(['take-1a-preview.mp4', []]);
    expect(file?.bytes.length).toBeLessThanOrEqual(film.bytes / 2);
    expect(refused(world).map(({ status }) => status)).toEqual([413]);
  });

  test.each([
    ['in no size', 2_000, 0],
    ['not even halved', 0, 2],
  ])('that the server takes %s is shown as its poster, with a link', async (_, limit, refusals) => {
    const { world, lobby, show } = await filming(limit ? { limit } : {});
    if (refusals > 0)
      world.faults.next('create-message', { kind: 'status', status: 413, code: 40_005 }, refusals);
    await show();
    const [message, ...more] = world.visible(lobby);
    expect(more).toEqual([]);
    expect(message?.attachments.map(({ name }) => name.split('.').at(-1))).toEqual(['jpg']);
    expect(message && labelsOf(message)).toEqual(['Open the whole film']);
    expect(wordsOf(message ?? null)).toMatch(/more than this server takes/);
  });

  test('that a card speaks of is offered where it is kept', async () => {
    const { app, world, town, lobby, film } = await filming();
    const said = card({ title: 'The film of cut 1a is finished and kept.', link: film });
    const sending = { key: 'reply:1', campaign: 'c1', known: null, sendKey: 'y'.repeat(25) };
    await app.chats.discord.show({ ...sending, place: `discord:${town.id}/${lobby.id}`, card: said });
    const [message] = world.visible(lobby);
    expect(message && labelsOf(message)).toEqual(['Open the whole film']);
    expect(refused(world)).toEqual([]);
  });

  test('whose arrival is never told is found again', async () => {
    const { world, lobby, show, find } = await filming();
    world.faults.next('create-message', { kind: 'drop' });
    expect(await show()).toEqual({ kind: 'ambiguous' });
    const [message] = world.visible(lobby);
    expect(await find()).toEqual({ message: message?.id });
    expect(await show()).toEqual({ kind: 'shown', message: message?.id });
    expect(world.visible(lobby)).toHaveLength(1);
  });

  test('that surely did not arrive is not looked for', async () => {
    const { world, lobby, show, find } = await filming();
    world.faults.next('create-message', { kind: 'limited', seconds: 1 });
    await expect(show()).rejects.toMatchObject({ name: 'TryLater', sent: false });
    expect(await find()).toBe('absent');
    expect(world.requests('list-messages')).toEqual([]);
    expect(world.visible(lobby)).toEqual([]);
  });
});
