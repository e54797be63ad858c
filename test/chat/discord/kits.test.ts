import { expect, test } from 'vitest';
import { png } from '../../support/logo.ts';
import { eventually, northwind, refused, threadIn, wordsOf } from './stage.ts';

test('a brand kit is made with its logo as a file, offered while somebody types, and taken', async () => {
  const { world, town, lobby, anna, lee, ...it } = await northwind();
  const kit = async () => (await it.app.engine.workspace(town.id)).kits[0];

  const none = anna.uses('/video-brand', { name: 'Tea', voice: 'calm' }, lobby);
  await eventually(() => /Only whoever manages/.test(wordsOf(none.original)));
  expect(await kit()).toBeUndefined();

  const logo = { name: 'tea.png', bytes: png };
  const given = { name: 'Tea', colours: '#0f766e', never: 'people; rain', logo, usual: true };
  const made = lee.uses('/video-brand', given, lobby);
  await eventually(() => /Brand kit: Tea \(usual\)/.test(wordsOf(made.original)));
  expect(made.original?.onlyFor).toBe(lee.id);
  await eventually(async () => (await kit())?.logo);
  await eventually(() => world.visible(lobby).some((m) => /“Tea” has its logo/.test(wordsOf(m))));

  const typed = anna.autocompletes('/video', { prompt: 'x', brand: 'te' }, 'brand', lobby);
  await typed.answered;
  expect(typed.choices).toEqual([{ name: 'Tea', value: 'Tea' }]);

  const listed = anna.uses('/video-brand', {}, lobby);
  await eventually(() => /tea\.png.*#0f766e.*people, rain/.test(wordsOf(listed.original)));

  await anna.uses('/video', { prompt: 'a film for a tea house', brand: 'tea', duration: 3 }, lobby).answered;
  const campaign = await it.campaign(town.id);
  const { kit: taken } = await it.until(campaign, (c) => c.revisions.length > 0 && c.place !== null);
  expect(taken).toMatchObject({ name: 'Tea', revision: 2 });
  await it.idle(campaign);
  const thread = await threadIn(world, lobby);
  expect(world.visible(thread).map(wordsOf).join()).toContain('Brand kit: Tea');
  expect(refused(world)).toEqual([]);

  const gone = lee.uses('/video-brand', { name: 'Tea', remove: true }, lobby);
  await eventually(() => /“Tea” is removed/.test(wordsOf(gone.original)));
  expect(await kit()).toBeUndefined();
});
