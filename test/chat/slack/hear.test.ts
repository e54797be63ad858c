import { describe, expect, test } from 'vitest';
import { png } from '../../support/logo.ts';
import { envelopeOf } from '../../support/slack/events.ts';
import { button } from './people.ts';
import { acme, eventually, type Way } from './stage.ts';

/** A campaign with its thread, opened by a command. */
async function opened(given: Parameters<typeof acme>[0] = {}) {
  const it = await acme(given);
  await it.ada.types(it.launch, '/video a calm film for Aurora tea, 3s');
  const campaign = await it.campaign(it.team.id);
  await it.until(campaign, (c) => c.place !== null && c.revisions.length > 0);
  await it.idle(campaign);
  const [root] = it.world.posts().filter((m) => !m.thread_ts);
  const thread = root?.ts ?? '';
  const now = () => it.app.engine.campaign(`campaign:${campaign}`);
  return { ...it, campaign, thread, now };
}

describe.each<Way>(['http', 'socket'])('what people say, by %s', (way) => {
  test('a command with words opens one thread, however often it is delivered', async () => {
    const { world, team, ada, launch, ...it } = await acme({ way });
    world.deliveries.twist('/video', 'twice');
    await ada.types(launch, '/video a calm film for Aurora tea, 3s');
    const campaign = await it.campaign(team.id);
    await it.until(campaign, (c) => c.place !== null && c.revisions.length > 0);
    await it.idle(campaign);
    const roots = world.posts().filter((m) => !m.thread_ts);
    expect(roots).toHaveLength(1);
    const said = team.visible(launch, roots[0]?.ts).map((m) => m.text);
    expect(said.join('\n')).toMatch(/Aurora/);
    expect(world.mistakes()).toEqual([]);
  });

  test('a reply is said once, though Slack tells of it as a message and as a mention, and each twice', async () => {
    const { world, team, ada, launch, thread, now } = await opened({ way });
    world.deliveries.twist('*', 'twice', 2);
    await ada.says(launch, `${team.bot} it must show a red cup`, { thread });
    await world.settled();
    await eventually(async () => (await now()).brief.musts.length > 0);
    expect((await now()).brief.musts).toHaveLength(1);
    expect(JSON.stringify((await now()).brief.musts)).not.toMatch(/<@|U0/);
  });
});

