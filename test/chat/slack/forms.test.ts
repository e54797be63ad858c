import { describe, expect, test } from 'vitest';
import { png } from '../../support/logo.ts';
import { everyWith } from '../../support/slack/block-kit.ts';
import type { Message } from '../../support/slack/world.ts';
import { button } from './people.ts';
import { acme, eventually } from './stage.ts';

describe('the form', () => {
  test('shows every "no" at its input, and takes the corrected brief', async () => {
    const { team, ada, launch, ...it } = await acme();
    await ada.types(launch, '/video');
    const form = await eventually(() => ada.views()[0]);
    await ada.submits(form, { prompt: '???' });
    expect(form).toMatchObject({ closed: false, errors: { prompt: expect.stringMatching(/any words/) } });
    await ada.submits(form, { prompt: 'a calm film for Aurora tea' });
    expect(form.closed).toBe(true);
    await it.until(await it.campaign(team.id), (c) => c.place !== null);
  });

  test('sent off twice opens one campaign', async () => {
    const { world, team, ada, launch, campaign } = await acme();
    world.deliveries.twist('view_submission', 'twice');
    await ada.types(launch, '/video');
    await ada.submits(await eventually(() => ada.views()[0]), { prompt: 'a calm film for Aurora tea' });
    await world.settled();
    await campaign(team.id);
  });

  test('sent again because its acknowledgement got lost, as a person does, opens one campaign too', async () => {
    const { world, team, ada, launch, campaign } = await acme();
    await ada.types(launch, '/video');
    const form = await eventually(() => ada.views()[0]);
    await ada.submits(form, { prompt: 'a calm film for Aurora tea' });
    // Slack leaves it open where it heard nothing; a press is another trigger.
    form.closed = false;
    await ada.submits(form, { prompt: 'a calm film for Aurora tea' });
    await world.settled();
    await campaign(team.id);
  });

  test('typed where we are not is answered there, to that person alone', async () => {
    const { world, team, ada, ...it } = await acme();
    const far = team.channel('far', [ada], { bot: false });
    await ada.types(far, '/video');
    await ada.submits(await eventually(() => ada.views()[0]), { prompt: 'a calm film for Aurora tea' });
    const direct = await button(world, /^Use a direct message$/, () => ada.ephemerals(far));
    expect(direct.message.text).toMatch(/not in this channel.*\/invite @Dailies/);
    expect(world.posts()).toEqual([]);
    team.invitesBot(far);
    await it.until(await it.campaign(team.id), (c) => c.place?.includes(`/${far.id}/`) === true);
    expect(ada.ephemerals(far)).toHaveLength(1);
    expect(world.mistakes()).toEqual([]);
  });

  test('of a message where we are not is answered there, too', async () => {
    const { world, team, ada } = await acme();
    const far = team.channel('far', [ada], { bot: false });
    await ada.shortcut('video_use', await ada.says(far, 'a calm film for Aurora tea'));
    await ada.submits(await eventually(() => ada.views()[0]));
    await button(world, /^Use a direct message$/, () => ada.ephemerals(far));
    expect(world.posts()).toEqual([]);
  });

  test('sent off when its command cannot be answered any more is answered directly, and says of which channel', async () => {
    const { world, team, ada } = await acme({ standIn: { times: { responseUrl: 0 } } });
    const far = team.channel('far', [ada], { bot: false });
    await ada.types(far, '/video');
    await ada.submits(await eventually(() => ada.views()[0]), { prompt: 'a calm film for Aurora tea' });
    const direct = await button(world, /^Use this direct message$/);
    expect(direct.message).toMatchObject({
      channel: ada.direct().id,
      text: expect.stringMatching(`not in <#${far.id}>.*invite @Dailies. in that channel.*begin here`),
    });
    expect(ada.ephemerals(far)).toEqual([]);
  });

  test('typed in a channel that is closed to us says so there', async () => {
    const { world, team, ada, launch, ...it } = await acme();
    launch.archived = true;
    await ada.types(launch, '/video');
    await ada.submits(await eventually(() => ada.views()[0]), { prompt: 'a calm film for Aurora tea' });
    const [said] = await eventually(() => ada.ephemerals(launch).length > 0 && ada.ephemerals(launch));
    expect(said?.text).toMatch(/may not post in this channel: it is archived/);
    await it.until(await it.campaign(team.id), (c) => c.phase === 'cancelled');
    expect(world.posts()).toEqual([]);
  });

  test('from the menu for a channel that is closed to us says of which', async () => {
    const { world, ada, launch } = await acme();
    launch.archived = true;
    await ada.shortcut('video_new');
    const form = await eventually(() => ada.views()[0]);
    await ada.submits(form, { prompt: 'a calm film for Aurora tea', where: launch.id });
    const [said] = await eventually(() => world.posts().length > 0 && world.posts());
    expect(said).toMatchObject({
      channel: ada.direct().id,
      text: expect.stringMatching(`may not post your video in <#${launch.id}>: it is archived`),
    });
  });

  test('from the menu for what two people say to each other offers to begin between us', async () => {
    const { world, team, ada, lee, ...it } = await acme();
    const between = team.channel('between', [ada, lee], { kind: 'im', bot: false });
    await ada.shortcut('video_new');
    const form = await eventually(() => ada.views()[0]);
    await ada.submits(form, { prompt: 'a calm film for Aurora tea', where: between.id });
    const direct = await button(world, /^Use this direct message$/);
    expect(direct.message.text).toMatch(/direct message with somebody else.*begin here instead/);
    await ada.presses(direct.message, direct.id);
    await it.until(await it.campaign(team.id), (c) => c.place?.includes(`/${ada.direct().id}/`) === true);
  });

  test('from the menu asks where; where we are not, who asked is written to, and hears of which channel', async () => {
    const { world, team, ada, ...it } = await acme();
    const far = team.channel('far', [ada], { bot: false });
    await ada.shortcut('video_new');
    const form = await eventually(() => ada.views()[0]);
    await ada.submits(form, { prompt: 'a calm film for Aurora tea', where: far.id });
    const direct = await button(world, /direct message/);
    expect(direct.message.channel).toBe(ada.direct().id);
    expect(direct.message.text).toContain(`<#${far.id}>`);
    await ada.presses(direct.message, direct.id);
    const { place } = await it.until(await it.campaign(team.id), (c) => c.place !== null);
    expect(place).toMatch(`/${ada.direct().id}/`);
  });

  test('that comes too late is said, and nothing else happens', async () => {
    const { world, ada, launch } = await acme();
    world.faults.next('views.open', { kind: 'error', error: 'expired_trigger_id' });
    await ada.types(launch, '/video');
    await eventually(() => ada.ephemerals(launch).some((m) => /Try once more/.test(m.text)));
    expect(world.posts()).toEqual([]);
  });

  test('from the menu that comes too late is said to that person directly', async () => {
    const { world, ada } = await acme();
    world.faults.next('views.open', { kind: 'error', error: 'expired_trigger_id' });
    await ada.shortcut('video_new');
    const [said] = await eventually(() => world.posts().length > 0 && world.posts());
    expect(said).toMatchObject({ channel: ada.direct().id, text: expect.stringMatching(/Try once more/) });
    expect(world.mistakes()).toEqual([]);
  });
});

