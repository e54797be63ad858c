import { describe, expect, test } from 'vitest';
import { useInVideo } from '../../../src/chat/discord/commands.ts';
import { png } from '../../support/logo.ts';
import { button, eventually, northwind, opened, refused, reviewed, threadIn, wordsOf } from './stage.ts';

const logo = { name: 'logo.png', bytes: png };

describe('a command', () => {
  test('brings its pictures, each for what it was given as, and they outlive their addresses', async () => {
    const { world, town, lobby, anna, ...it } = await northwind();
    const prompt = 'a calm film for Aurora tea, 3s';
    await anna.uses('/video', { prompt, logo, reference: { name: 'look.png', bytes: png } }, lobby).answered;
    const campaign = await it.campaign(town.id);
    const { references } = await it.until(campaign, (c) => c.references.every((r) => r.state !== 'fetching'));
    expect(references.map(({ name, purpose, state }) => [name, purpose, state])).toEqual([
      ['logo.png', 'logo', 'ready'],
      ['look.png', 'style', 'ready'],
    ]);
    expect(JSON.stringify(references)).not.toMatch(/http/);
    await it.idle(campaign);
    const thread = await threadIn(world, lobby);
    const [brief] = world.visible(thread);
    expect(brief?.attachments).toHaveLength(1);
    expect(refused(world)).toEqual([]);
  });

  test.each<[string, Record<string, string | number>, RegExp]>([
    ['/video-models', {}, /Sample/],
    ['/video-help', {}, /alone opens a form.*Use in a video.*✅ approves/s],
    ['/video-help', { command: 'video' }, /tagline/],
    ['/video-campaigns', {}, /None yet/],
    ['/video', { prompt: '???' }, /could not find any words/],
    ['/video', { prompt: 'compare', duration: 8 }, /8 s in 16:9: models compared/],
    ['/video-brand', {}, /video-brand. with its name .*, and the logo as a file/],
    ['/video', { prompt: 'hello' }, /Just “hello” begins no video/],
  ])('%s %j is answered to that person alone', async (name, options, words) => {
    const { world, lobby, anna } = await northwind();
    const asked = anna.uses(name, options, lobby);
    await asked.answered;
    expect(wordsOf(asked.original)).toMatch(words);
    expect(asked.original?.onlyFor).toBe(anna.id);
    expect(world.visible(lobby)).toEqual([]);
    expect(refused(world)).toEqual([]);
  });

  test('suggests models while somebody types', async () => {
    const { lobby, anna } = await northwind();
    const asked = anna.autocompletes('/video', { model: 'cine' }, 'model', lobby);
    await asked.answered;
    expect(asked.choices?.map(({ name }) => name).join()).toMatch(/Cinema/);
  });

  test('alone asks by a form, with pictures and who decides', async () => {
    const { world, town, lobby, anna, lee, ...it } = await northwind();
    const asked = anna.uses('/video', {}, lobby);
    await asked.answered;
    const sent = anna.submits(asked, {
      'What should it show?': 'a calm film for Aurora tea, 3s',
      'Logo and other pictures': [logo],
      'Who decides on it': [lee],
    });
    await sent.answered;
    const campaign = await it.campaign(town.id);
    const c = await it.until(campaign, (now) => now.place !== null && now.references.length === 1);
    expect(c.approvers).toEqual({ people: [lee.id], groups: [] });
    await eventually(() => wordsOf(sent.original).includes('<#'));
    expect(refused(world)).toEqual([]);
  });

  test('that an app is to decide on is refused, and nothing is begun', async () => {
    const { world, town, lobby, anna, lee, campaigns } = await northwind();
    const app = world.world.bot;
    const typed = anna.uses('/video', { prompt: 'a calm film for Aurora tea', approver: app }, lobby);
    await typed.answered;
    expect(wordsOf(typed.original)).toMatch(/Apps.*cannot approve.*Name somebody else/);
    const asked = anna.uses('/video', {}, lobby);
    await asked.answered;
    const sent = anna.submits(asked, {
      'What should it show?': 'a calm film for Aurora tea, 3s',
      'Who decides on it': [lee, app],
    });
    await sent.answered;
    expect(wordsOf(sent.original)).toMatch(/Apps.*cannot approve/);
    expect(await campaigns(town.id)).toEqual([]);
    expect(refused(world)).toEqual([]);
  });

  test('in the thread of a video begins another in its channel', async () => {
    const { world, town, lobby, anna, thread, campaigns } = await opened();
    await anna.uses('/video', { prompt: 'a red kite over the sea, 3s' }, thread).answered;
    await eventually(() => world.visible(lobby).filter((m) => m.thread).length === 2);
    expect(await campaigns(town.id)).toHaveLength(2);
  });

  test('in a thread of somebody else’s goes on there', async () => {
    const { world, town, lobby, anna, ...it } = await northwind();
    const own = town.thread(lobby, 'ideas', anna);
    await anna.uses('/video', { prompt: 'a calm film for Aurora tea, 3s' }, own).answered;
    const campaign = await it.campaign(town.id);
    const { place } = await it.until(campaign, (c) => c.place !== null);
    expect(place).toBe(`discord:${town.id}/${own.id}`);
    expect(world.visible(lobby)).toEqual([]);
  });
});