describe('a message', () => {
  test('of ours with a file is no reference, though Slack names no bot', async () => {
    const { world, team, ada, launch, thread, now } = await opened();
    const file = ada.bring({ name: 'still.png', bytes: png });
    const event = {
      ...{ type: 'message', subtype: 'file_share', channel: launch.id, channel_type: 'channel', text: '' },
      ...{
        user: team.books.install?.botUser,
        ts: world.world.newTs(),
        thread_ts: thread,
        files: [{ id: file.id }],
      },
    };
    const payload = envelopeOf(team.books, event, 'EvOURS', world.app.appId, Date.now());
    const before = (await now()).heard;
    world.deliveries.send({ type: 'events_api', name: 'message', payload, answerable: false });
    await world.settled();
    expect((await now()).references).toEqual([]);
    expect((await now()).heard).toEqual(before);
  });

  test('with a file brings a reference, fetched with the workspace’s own token', async () => {
    const { world, team, ada, launch, thread, campaign, until } = await opened();
    await ada.says(launch, 'our logo', { thread, files: [{ name: 'logo.png', bytes: png }] });
    const { references } = await until(campaign, (c) => c.references.some((r) => r.state === 'ready'));
    expect(references).toMatchObject([{ name: 'logo.png', purpose: 'logo', state: 'ready' }]);
    const downloads = world.log.filter(({ name }) => name === 'download');
    expect(downloads.map(({ token }) => token)).toEqual([team.token]);
  });

  test('with a file that is gone or not for us to see says so, and nothing of machines and paths', async () => {
    const { world, ada, launch, thread, campaign, ...it } = await opened();
    world.faults.next('files.info', { kind: 'error', error: 'not_visible' });
    await ada.says(launch, 'our logo', { thread, files: [{ name: 'logo.png', bytes: png }] });
    await it.until(campaign, (c) => c.references.some((r) => r.state === 'refused'));
    const said = () => world.posts().find((m) => /was not taken/.test(m.text))?.text;
    expect(await eventually(said)).toMatch(/file is gone, or I am not allowed to see it/);
    expect(said()).not.toMatch(/machine|path/);
  });

  test('of another bot, or edited, or deleted, or in a thread of somebody else’s runs nothing', async () => {
    const { world, team, ada, launch, thread, campaign, now, idle } = await opened();
    const before = await now();
    const robot = team.person('robot', { isBot: true });
    launch.members.push(robot.id);
    await robot.says(launch, 'it must show a red cup', { thread });
    const elsewhere = await ada.says(launch, 'lunch?');
    await ada.says(launch, 'it must show a red cup', { thread: elsewhere.ts });
    await idle(campaign);
    expect(await now()).toEqual(before);
    const said = await ada.says(launch, 'it must show a red cup', { thread });
    await eventually(async () => (await now()).brief.musts.length === 1);
    await idle(campaign);
    await ada.edits(said, 'it must show a blue cup');
    await ada.deletes(said);
    await idle(campaign);
    expect((await now()).brief.musts).toHaveLength(1);
    expect(await now()).toMatchObject({ heard: [] });
    expect(world.deliveries.all.every(({ acked }) => acked)).toBe(true);
  });

  test('of nothing but our name is answered with what can be said, in the thread, once', async () => {
    const { world, team, ada, launch, thread, stop } = await opened();
    await ada.says(launch, `${team.bot}`, { thread });
    await world.settled();
    await stop();
    expect(ada.ephemerals(launch)).toMatchObject([
      { text: expect.stringMatching(/in your own words/), thread_ts: thread },
    ]);
  });

  test('that is refused is told so once, though it mentions us', async () => {
    const { world, team, ada, launch, thread, campaign, ...it } = await opened();
    const stop = { id: 'stop', workspace: team.id, person: ada.id, at: { campaign } };
    await it.app.doorsFor('slack').tell({ ...stop, intent: { type: 'cancel' } });
    await ada.says(launch, `${team.bot} warmer light`, { thread });
    await ada.says(launch, 'warmer light', { thread });
    await world.settled();
    await it.stop();
    expect(ada.ephemerals(launch)).toMatchObject([
      { text: expect.stringMatching(/is cancelled/), thread_ts: thread },
      { text: expect.stringMatching(/is cancelled/), thread_ts: thread },
    ]);
  });

  test('a mention begins a campaign in the thread of its message, once', async () => {
    const { world, team, ada, launch, ...it } = await acme();
    world.deliveries.twist('*', 'twice', 2);
    const asked = await ada.says(launch, `${team.bot} a calm film for Aurora tea, 3s`);
    await world.settled();
    const campaign = await it.campaign(team.id);
    const { place } = await it.until(campaign, (c) => c.place !== null && c.revisions.length > 0);
    await it.idle(campaign);
    expect(place).toBe(`slack:${team.id}/${launch.id}/${asked.ts}`);
    expect(world.posts().every((m) => m.thread_ts === asked.ts)).toBe(true);
  });

  test('two that begin in one thread at once: one has it and its card, the other ends in a card of its own', async () => {
    const { world, team, ada, launch, app, ...it } = await acme();
    const { ts } = await ada.says(launch, 'what about a film?');
    const place = `slack:${team.id}/${launch.id}/${ts}`;
    const open = (words: string) =>
      app.doorsFor('slack').tell({
        ...{ id: words, workspace: team.id, person: ada.id, at: { place } },
        intent: { type: 'open', words, options: {}, references: [], place },
      });
    const [{ campaign: one }, { campaign: other }] = await Promise.all([
      open('a calm film for Aurora tea'),
      open('a loud film for Nova shoes'),
    ]);
    const both = [one ?? '', other ?? ''];
    const states = await Promise.all(
      both.map((each) => it.until(each, (c) => c.phase === 'cancelled' || c.revisions.length > 0)),
    );
    for (const each of both) await it.idle(each);
    expect(states.filter(({ phase }) => phase === 'cancelled')).toHaveLength(1);
    const cards = world.posts().map(({ text }) => text);
    for (const { place: its, brief } of states) {
      const [card] = cards.filter((text) => text.includes(`You asked: ${brief.words}`));
      expect(/cancelled/.test(card ?? '')).toBe(its === null);
    }
  });

  test('a mention that asks for help is answered to that person alone', async () => {
    const { world, team, ada, launch, campaigns } = await acme();
    await ada.says(launch, `${team.bot} help`);
    await eventually(() => ada.ephemerals(launch).some((m) => /video/.test(m.text)));
    expect(await campaigns(team.id)).toEqual([]);
    expect(world.posts()).toEqual([]);
  });

  test('a mention that changes a brand kit is for those who may', async () => {
    const { world, team, app, ada, lee, launch, campaigns } = await acme();
    await ada.says(launch, `${team.bot} brand Pink --voice calm`);
    await eventually(() => ada.ephemerals(launch).some((m) => /Only whoever manages/.test(m.text)));
    await lee.says(launch, `${team.bot} brand Pink --voice calm`);
    await eventually(async () => (await app.engine.workspace(team.id)).kits[0]?.name === 'Pink');
    expect(await campaigns(team.id)).toEqual([]);
    expect(world.posts()).toEqual([]);
  });

  test('to us alone needs no mention', async () => {
    const { team, ada, ...it } = await acme();
    await ada.says(ada.direct(), 'a calm film for Aurora tea, 3s');
    const campaign = await it.campaign(team.id);
    await it.until(campaign, (c) => c.place !== null);
  });
});