describe('a message', () => {
  test('with a picture is taken into the video that is being made', async () => {
    const { team, ada, launch, ...it } = await acme();
    await ada.types(launch, '/video a calm film for Aurora tea, 3s');
    const campaign = await it.campaign(team.id);
    await it.until(campaign, (c) => c.place !== null && c.revisions.length > 0);
    const message = await ada.says(launch, 'look at this', { files: [{ name: 'cup.png', bytes: png }] });
    await ada.shortcut('video_use', message);
    await ada.submits(await eventually(() => ada.views()[0]), { campaign, prompt: '' });
    await it.until(campaign, (c) => c.references.some((r) => r.name === 'cup.png' && r.state === 'ready'));
  });

  test('begins a new video with its words and pictures', async () => {
    const { team, ada, launch, ...it } = await acme();
    const files = [{ name: 'logo.png', bytes: png }];
    const message = await ada.says(launch, 'a calm film for Aurora tea, 3s', { files });
    await ada.shortcut('video_use', message);
    await ada.submits(await eventually(() => ada.views()[0]));
    const campaign = await it.campaign(team.id);
    const { brief, references } = await it.until(campaign, (c) => c.references[0]?.state === 'ready');
    expect([brief.words, references.length]).toEqual([expect.stringMatching(/calm film/), 1]);
  });
});

describe('a picture that another app shows', () => {
  const link = 'https://cdn.example.com/mood.png';

  test.each<[string, Partial<Message>]>([
    ['as a block', { blocks: [{ type: 'image', image_url: link, alt_text: 'mood' }] }],
    ['in an attachment', { attachments: [{ title: 'mood', image_url: link }] }],
  ])('%s is taken from its address', async (_, look) => {
    const { ada, launch, team, ...it } = await acme();
    const message = Object.assign(await ada.says(launch, 'a calm film for Aurora tea, 3s'), look);
    await ada.shortcut('video_use', message);
    await ada.submits(await eventually(() => ada.views()[0]));
    const { references } = await it.app.engine.campaign(`campaign:${await it.campaign(team.id)}`);
    expect(references).toMatchObject([{ name: 'mood', source: { kind: 'link', url: link } }]);
  });

  test.each<[string, (id: string) => Partial<Message>]>([
    ['as a block', (id) => ({ blocks: [{ type: 'image', slack_file: { id }, alt_text: 'mood' }] })],
    [
      'in a forwarded message',
      (id) => ({ attachments: [{ is_share: true, files: [{ id, name: 'mood' }] }] }),
    ],
  ])('%s of Slack itself is fetched as a file', async (_, look) => {
    const { ada, launch, team, ...it } = await acme();
    const { id } = ada.bring({ name: 'mood.png', bytes: png });
    const message = Object.assign(await ada.says(launch, 'a calm film for Aurora tea, 3s'), look(id));
    await ada.shortcut('video_use', message);
    await ada.submits(await eventually(() => ada.views()[0]));
    const campaign = await it.campaign(team.id);
    await it.until(campaign, (c) => c.references[0]?.name === 'mood' && c.references[0].state === 'ready');
  });
});

