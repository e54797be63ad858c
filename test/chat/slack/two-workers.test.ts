import { expect, test } from 'vitest';
import { card } from '../../../src/chat/card.ts';
import { TryLater } from '../../../src/errors.ts';
import { acme } from './stage.ts';

const lost = async () => {
  throw new TryLater('the fence is no longer fresh', { delay: 0, sent: false });
};

async function inSlack() {
  const { app, world, team, launch } = await acme();
  const place = `slack:${team.id}/${launch.id}`;
  const chat = app.chats.slack;
  const showing = {
    key: 'k',
    campaign: 'c1',
    card: card({ title: 'Take 1' }),
    known: null,
    sendKey: 'x'.repeat(25),
  };
  return { chat, world, place, showing };
}

test('a worker that slept until its effect was another’s opens nothing and says nothing', async () => {
  const { chat, world, place, showing } = await inSlack();
  await expect(chat.open(place, 'Tea', 'c1', lost)).rejects.toMatchObject({ sent: false });
  await expect(chat.show({ ...showing, place, guard: lost })).rejects.toMatchObject({ sent: false });
  expect(world.posts()).toEqual([]);
});

test('what a worker did not send is looked for all the same once another one may have sent it', async () => {
  const { chat, world, place, showing } = await inSlack();
  const { sendKey } = showing;
  await expect(chat.show({ ...showing, place, since: 1, guard: lost })).rejects.toBeInstanceOf(TryLater);
  expect(await chat.find(place, sendKey, 1)).toBe('absent');
  // The other worker: its attempt has an instant of its own.
  const { message } = (await chat.show({ ...showing, place, since: 2 })) as { message: string };
  expect(await chat.find(place, sendKey, 2)).toEqual({ message });
  expect(world.posts()).toHaveLength(1);
});
