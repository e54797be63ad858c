import { expect, test } from 'vitest';
import { button, eventually, northwind, threadIn } from './stage.ts';

test('from a command to an approved film in one thread', async () => {
  const { world, town, lobby, anna, lee, ...it } = await northwind();
  const asked = anna.uses('/video', { prompt: 'a calm film for Aurora tea', duration: 3 }, lobby);
  await asked.answered;
  expect(asked.answer).toBe(4);
  const campaign = await it.campaign(town.id);
  const thread = await threadIn(world, lobby);
  const { place } = await it.until(campaign, (c) => c.place !== null);
  expect(place).toBe(`discord:${town.id}/${thread.id}`);
  await eventually(() => JSON.stringify(asked.original?.components).includes(`<#${thread.id}>`));

  const generate = await button(world, thread, /^Generate/);
  const pressed = anna.presses(generate.message, generate.label);
  await pressed.answered;
  expect(pressed.answer).toBe(6);
  await it.until(campaign, (c) => c.review !== null);
  await it.idle(campaign);
  const films = world.visible(thread).filter((m) => m.attachments.some(({ name }) => name.endsWith('.mp4')));
  expect(films).toHaveLength(1);
  expect(JSON.stringify(films[0]?.components)).toContain('attachment://');

  const review = await button(world, thread, /^Approve/);
  await eventually(() => review.message.reactions.size === 3);
  const voted = lee.presses(review.message, review.label);
  await voted.answered;
  await it.until(campaign, (c) => c.phase === 'approved');
  await it.idle(campaign);
  expect(world.read(thread).some(({ text }) => /approved/.test(text))).toBe(true);
  expect(await it.paid()).toHaveLength(1);
  const wrong = world.requests().filter(({ status }) => status >= 400);
  expect(wrong.map(({ route, status, answer }) => ({ route, status, answer }))).toEqual([]);
});