describe('a message whose words cannot be read as a brief', () => {
  test.each([
    ['a calm film 900s', /900/],
    ['a calm film --model nonsense', /nonsense/],
    ['a calm film --duration soon', /soon/],
  ])('"%s": its form says why, and takes it corrected', async (words, why) => {
    const { team, ada, launch, campaign } = await acme();
    await ada.shortcut('video_use', await ada.says(launch, words));
    const form = await eventually(() => ada.views()[0]);
    await ada.submits(form);
    expect(form).toMatchObject({ closed: false, errors: { prompt: expect.stringMatching(why) } });
    await ada.submits(form, { prompt: 'a calm film for Aurora tea' });
    expect(form.closed).toBe(true);
    await campaign(team.id);
  });

  test('a video that was over meanwhile is said where it was chosen', async () => {
    const { team, ada, launch, ...it } = await acme();
    await ada.types(launch, '/video a calm film for Aurora tea, 3s');
    const campaign = await eventually(async () => (await it.campaigns(team.id))[0]);
    await it.until(campaign, (c) => c.place !== null);
    await ada.shortcut('video_use', await ada.says(launch, 'darker'));
    const form = await eventually(() => ada.views()[0]);
    const asked = { id: 'stop', workspace: team.id, person: ada.id, at: { campaign } };
    await it.app.doorsFor('slack').tell({ ...asked, intent: { type: 'cancel' } });
    await ada.submits(form, { campaign });
    expect(form).toMatchObject({ closed: false, errors: { campaign: expect.stringMatching(/cancelled/) } });
  });
});

describe('a button that asks for a sentence', () => {
  test('opens its form, and what was written goes with the press', async () => {
    const { world, team, ada, lee, launch, ...it } = await acme();
    await ada.types(launch, '/video a calm film for Aurora tea, 3s');
    const campaign = await it.campaign(team.id);
    const go = await button(world, /^Generate/);
    await ada.presses(go.message, go.id);
    await it.until(campaign, (c) => c.review !== null);
    const reject = await button(world, /^Reject/);
    await lee.presses(reject.message, reject.id);
    const form = await eventually(() => lee.views()[0]);
    await lee.submits(form, { words: 'not our style' });
    const { review } = await it.until(campaign, (c) => c.phase === 'rejected');
    expect(review?.votes).toMatchObject([{ verdict: 'reject', words: 'not our style' }]);
  });

  test('has the words as they are now, however long they are', async () => {
    const { world, team, ada, launch, ...it } = await acme();
    await ada.types(launch, '/video a calm film for Aurora tea, 3s');
    const campaign = await it.campaign(team.id);
    const edit = await button(world, /^Edit prompt/);
    const long = 'A slow pan over the "Aurora" tea garden at dawn. '.repeat(38).trim();
    const doors = it.app.doorsFor('slack');
    await doors.tell({
      ...{ id: 'long', workspace: team.id, person: ada.id, at: { campaign } },
      intent: { type: 'edit-prompt', words: long },
    });
    await it.until(campaign, (c) => c.revisions.at(-1)?.motion.words.includes(long) === true);
    await ada.presses(edit.message, edit.id);
    const [words] = everyWith((await eventually(() => ada.views()[0])).given, 'initial_value');
    expect(words?.['initial_value']).toContain(long);
    expect(await doors.promptOf({ workspace: 'T0ELSEWHERE', campaign })).toBe('');
  });
});

describe('a button of another version', () => {
  test('is answered with what is possible', async () => {
    const { world, team, ada, launch, ...it } = await acme();
    await ada.types(launch, '/video a calm film for Aurora tea, 3s');
    const go = await button(world, /^Generate/);
    await it.idle(await it.campaign(team.id));
    const blocks = JSON.stringify(go.message.blocks)
      .replaceAll('"generate', '"fly')
      .replaceAll('\\"generate', '\\"fly');
    go.message.blocks = JSON.parse(blocks);
    await ada.presses(go.message, go.id);
    const [said] = await eventually(() => ada.ephemerals(launch).length > 0 && ada.ephemerals(launch));
    expect(said).toMatchObject({
      text: expect.stringMatching(/another version.*Say in the thread/s),
      thread_ts: go.message.thread_ts,
    });
    expect(world.mistakes()).toEqual([]);
  });
});
