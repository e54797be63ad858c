import { describe, expect, test } from 'vitest';
import type { Keep } from '../../../src/chat/chat.ts';
import { useInVideo } from '../../../src/chat/discord/commands.ts';
import { Never } from '../../../src/errors.ts';
import type { Discord as World } from '../../support/discord/discord.ts';
import type { Interaction } from '../../support/discord/interactions.ts';
import type { Channel } from '../../support/discord/world.ts';
import { png } from '../../support/logo.ts';
import { memory } from './platform-rig.ts';
import { button, eventually, northwind, opened, refused, wordsOf } from './stage.ts';

/** A journal that is slow once it is told to be. */
function slowly() {
  const keep = memory();
  const slow = { by: 0 };
  const after = () => new Promise((resolve) => setTimeout(resolve, slow.by));
  const get: Keep['get'] = (key) => (slow.by ? after().then(() => keep.get(key)) : keep.get(key));
  const put: Keep['put'] = (key, value) =>
    slow.by ? after().then(() => keep.put(key, value)) : keep.put(key, value);
  return { slow, keep: { ...keep, get, put } };
}

/** Milliseconds until the one answer to an interaction came. */
const heardAfter = async (interaction: Interaction) => {
  await interaction.answered;
  return Date.now() - interaction.at;
};

test('a press is acknowledged in time, however long the journal takes to say what it means', async () => {
  const { slow, keep } = slowly();
  const { world, thread, anna, campaign, ...it } = await opened({ discord: { keep } });
  const cancel = await button(world, thread, /^Cancel/);
  slow.by = 3_300;
  const pressed = anna.presses(cancel.message, cancel.label);
  expect(await heardAfter(pressed)).toBeLessThan(3_000);
  slow.by = 0;
  await it.until(campaign, (c) => c.phase === 'cancelled');
  await eventually(() => world.requests('delete-original').length === 1);
  expect(anna.sees(thread).filter(({ onlyFor }) => onlyFor !== null)).toEqual([]);
  expect(refused(world)).toEqual([]);
});

describe('a form does not wait for the journal', () => {
  test('to begin with', async () => {
    const { slow, keep } = slowly();
    const { anna, lobby } = await northwind({ discord: { keep } });
    slow.by = 3_300;
    const said = anna.says(lobby, 'a calm film for Aurora tea');
    const [used, typed] = [anna.usesOn(useInVideo, said), anna.uses('/video', {}, lobby)];
    await Promise.all([used.answered, typed.answered]);
    expect([used.form, typed.form]).not.toContain(null);
    slow.by = 0;
  });

  test('behind a button, which says what it asks, and what was filled in is heard', async () => {
    const { slow, keep } = slowly();
    const { world, anna, thread, campaign, ...it } = await opened({ discord: { keep } });
    const [edit, talk] = [await button(world, thread, /^Edit/), await button(world, thread, /^Say or/)];
    const before = anna.presses(edit.message, edit.label);
    await before.answered;
    slow.by = 3_300;
    const [edits, talks] = [anna.presses(edit.message, edit.label), anna.presses(talk.message, talk.label)];
    await Promise.all([edits.answered, talks.answered]);
    const [whole, empty] = [before, edits].map(({ form }) => form);
    expect(whole?.components[0]?.component?.value).toMatch(/tea/i);
    expect({ ...empty, components: [] }).toEqual({ ...whole, components: [] });
    const sent = anna.submits(talks, { words: 'and it is raining' });
    expect(await heardAfter(sent)).toBeLessThan(3_000);
    slow.by = 0;
    await it.until(campaign, (c) => c.revisions.length > 1);
    expect(refused(world)).toEqual([]);
  });
});

test('an answer that Discord does not take while it is thought about is given again', async () => {
  const { slow, keep } = slowly();
  const { world, lobby, anna, town, ...it } = await northwind({ discord: { keep } });
  slow.by = 2_400;
  world.faults.next('edit-original', { kind: 'status', status: 503 });
  const logo = { name: 'l.png', bytes: Buffer.from('no picture') };
  const asked = anna.uses('/video', { prompt: '???', logo }, lobby);
  await eventually(() => world.requests('edit-original').length === 1);
  slow.by = 0;
  await eventually(() => wordsOf(asked.original) !== '[]');
  expect(world.requests('edit-original').map(({ status }) => status)).toEqual([503, 200]);
  expect(await it.campaigns(town.id)).toHaveLength(0);
});

test('who asked for what can never be done hears that, and does not wait for ever', async () => {
  const keep = memory();
  const put: Keep['put'] = (key, value) =>
    key.startsWith('attachment/') ? Promise.reject(new Never('discord-refused')) : keep.put(key, value);
  const { anna, lobby } = await northwind({ discord: { keep: { ...keep, put } } });
  const asked = anna.uses('/video', { prompt: '???', logo: { name: 'l.png', bytes: png } }, lobby);
  await eventually(() => /could not finish/.test(wordsOf(asked.original)));
});

describe('an answer that Discord takes no more', () => {
  const late = { kind: 'status', status: 404, code: 10_062, message: 'Unknown interaction' } as const;
  const spoken = (world: World, where: Channel, like: RegExp) =>
    eventually(() => world.visible(where).find((message) => like.test(wordsOf(message))));

  test('to a command that was heard all the same is given where it was typed, once, without the amounts', async () => {
    const { world, lobby, anna, town, ...it } = await northwind();
    world.faults.next('callback', late);
    anna.uses('/video', { prompt: 'a calm film for Aurora tea' }, lobby);
    const said = await spoken(world, lobby, /gets its own thread/);
    expect(wordsOf(said)).toContain(`<@${anna.id}>`);
    expect(wordsOf(said)).not.toContain('$');
    const campaign = await it.campaign(town.id);
    await it.until(campaign, (c) => c.place !== null && c.revisions.length > 0);
    await it.idle(campaign);
    expect(world.visible(lobby).filter((m) => /own thread/.test(wordsOf(m)))).toHaveLength(1);
  });

  test('to a form is given in its thread', async () => {
    const { world, thread, anna, campaign, ...it } = await opened();
    const [edit, cancel] = [await button(world, thread, /^Edit/), await button(world, thread, /^Cancel/)];
    const asked = await anna.presses(edit.message, edit.label).answered;
    await anna.presses(cancel.message, cancel.label).answered;
    await it.until(campaign, (c) => c.phase === 'cancelled');
    world.faults.next('callback', late);
    anna.submits(asked, { words: 'a calmer film' });
    const said = await spoken(world, thread, new RegExp(`For.*<@${anna.id}>`));
    expect(wordsOf(said)).toMatch(/cancelled/i);
  });
});