/** A conversation whose first message stands there, while the answer to it is still on its way to us. */
async function opening(wait: number) {
  const it = await acme();
  it.world.faults.next('chat.postMessage', { kind: 'slow', wait });
  const typed = it.ada.types(it.launch, '/video a calm film for Aurora tea, 3s');
  const root = await eventually(() => it.world.posts().find((m) => !m.thread_ts));
  await typed;
  const campaign = await it.campaign(it.team.id);
  const opened = async () => (await it.app.engine.campaign(`campaign:${campaign}`)).place !== null;
  return { ...it, campaign, thread: root.ts, opened };
}

describe('a reply in a conversation that is not known to be open yet', () => {
  test.each([
    ['waits, and Slack brings it again', 450, ''],
    ['waits', 120, ''],
    ['begins no second one, though it mentions us', 450, 'mention'],
  ])('%s (%i ms)', async (_what, wait, mention) => {
    const { world, team, ada, launch, thread, opened, campaign, ...it } = await opening(wait);
    expect(await opened()).toBe(false);
    await ada.says(launch, `${mention && team.bot} it must show a red cup`, { thread });
    const { brief } = await it.until(campaign, (c) => c.brief.musts.length > 0);
    await it.idle(campaign);
    await world.settled();
    expect(brief.musts).toHaveLength(1);
    expect(await it.campaigns(team.id)).toEqual([campaign]);
    expect(world.posts().filter((m) => !m.thread_ts)).toHaveLength(1);
    expect(world.deliveries.all.every(({ acked }) => acked)).toBe(true);
  });

  test('in a message of ours that is no video is told so at last, where we are spoken to', async () => {
    const { world, team, ada, launch, campaigns } = await acme({
      standIn: { clock: () => Date.now() - 5 * 60_000 },
    });
    const bot = team.books.install;
    const ts = world.world.newTs();
    team.books.messages.push({
      ...{ channel: launch.id, ts, user: bot?.botUser ?? '', text: 'News.', reactions: [], before: [] },
      ...{ deleted: false, ephemeralTo: null, by: 'test' },
    });
    await ada.says(launch, 'thanks', { thread: ts });
    await ada.says(launch, `${team.bot} a calm film`, { thread: ts });
    await eventually(() => ada.ephemerals(launch).length > 0);
    expect(ada.ephemerals(launch).map((m) => m.text)).toEqual([expect.stringMatching(/no video/)]);
    expect(await campaigns(team.id)).toEqual([]);
    expect(world.deliveries.all.every(({ acked }) => acked)).toBe(true);
  });
});

