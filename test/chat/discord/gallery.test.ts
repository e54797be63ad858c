import { expect, test } from 'vitest';
import { eventually, refused, reviewed, wordsOf } from './stage.ts';

test('approved films are shown to all, with their pictures and what people think of each take', async () => {
  const { world, town, lobby, anna, lee, review, campaign, thread, ...it } = await reviewed();
  const empty = anna.uses('/video-campaigns', { status: 'approved' }, lobby);
  await eventually(() => /None in this state/.test(wordsOf(empty.original)));
  // As it stands in the menu.
  const waiting = anna.uses('/video-campaigns', { status: 'needs review' }, lobby);
  await eventually(() => /Videos: needs review.*Aurora/.test(wordsOf(waiting.original)));
  const making = anna.uses('/video-campaigns', { status: 'being made' }, lobby);
  await eventually(() => /being made.*None in this state/.test(wordsOf(making.original)));
  await lee.presses(review, 'Approve').answered;
  await it.until(campaign, (c) => c.phase === 'approved');
  const film = world.visible(thread).find((m) => m.attachments.some(({ name }) => /mp4$/.test(name)));
  if (!film) throw new Error('no film');
  const talk = anna.says(thread, 'what a film');
  lee.reacts(talk, '👍');
  anna.reacts(film, '👍');
  lee.reacts(film, '👍');
  lee.reacts(film, '🔥');
  const { keep } = it.app.doorsFor('discord');
  const kept = () => keep.get(`applause/discord:${town.id}/${thread.id}`);
  await eventually(async () => JSON.stringify(await kept()).includes('"👍":2,"🔥":1'));
  expect(world.requests('get-message').filter(({ path }) => path.includes(talk.id))).toEqual([]);
  lee.unreacts(film, '🔥');
  await eventually(async () => !JSON.stringify(await kept()).includes('🔥'));

  const asked = anna.uses('/video-campaigns', { status: 'approved' }, lobby);
  await eventually(() => asked.original && asked.original.attachments.length > 0);
  expect(asked.original?.onlyFor).toBeNull();
  expect(asked.original?.attachments).toHaveLength(1);
  expect(wordsOf(asked.original)).toMatch(/Aurora/);
  expect(wordsOf(asked.original)).toMatch(/👍 2/);
  expect(wordsOf(asked.original)).toContain(`<#${thread.id}>`);
  expect(wordsOf(asked.original)).not.toMatch(/\$|MB|take/);
  expect(refused(world)).toEqual([]);
});

test('what not everybody may see is not shown, and no price at all', async () => {
  let late = 0;
  const { world, town, lobby, anna, lee, review, campaign, thread, ...it } = await reviewed({
    clock: () => Date.now() + late,
  });
  await lee.presses(review, 'Approve').answered;
  await it.until(campaign, (c) => c.phase === 'approved');
  const elsewhere = town.channel('elsewhere');
  /** What was believed before is looked at anew. */
  const gallery = async () => {
    late += 5 * 60_000;
    const asked = anna.uses('/video-campaigns', { status: 'approved' }, elsewhere);
    await eventually(() => wordsOf(asked.original) !== '[]');
    return wordsOf(asked.original);
  };
  const nothing = /None in this state/;
  expect(await gallery()).toMatch(/Aurora/);
  expect(await gallery()).not.toMatch(/\$|MB|take/);

  thread.type = 12;
  expect(await gallery()).toMatch(nothing);
  thread.type = 11;
  lobby.nsfw = true;
  expect(await gallery()).toMatch(nothing);
  lobby.nsfw = false;
  expect(await gallery()).toMatch(/Aurora/);
  town.reserves(lobby, town.role('Some'));
  expect(await gallery()).toMatch(nothing);
  town.forbid(lobby, 'VIEW_CHANNEL');
  expect(await gallery()).toMatch(nothing);

  const own = await lee.uses('/video-campaigns', {}, elsewhere).answered;
  expect(own.original?.onlyFor).toBe(lee.id);
});
