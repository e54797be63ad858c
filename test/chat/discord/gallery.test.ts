import { expect, test } from 'vitest';
import { eventually, refused, reviewed, wordsOf } from './stage.ts';

test('approved films are shown to all, with their pictures and what people think of each take', async () => {
  const { world, town, lobby, anna, lee, review, campaign, thread, ...it } = await reviewed();
  const empty = anna.uses('/video-campaigns', { status: 'approved' }, lobby);
  await eventually(() => /None in this state/.test(wordsOf(empty.original)));
  await lee.presses(review, 'Approve').answered;
  await it.until(campaign, (c) => c.phase === 'approved');
  const film = world.visible(thread).find((m) => m.attachments.some(({ name }) => /mp4$/.test(name)));
  if (!film) throw new Error('no film');
  anna.reacts(film, '👍');
  lee.reacts(film, '👍');
  lee.reacts(film, '🔥');
  const { keep } = it.app.doorsFor('discord');
  const kept = () => keep.get(`applause/discord:${town.id}/${thread.id}`);
  await eventually(async () => JSON.stringify(await kept()).includes('"👍":2,"🔥":1'));
  lee.unreacts(film, '🔥');
  await eventually(async () => !JSON.stringify(await kept()).includes('🔥'));

  const asked = anna.uses('/video-campaigns', { status: 'approved' }, lobby);
  await eventually(() => asked.original && asked.original.attachments.length > 0);
  expect(asked.original?.onlyFor).toBeNull();
  expect(asked.original?.attachments).toHaveLength(1);
  expect(wordsOf(asked.original)).toMatch(/Aurora/);
  expect(wordsOf(asked.original)).toMatch(/👍 2/);
  expect(wordsOf(asked.original)).toContain(`<#${thread.id}>`);
  expect(refused(world)).toEqual([]);
});