describe('a command', () => {
  test.each([
    ['/video-models', /Sample/],
    ['/video-help', /video/],
    ['/video help', /mention me.*alone opens a form/],
    ['/video help', /New video.*Use in a video.*:x: rejects/s],
    ['/video-help video', /--logo.*https address, or a file in the form/],
    ['/video-help video', /--first-frame.*https address, or a file in the thread/],
    ['/video-help video-brand', /--logo.*https address, or a file in the form of a brand kit/],
    ['/video-help video-compare', /--reference.*\(an https address\)/],
    ['/video a calm film --logo', /`logo` needs the https address/],
    ['/video-campaigns', /./],
    ['/video campaigns changes requested', /Videos: changes requested/],
    ['/video compare 8s', /8 s in 16:9: models compared/],
    ['/video brand', /No brand kits yet/],
    ['/video-brand', /--logo` and the https address of its logo\. On my Home tab a form takes .* as a file/],
    ['/video-brand Aurora', /There is no brand kit “Aurora” here; (?!.*--product)/],
    ['/video cancel', /Just “cancel” begins no video.*video-help/],
    ['/video thanks!', /Just “thanks!” begins no video/],
    ['/video a calm film --duration soon', /could not read `soon`/],
  ])('%s is answered to that person alone, with its acknowledgement', async (typed, words) => {
    const { world, ada, launch } = await acme();
    const { answer } = await ada.types(launch, typed);
    expect(JSON.stringify(answer)).toMatch(words);
    expect(
      ada
        .ephemerals(launch)
        .map((m) => m.text)
        .join('\n'),
    ).toMatch(words);
    expect(world.posts()).toEqual([]);
    expect(world.mistakes()).toEqual([]);
  });

  test('that is refused is answered to that person alone, once, though Slack told it twice', async () => {
    const { world, ada, launch, campaigns, team, stop } = await acme();
    world.deliveries.twist('*', 'twice');
    await ada.types(launch, '/video ???');
    await world.settled();
    await eventually(() => ada.ephemerals(launch).length > 0);
    await stop();
    expect(ada.ephemerals(launch).map((m) => m.text)).toEqual([
      expect.stringMatching(/could not find any words/),
    ]);
    expect(await campaigns(team.id).catch(() => [])).toEqual([]);
    expect(world.posts()).toEqual([]);
    expect(world.mistakes()).toEqual([]);
  });

  test('where we are not: who asked hears how to let us in, once, and an invitation is enough', async () => {
    const { world, team, ada, ...it } = await acme();
    const far = team.channel('far', [ada], { bot: false });
    await ada.types(far, '/video a calm film for Aurora tea, 3s');
    await eventually(() => ada.ephemerals(far).length > 0);
    expect(ada.ephemerals(far).map((m) => m.text)).toEqual([expect.stringMatching(/\/invite @Dailies/)]);
    team.invitesBot(far);
    const campaign = await it.campaign(team.id);
    await it.until(campaign, (c) => c.place !== null);
    expect(world.posts().filter((m) => !m.thread_ts)).toHaveLength(1);
    expect(ada.ephemerals(far)).toHaveLength(1);
  });

  test('where we are not: who presses while we knock once more is not kept out for ever', async () => {
    const { world, team, ada, ...it } = await acme();
    const far = team.channel('far', [ada], { bot: false });
    await ada.types(far, '/video a calm film for Aurora tea, 3s');
    const direct = await button(world, /direct message/, () => ada.ephemerals(far));
    const knocks = () => world.log.filter(({ name }) => name === 'chat.postMessage').length;
    const before = knocks();
    world.faults.next('chat.postMessage', { kind: 'slow', wait: 300 });
    await eventually(() => knocks() > before);
    await ada.presses(direct.message, direct.id);
    const { place } = await it.until(await it.campaign(team.id), (c) => c.place !== null);
    expect(place).toMatch(`slack:${team.id}/${ada.direct().id}/`);
  });

  test('where we are not: who presses when it has begun meanwhile hears where', async () => {
    const { world, team, ada, ...it } = await acme();
    const far = team.channel('far', [ada], { bot: false });
    await ada.types(far, '/video a calm film for Aurora tea, 3s');
    const direct = await button(world, /direct message/, () => ada.ephemerals(far));
    team.invitesBot(far);
    await it.until(await it.campaign(team.id), (c) => c.place !== null);
    await ada.presses(direct.message, direct.id);
    const [, said] = await eventually(() => ada.ephemerals(far).length > 1 && ada.ephemerals(far));
    expect(said?.text).toMatch(`It has begun in the meantime: <https://`);
    expect(said?.text).toContain(far.id);
    expect(world.posts().filter((m) => m.channel === ada.direct().id)).toEqual([]);
  });

  test('between two people: nobody is asked to invite us, and it goes on in a direct message with us', async () => {
    const { team, ada, lee, world, ...it } = await acme();
    const between = team.channel('between', [ada, lee], { kind: 'im', bot: false });
    await ada.types(between, '/video a calm film for Aurora tea, 3s');
    const direct = await button(world, /direct message/, () => ada.ephemerals(between));
    expect(direct.message.text).toMatch(/between other people/);
    expect(direct.message.text).not.toMatch(/invite/);
    await ada.presses(direct.message, direct.id);
    await ada.presses(direct.message, direct.id);
    const { place } = await it.until(await it.campaign(team.id), (c) => c.place !== null);
    expect(place).toMatch(`slack:${team.id}/${ada.direct().id}/`);
    await eventually(() => ada.ephemerals(between).length === 3);
    for (const { text } of ada.ephemerals(between).slice(1)) expect(text).toMatch(/Gladly|It has begun/);
  });

  test('where we are not: or it goes on in a direct message', async () => {
    const { world, team, ada, ...it } = await acme();
    const far = team.channel('far', [ada], { bot: false });
    await ada.types(far, '/video a calm film for Aurora tea, 3s');
    const direct = await button(world, /direct message/, () => ada.ephemerals(far));
    await ada.presses(direct.message, direct.id);
    const campaign = await it.campaign(team.id);
    const { place } = await it.until(campaign, (c) => c.place !== null);
    expect(place).toMatch(`slack:${team.id}/${ada.direct().id}/`);
    expect(world.posts().every((m) => m.channel === ada.direct().id)).toBe(true);
  });
});
