import { describe, expect, test } from 'vitest';
import { card } from '../../../src/chat/card.ts';
import { handClock } from '../../support/clock.ts';
import { png } from '../../support/logo.ts';
import { northwind, refused, wordsOf } from './stage.ts';

const hour = 3_600_000;

/** Cards shown in a channel, without a campaign around them. */
async function showing() {
  const clock = handClock(Date.now());
  const it = await northwind({ standIn: { clock: clock.now }, clock: clock.now });
  const place = `discord:${it.town.id}/${it.lobby.id}`;
  const chat = it.app.chats.discord;
  const show = (given: Parameters<typeof card>[0], known: string | null) =>
    chat.show({ place, key: 'k', campaign: 'c1', card: card(given), known, sendKey: 'x'.repeat(25) });
  const shown = async (given: Parameters<typeof card>[0], known: string | null = null) => {
    const result = await show(given, known);
    if (result.kind !== 'shown') throw new Error(result.kind);
    return result.message;
  };
  const stored = await it.app.storage.put({
    ...{ shelf: 'references', workspace: it.town.id, ending: 'png' },
    from: { bytes: png },
  });
  const picture = { ...stored, mime: 'image/png', title: 'logo' };
  return { ...it, clock, chat, place, show, shown, picture, seen: () => it.world.visible(it.lobby) };
}

const moving = (label: string) => ({
  title: 'Take 1',
  progress: [{ label, fraction: 0.5, state: 'running' as const }],
});

describe('a card', () => {
  test('is one message, edited; nobody is called by it', async () => {
    const { world, shown, seen } = await showing();
    const message = await shown({ title: 'One @everyone <@1>' });
    expect(await shown({ title: 'Two' }, message)).toBe(message);
    expect(seen().map((m) => m.versions.length)).toEqual([2]);
    for (const { body } of [...world.requests('create-message'), ...world.requests('edit-message')])
      expect(body).toMatchObject({ allowed_mentions: { parse: [] } });
  });

  test('keeps the pictures it has, brings those that come, and loses those that go', async () => {
    const { world, shown, picture, seen } = await showing();
    const message = await shown({ title: 'One', images: [picture] });
    await shown({ title: 'Two', images: [picture] }, message);
    const names = () => seen()[0]?.attachments.map(({ name }) => name);
    expect(names()).toHaveLength(1);
    const sent = world.requests('edit-message').flatMap(({ files }) => files);
    expect(sent).toEqual([]);
    await shown({ title: 'Three' }, message);
    expect(names()).toEqual([]);
    await shown({ title: 'Four', images: [picture] }, message);
    expect(names()).toHaveLength(1);
    expect(refused(world)).toEqual([]);
  });

  test('that moves is edited at the pace we set ourselves', async () => {
    const { show, shown } = await showing();
    const message = await shown(moving('a'));
    await shown(moving('b'), message);
    await expect(show(moving('c'), message)).rejects.toMatchObject({ name: 'TryLater', sent: false });
  });

  test('that moves and is older than an hour is posted anew, and is there once, also after a crash', async () => {
    const { shown, seen, clock } = await showing();
    const old = await shown(moving('a'));
    clock.forward(hour);
    const next = await shown(moving('b'), old);
    expect(next).not.toBe(old);
    expect(seen().map(({ id }) => id)).toEqual([next]);
    clock.forward(60);
    expect(await shown(moving('c'), old)).toBe(next);
    expect(seen().map(({ id }) => id)).toEqual([next]);
    expect(wordsOf(seen()[0] ?? null)).toMatch(/ c/);
  });

  test('that lies still is edited as long as Discord lets us, and then posted anew', async () => {
    const { show, shown, seen, clock } = await showing();
    const first = await shown({ title: 'n0' });
    clock.forward(2 * hour);
    let known = first;
    for (const n of [1, 2, 3, 4]) known = await shown({ title: `n${n}` }, known);
    expect(known).not.toBe(first);
    expect(seen().map(wordsOf).join()).toMatch(/n4/);
    expect(seen()).toHaveLength(1);
    await show({ title: 'n5' }, known);
  });

  test('that somebody deleted is gone, and is not posted again', async () => {
    const { show, shown, seen, clock } = await showing();
    const message = await shown(moving('a'));
    for (const one of seen()) one.deleted = true;
    expect(await show(moving('b'), message)).toEqual({ kind: 'gone' });
    clock.forward(2 * hour);
    expect(await show(moving('b'), message)).toEqual({ kind: 'gone' });
    expect(seen()).toEqual([]);
  });

  test('of which nobody may read whether it is there is unknown', async () => {
    const { chat, place, town, lobby } = await showing();
    expect(await chat.find(place, 'y'.repeat(25))).toBe('absent');
    town.forbid(lobby, 'READ_MESSAGE_HISTORY');
    expect(await chat.find(place, 'y'.repeat(25))).toBe('unknown');
  });
});

const cancel = { label: 'Cancel', style: 'danger', does: { type: 'cancel' } } as const;

test('what a server had is written down anew when it comes back after all of it was forgotten', async () => {
  const { app, town, lobby, anna, clock, shown, seen, campaigns } = await showing();
  const toPress = { title: 'A', buttons: [cancel] };
  await shown(toPress);
  await anna.uses('/video', {}, lobby).answered;
  clock.forward(30 * 24 * hour);
  expect(await app.journal.forgetKept(town.id)).toBeGreaterThan(1);
  await shown(toPress);
  const message = seen().at(-1);
  if (!message) throw new Error('nothing is shown');
  const pressed = await anna.presses(message, 'Cancel').answered;
  expect(wordsOf(pressed.original)).toMatch(/There is no video here/);
  const form = await anna.uses('/video', {}, lobby).answered;
  await anna.submits(form, { words: 'a calm film for Aurora tea' }).answered;
  expect(await campaigns(town.id)).toHaveLength(1);
});
