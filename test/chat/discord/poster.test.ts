import { expect, test } from 'vitest';
import { card } from '../../../src/chat/card.ts';
import type { Showing } from '../../../src/chat/chat.ts';
import { TryLater } from '../../../src/errors.ts';
import { handClock } from '../../support/clock.ts';
import { platform } from './platform-rig.ts';
import { standIn } from './stage.ts';

const hour = 3_600_000;
const lost = () => Promise.reject(new TryLater('the fence is lost', { delay: 1, sent: false }));

async function channel() {
  const clock = handClock(Date.now());
  const world = await standIn({ clock: clock.now });
  const town = world.town();
  const lobby = town.channel('campaign');
  const place = `discord:${town.id}/${lobby.id}`;
  const showing = (more: Partial<Showing> = {}): Showing => ({
    ...{ place, key: 'progress:1', campaign: 'c1', card: card({ title: 'Take 1' }) },
    ...{ known: null, sendKey: 'k1', ...more },
  });
  return { clock, world, town, lobby, place, showing };
}

const moving = card({ title: 'Take 1', progress: [{ label: 'x', fraction: 0.1, state: 'running' }] });

/** What a job does that does not know how its last attempt ended, or tries once more. */
const end = (doing: Promise<unknown>) => doing.catch((error: Error) => error.name);

test('nothing leaves where somebody else may send it by now', async () => {
  const { world, lobby, showing, place } = await channel();
  const one = platform(world);
  await expect(one.show(showing({ guard: lost, since: 1 }))).rejects.toThrow('the fence is lost');
  await expect(one.open(place, 'Tea', 'c1', lost)).rejects.toThrow('the fence is lost');
  expect(world.visible(lobby)).toEqual([]);
  expect(world.requests('create-message')).toEqual([]);
});

test('what one process surely did not send, another may have sent since', async () => {
  const { clock, world, lobby, place, showing } = await channel();
  const [one, two] = [platform(world, { clock: clock.now }), platform(world, { clock: clock.now })];
  const first = clock.now();
  world.faults.next('create-message', { kind: 'status', status: 403, code: 50_013 });
  expect(await end(one.show(showing({ since: first })))).toBe('TryLater');
  expect(await one.find(place, 'k1', first)).toBe('absent');
  clock.forward(10_000);
  world.faults.next('create-message', { kind: 'drop' });
  expect(await two.show(showing({ since: clock.now() }))).toEqual({ kind: 'ambiguous' });
  const message = world.visible(lobby)[0]?.id;
  expect(await one.find(place, 'k1', clock.now())).toEqual({ message });
});

test('what may have arrived is looked for from then on, however much was said before and since', async () => {
  const { clock, world, town, lobby, place, showing } = await channel();
  const anna = town.person('anna');
  for (let n = 0; n < 2_100; n++) anna.says(lobby, `before ${n}`);
  clock.forward(hour);
  const since = clock.now();
  world.faults.next('create-message', { kind: 'drop' });
  const one = platform(world, { clock: clock.now });
  expect(await one.show(showing({ since }))).toEqual({ kind: 'ambiguous' });
  const sent = world.posts(lobby)[0]?.id;
  for (let n = 0; n < 250; n++) anna.says(lobby, `after ${n}`);
  expect(await one.find(place, 'k1', since)).toEqual({ message: sent });
  const lists = world.requests('list-messages').length;
  expect(await one.find(place, 'another', since)).toBe('absent');
  expect(world.requests('list-messages').length - lists).toBe(3);
});

test('a long look back waits where Discord says so', async () => {
  const clock = handClock(Date.now());
  const limits = { routes: { 'list-messages': { requests: 2, per: 300 } } };
  const world = await standIn({ clock: clock.now, limits });
  const town = world.town();
  const lobby = town.channel('campaign');
  const anna = town.person('anna');
  for (let n = 0; n < 550; n++) anna.says(lobby, `after ${n}`);
  const found = platform(world).find(`discord:${town.id}/${lobby.id}`, 'k1', clock.now());
  expect(await found).toBe('absent');
});

test('a first message that was refused is posted again at once, in a channel of thousands of messages', async () => {
  const { clock, world, town, lobby, place } = await channel();
  const anna = town.person('anna');
  for (let n = 0; n < 2_100; n++) anna.says(lobby, `chatter ${n}`);
  const one = platform(world, { clock: clock.now });
  world.faults.next('create-message', { kind: 'status', status: 403, code: 50_013 });
  expect(await end(one.open(place, 'Tea', 'c1'))).toBe('TryLater');
  const opened = await one.open(place, 'Tea', 'c1');
  expect(opened).toBe(`discord:${town.id}/${world.visible(lobby).at(-1)?.thread?.id}`);
  expect(world.requests('list-messages')).toEqual([]);
});

test('a first message that may have arrived is found, also much later', async () => {
  const { clock, world, town, lobby, place } = await channel();
  const one = platform(world, { clock: clock.now });
  world.faults.next('create-message', { kind: 'drop' });
  expect(await end(one.open(place, 'Tea', 'c1'))).toBe('TryLater');
  clock.forward(hour);
  const anna = town.person('anna');
  for (let n = 0; n < 150; n++) anna.says(lobby, `chatter ${n}`);
  await one.open(place, 'Tea', 'c1');
  expect(world.posts(lobby)).toHaveLength(1);
});

test('an old card that moves is replaced once, however often its end is not known', async () => {
  const { clock, world, lobby, showing } = await channel();
  const one = platform(world, { clock: clock.now });
  const first = await one.show(showing({ card: moving }));
  const known = first.kind === 'shown' ? first.message : '';
  clock.forward(2 * hour);
  world.faults.next('delete-message', { kind: 'status', status: 503 }, 2);
  for (let n = 0; n < 3; n++) {
    await end(one.show(showing({ card: moving, known })));
    clock.forward(4 * 60_000);
  }
  expect(world.visible(lobby)).toHaveLength(1);
  expect(world.posts(lobby)).toHaveLength(2);
});

test('a card that was replaced and has come to rest before that was written down is not taken for deleted', async () => {
  const { clock, world, lobby, showing } = await channel();
  const one = platform(world, { clock: clock.now });
  const first = await one.show(showing({ card: moving }));
  const known = first.kind === 'shown' ? first.message : '';
  clock.forward(2 * hour);
  const replaced = await one.show(showing({ card: moving, known }));
  expect(await one.show(showing({ card: card({ title: 'Take 1 is done' }), known }))).toEqual(replaced);
  expect(JSON.stringify(world.visible(lobby).map(({ components }) => components))).toMatch(/is done/);
});