describe('words', () => {
  test('that reply to a card are said to its campaign, once, though the gateway tells them twice', async () => {
    const { world, anna, thread, campaign, ...it } = await opened();
    const [brief] = world.visible(thread);
    if (!brief) throw new Error('no brief');
    anna.replies(brief, 'it must show a red cup');
    await it.until(campaign, (c) => c.brief.musts.length > 0);
    world.gateway.drop();
    await eventually(() => world.log.some((f) => f.kind === 'gateway' && f.what === 'resumed'));
    await it.idle(campaign);
    expect((await it.now(campaign)).brief.musts).toHaveLength(1);
  });

  test('that Discord keeps from us are asked for again, once', async () => {
    const { world, anna, thread, campaign, ...it } = await opened();
    anna.says(thread, 'it must show a red cup');
    await eventually(() => world.read(thread).some(({ text }) => /does not let me read/.test(text)));
    anna.says(thread, 'hello?');
    anna.says(thread, `<@${world.application}> it must show a blue cup`);
    await it.until(campaign, (c) => c.brief.musts.length > 0);
    expect(world.read(thread).filter(({ text }) => /does not let me read/.test(text))).toHaveLength(1);
    expect(JSON.stringify((await it.now(campaign)).brief.musts)).not.toMatch(/<@/);
  });

  test('are all heard with the privileged intent', async () => {
    const { anna, thread, campaign, ...it } = await opened({
      standIn: { gateway: { privileged: 1 << 15 } },
      discord: { readsEverything: true },
    });
    anna.says(thread, 'it must show a red cup');
    await it.until(campaign, (c) => c.brief.musts.length > 0);
  });

  test('to us elsewhere begin a video', async () => {
    const { world, town, lobby, anna, ...it } = await northwind();
    anna.says(lobby, `<@${world.application}> a calm film for Aurora tea, 3s`, [logo]);
    await threadIn(world, lobby);
    const campaign = await it.campaign(town.id);
    const { references } = await it.until(campaign, (c) => c.references.some((r) => r.state === 'ready'));
    expect(references[0]?.name).toBe('logo.png');
  });

  test('of other bots run nothing', async () => {
    const { world, town, lobby, campaigns } = await northwind();
    const robot = town.person('robot');
    robot.user.bot = true;
    robot.says(lobby, `<@${world.application}> a calm film for Aurora tea, 3s`);
    const anna = town.person('anna');
    anna.says(lobby, `<@${world.application}> help`);
    await eventually(() => world.read(lobby).some(({ text }) => /Dailies/.test(text)));
    expect(await campaigns(town.id)).toEqual([]);
  });

  test('of anybody’s message become a video, or are added to one', async () => {
    const { world, anna, lee, thread, lobby, campaign, ...it } = await opened();
    const there = lee.says(thread, 'it must show a red cup', [logo]);
    await anna.usesOn(useInVideo, there).answered;
    const { references } = await it.until(campaign, (c) => c.references.some((r) => r.state === 'ready'));
    expect(references).toHaveLength(1);
    const elsewhere = lee.says(lobby, 'a red kite over the sea', [logo]);
    const asked = anna.usesOn(useInVideo, elsewhere);
    await asked.answered;
    await anna.submits(asked, {}).answered;
    await eventually(() => world.visible(lobby).filter((m) => m.thread).length === 2);
    expect(refused(world)).toEqual([]);
  });
});

describe('a form', () => {
  test('edits the prompt, beginning with the newest', async () => {
    const { world, anna, thread, campaign, ...it } = await opened();
    const edit = await button(world, thread, /^Edit prompt/);
    const asked = anna.presses(edit.message, edit.label);
    await asked.answered;
    const before = (await it.now(campaign)).revisions.at(-1)?.motion.words;
    expect(JSON.stringify(asked.form)).toContain(JSON.stringify(before).slice(1, 30));
    await anna.submits(asked, { words: 'rain on a window, close' }).answered;
    const { revisions } = await it.until(campaign, (c) => c.revisions.length > 1);
    expect(revisions.at(-1)?.motion.words).toMatch(/rain on a window, close/);
    expect(refused(world)).toEqual([]);
  });

  test('brings words and several pictures', async () => {
    const { world, anna, thread, campaign, ...it } = await opened();
    const say = await button(world, thread, /^Say or add/);
    const asked = anna.presses(say.message, say.label);
    await asked.answered;
    await anna.submits(asked, {
      words: 'it must show a red cup',
      files: [logo, { name: 'second.png', bytes: png }],
    }).answered;
    const c = await it.until(campaign, (now) => now.brief.musts.length > 0 && now.references.length === 2);
    expect(c.brief.musts).toHaveLength(1);
    expect(refused(world)).toEqual([]);
  });

  test('asks for changes, with a picture of what is meant', async () => {
    const { world, lee, review, campaign, ...it } = await reviewed();
    const asked = lee.presses(review, 'Request changes …');
    await asked.answered;
    await lee.submits(asked, { words: 'slower, please', files: [logo] }).answered;
    const c = await it.until(
      campaign,
      (now) => now.reviewed.length + Number(now.review?.verdict !== null) > 0,
    );
    expect(c.references).toHaveLength(1);
    expect(refused(world)).toEqual([]);
  });
});
