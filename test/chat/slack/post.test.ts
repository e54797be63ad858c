import { describe, expect, test } from 'vitest';
import { button } from './people.ts';
import { acme, eventually } from './stage.ts';

const film = '/video a calm film for Aurora tea, 3s';

const addressOf = (key: string) => `https://dailies.example.com/${key}`;

/** Up to the review of the first cut. Its poster is linked, so the only file in the conversation is the film. */
async function reviewed(
  given: Parameters<typeof acme>[0] = {},
  before: (it: Awaited<ReturnType<typeof acme>>) => void = () => {},
) {
  const it = await acme({ ...given, slack: { addressOf, ...given.slack } });
  await it.ada.types(it.launch, film);
  const campaign = await it.campaign(it.team.id);
  await it.until(campaign, (c) => c.revisions.length > 0 && !c.refining);
  const go = await button(it.world, /^Generate/);
  before(it);
  await it.ada.presses(go.message, go.id);
  await it.until(campaign, (c) => c.review !== null);
  await it.idle(campaign);
  const review = await button(it.world, /^Approve/);
  return { ...it, campaign, review };
}

const roots = (world: Awaited<ReturnType<typeof acme>>['world']) => world.posts().filter((m) => !m.thread_ts);
const textsOf = (world: Awaited<ReturnType<typeof acme>>['world']) => world.posts().map(({ text }) => text);

describe('a message whose answer got lost', () => {
  /** Without the events of messages nothing echoes, and the thread has to be read. */
  const silent = { events: ['app_mention', 'reaction_added'] };
  test.each([
    ['drop', 'root', {}],
    ['drop', 'root', silent],
    ['drop', 'brief', {}],
    ['drop', 'brief', silent],
    ['hang', 'brief', {}],
    ['reset', 'root', silent],
    ['reset', 'brief', silent],
  ] as const)('(%s) stands there once: the %s, %j', async (kind, which, given) => {
    const it = await acme({ slack: { times: { timeout: 600 } }, standIn: given });
    const { world, team, ada, launch } = it;
    world.faults.next('chat.postMessage', { kind }, { after: which === 'root' ? 0 : 1 });
    await ada.types(launch, film);
    const campaign = await it.campaign(team.id);
    await it.until(campaign, (c) => c.revisions.length > 0 && c.place !== null);
    await it.idle(campaign);
    const hasRead = world.log.some(({ name }) => name.startsWith('conversations.'));
    expect(hasRead).toBe('events' in given);
    expect(roots(world)).toHaveLength(1);
    expect(textsOf(world).filter((text) => /Prompt/.test(text))).toHaveLength(1);
    expect(world.mistakes()).toEqual([]);
  });

  test.each(['internal_error', 'fatal_error'])(
    '(%s) is looked for before it is sent again',
    async (error) => {
      const it = await acme();
      it.world.faults.next('chat.postMessage', { kind: 'error', error }, { times: 2 });
      await it.ada.types(it.launch, film);
      const campaign = await it.campaign(it.team.id);
      await it.until(campaign, (c) => c.revisions.length > 0 && c.place !== null);
      await it.idle(campaign);
      expect(roots(it.world)).toHaveLength(1);
      expect(it.world.log.some(({ name }) => name === 'conversations.history')).toBe(true);
    },
  );

  test('and may not be looked for is waited for, and then sent again', async () => {
    const scopes = ['commands', 'chat:write', 'files:write', 'files:read', 'users:read', 'reactions:write'];
    const it = await acme({ standIn: { scopes } });
    it.world.faults.next('chat.postMessage', { kind: 'reset' }, { after: 1 });
    await it.ada.types(it.launch, film);
    const campaign = await it.campaign(it.team.id);
    await it.until(campaign, (c) => c.revisions.length > 0 && c.place !== null);
    await eventually(() => textsOf(it.world).some((text) => /Prompt/.test(text)));
    await it.idle(campaign);
    expect(textsOf(it.world).filter((text) => /Prompt/.test(text))).toHaveLength(1);
  });

  test('and was written to a person is known by its echo, with the conversation it is in', async () => {
    const { world, team, ada, ...it } = await acme();
    const far = team.channel('far', [ada], { bot: false });
    await ada.types(far, film);
    const direct = await button(world, /direct message/, () => ada.ephemerals(far));
    world.faults.next('chat.postMessage', { kind: 'drop' });
    await ada.presses(direct.message, direct.id);
    const { place } = await it.until(await it.campaign(team.id), (c) => c.place !== null);
    expect(place).toMatch(`slack:${team.id}/${ada.direct().id}/`);
    expect(roots(world)).toHaveLength(1);
    expect(world.mistakes()).toEqual([]);
  });

  test('and was written to a person who may not be heard is sent again in the end', async () => {
    const { world, team, ada, ...it } = await acme({ standIn: { events: ['app_mention'] } });
    const far = team.channel('far', [ada], { bot: false });
    await ada.types(far, film);
    const direct = await button(world, /direct message/, () => ada.ephemerals(far));
    world.faults.next('chat.postMessage', { kind: 'reset' });
    await ada.presses(direct.message, direct.id);
    const { place } = await it.until(await it.campaign(team.id), (c) => c.place !== null);
    expect(place).toMatch(`slack:${team.id}/${ada.direct().id}/`);
    expect(roots(world)).toHaveLength(1);
  });
});

describe('being told to wait', () => {
  test('holds up what was told so and nothing else, and nothing is sent twice', async () => {
    const it = await acme();
    const { world, team, ada, launch } = it;
    world.faults.next('chat.postMessage', { kind: 'status', status: 429, retryAfter: 1 });
    await ada.types(launch, film);
    const { answer } = await ada.types(launch, '/video-models');
    expect(answer).not.toBeNull();
    const campaign = await it.campaign(team.id);
    await it.until(campaign, (c) => c.place !== null);
    await it.idle(campaign);
    expect(roots(world)).toHaveLength(1);
    const posted = world.log.filter(({ name }) => name === 'chat.postMessage');
    expect((posted[1]?.at ?? 0) - (posted[0]?.at ?? 0)).toBeGreaterThan(900);
    expect(world.log.some(({ name }) => name.startsWith('conversations.'))).toBe(false);
  });
});

describe('a message that is gone', () => {
  test('is not posted again, and the campaign goes on', async () => {
    const it = await acme();
    await it.ada.types(it.launch, film);
    const campaign = await it.campaign(it.team.id);
    await it.until(campaign, (c) => c.revisions.length > 0 && !c.refining);
    await it.idle(campaign);
    const brief = (await button(it.world, /^Generate/)).message;
    brief.deleted = true;
    await it.ada.says(it.launch, 'it must show a red cup', { thread: brief.thread_ts ?? '' });
    await it.until(campaign, (c) => c.brief.musts.length > 0 && !c.refining);
    await it.idle(campaign);
    expect(textsOf(it.world).some((text) => /^Noted/.test(text))).toBe(true);
    expect(it.world.posts().filter((m) => /Prompt/.test(m.text))).toEqual([]);
  });
});

describe('a channel that we are kept out of for a while', () => {
  test('gets what was made meanwhile once we are let in again', async () => {
    const bot = ({ team }: Awaited<ReturnType<typeof acme>>) => team.books.install?.botUser ?? '';
    const it = await reviewed({}, (it) => {
      const { members } = it.launch;
      members.splice(members.indexOf(bot(it)), 1);
      const refused = () => it.world.log.filter(({ error }) => error === 'not_in_channel');
      const clips = () => refused().filter(({ name }) => name === 'files.completeUploadExternal');
      void eventually(() => clips().length > 1).then(() => it.team.invitesBot(it.launch));
    });
    await eventually(() => textsOf(it.world).some((text) => /^Take 1.*\ndone in/.test(text)));
    await eventually(() => it.world.uploads().length === 1);
    expect(it.world.posts().filter((m) => m.subtype === 'file_share')).toHaveLength(1);
    expect(textsOf(it.world).filter((text) => /^Review of cut/.test(text))).toHaveLength(1);
  });

  test('hears the answer it was not told while it was archived', async () => {
    const { world, ada, launch, app, team, ...it } = await acme();
    await ada.types(launch, film);
    const go = await button(world, /^Generate/);
    const campaign = await it.campaign(team.id);
    launch.archived = true;
    const intent = { type: 'say' as const, words: 'it must show a red cup', references: [] };
    await app
      .doorsFor('slack')
      .tell({ id: 'x', workspace: team.id, person: ada.id, at: { campaign }, intent });
    await eventually(() => world.log.some(({ error }) => error === 'is_archived'));
    launch.archived = false;
    await eventually(() => team.visible(launch, go.message.thread_ts).some((m) => /^Noted/.test(m.text)));
  });
});

describe('a clip', () => {
  test('comes as one file in the thread, streamed, before its review; the review bears three signs', async () => {
    const { world, team, launch, review } = await reviewed();
    expect(world.uploads()).toHaveLength(1);
    const thread = team.visible(launch, review.message.thread_ts);
    const clip = thread.find((m) => m.subtype === 'file_share');
    expect(clip && clip.ts < review.message.ts).toBe(true);
    expect(world.uploads()[0]?.bytes.subarray(4, 8).toString()).toBe('ftyp');
    expect(review.message.reactions.map(({ name }) => name)).toEqual(['white_check_mark', 'x', 'repeat']);
    expect(world.mistakes()).toEqual([]);
  });

  test.each([
    ['files.getUploadURLExternal', 'drop'],
    ['upload', 'drop'],
    ['upload', 'reset'],
    ['files.completeUploadExternal', 'drop'],
    ['files.completeUploadExternal', 'reset'],
    ['files.info', 'reset'],
  ] as const)('is there once when %s breaks off (%s)', async (spot, kind) => {
    const { world } = await reviewed({}, (it) => it.world.faults.next(spot, { kind }));
    await eventually(() => world.uploads().length > 0);
    expect(world.uploads()).toHaveLength(1);
    expect(world.posts().filter((m) => m.subtype === 'file_share')).toHaveLength(1);
    expect(world.posts().filter((m) => /^Review of cut/.test(m.text))).toHaveLength(1);
  });

  test('whose bytes Slack kept no longer is brought anew, and is there once', async () => {
    const cut = { kind: 'reset' } as const;
    const { world } = await reviewed({}, ({ world, team }) => {
      world.faults.next('files.completeUploadExternal', cut, { times: 2 });
      const { files } = team.books;
      void eventually(() => world.log.some(({ name }) => name === 'files.completeUploadExternal')).then(() =>
        files.splice(0, files.length),
      );
    });
    await eventually(() => world.uploads().length > 0);
    expect(world.uploads()).toHaveLength(1);
    expect(world.log.filter(({ name }) => name === 'upload')).toHaveLength(2);
    expect(world.posts().filter((m) => m.subtype === 'file_share')).toHaveLength(1);
  });

  test('that somebody deleted before we knew where it stood is not brought again', async () => {
    const { world, app, campaign } = await reviewed({}, ({ world }) => {
      world.faults.next('files.completeUploadExternal', { kind: 'drop' });
      world.faults.next('files.info', { kind: 'error', error: 'file_deleted' });
    });
    expect(world.log.filter(({ name }) => name === 'upload')).toHaveLength(1);
    const { place } = await app.engine.campaign(`campaign:${campaign}`);
    expect((await app.journal.card(place ?? '', 'cut:1a'))?.message).toMatch(/^F/);
  });

  test('that Slack is late to place is found by its file all the same', async () => {
    const { world, team, campaign, app, launch, review } = await reviewed({
      standIn: { times: { shares: 60_000 } },
    });
    const { place } = await app.engine.campaign(`campaign:${campaign}`);
    const shown = await app.journal.card(place ?? '', 'cut:1a');
    expect(shown?.message).toBe(
      team.visible(launch, review.message.thread_ts).find((m) => m.subtype === 'file_share')?.ts,
    );
    expect(world.uploads()).toHaveLength(1);
  });
});

describe('a clip that Slack does not take', () => {
  const linkTo = ({ key }: { key: string }) => `https://dailies.example.com/${key}`;
  test.each([
    [
      'file_uploads_disabled',
      'files.getUploadURLExternal',
      /may not share films .*administrator has allowed/,
    ],
    ['storage_limit_reached', 'files.getUploadURLExternal', /storage of this workspace is full.*made room/],
    [
      'file_upload_size_restricted',
      'files.completeUploadExternal',
      /larger than files may be .* shorter clip/,
    ],
  ] as const)(
    '(%s) is said so once, with the way to it, and brought when somebody asks',
    async (error, method, why) => {
      const { world, ada, campaign, app, idle, review } = await reviewed({ slack: { linkTo } }, (it) =>
        it.world.faults.next(method, { kind: 'error', error }),
      );
      const said = () =>
        world.posts().filter(({ text }) => /^The film of cut 1a is finished and kept/.test(text));
      await eventually(() => said().length > 0);
      expect(JSON.stringify(said()[0]?.blocks)).toMatch(why);
      expect(said()[0]?.thread_ts).toBe(review.message.thread_ts);
      const { takes } = await app.engine.campaign(`campaign:${campaign}`);
      const film = takes[0]?.cut?.film.key;
      expect(JSON.stringify(said()[0]?.blocks)).toContain(
        `<https://dailies.example.com/${film}|Open the whole film>`,
      );
      await idle(campaign);
      expect(said()).toHaveLength(1);
      const films = () => world.uploads().filter(({ mimetype }) => mimetype === 'video/mp4');
      expect(films()).toEqual([]);
      const again = await button(world, /^Show the film here/);
      await ada.presses(again.message, again.id);
      await eventually(() => films().length > 0);
      await idle(campaign);
      expect(films()).toHaveLength(1);
      expect(JSON.stringify(said()[0]?.blocks)).toMatch(/Somebody has asked for it since/);
      expect(JSON.stringify(said()[0]?.blocks)).not.toMatch(/Show the film here/);
      expect(world.mistakes()).toEqual([]);
    },
  );
});

describe('a card that moves', () => {
  test('is edited no faster than it may be, and its last state is shown at once', async () => {
    const it = await acme({ slack: { times: { betweenEdits: 60_000 } } });
    await it.ada.types(it.launch, film);
    const go = await button(it.world, /^Generate/);
    await it.ada.presses(go.message, go.id);
    const progress = () => it.world.posts().find((m) => /^Take 1/.test(m.text));
    const done = await eventually(() => /done in/.test(progress()?.text ?? '') && progress());
    expect(done.before.length).toBeLessThanOrEqual(2);
  });
});

describe('a sign', () => {
  test('approves as the button does, by who may, and only once however often it is told', async () => {
    const { world, team, ada, lee, campaign, review, until, app } = await reviewed();
    await ada.reacts(review.message, 'white_check_mark');
    await until(campaign, (c) => c.review?.votes.some((v) => v.state === 'refused') === true);
    world.deliveries.twist('reaction_added', 'twice');
    await lee.reacts(review.message, 'white_check_mark');
    const approved = await until(campaign, (c) => c.phase === 'approved');
    expect(approved.review?.votes.filter((v) => v.state === 'counted')).toHaveLength(1);
    const book = await app.journal.ledger({ workspace: team.id });
    expect(book.filter(({ kind }) => kind === 'decision')).toHaveLength(1);
  });

  test('on the clip itself decides on that clip, too', async () => {
    const { team, lee, launch, campaign, review, until } = await reviewed();
    const clip = team.visible(launch, review.message.thread_ts).find((m) => m.subtype === 'file_share');
    if (!clip) throw new Error('no clip');
    await lee.reacts(clip, 'white_check_mark');
    await until(campaign, (c) => c.phase === 'approved');
  });

  test('that needs a sentence asks that person for it, and changes nothing', async () => {
    const { lee, launch, campaign, review, app } = await reviewed();
    await lee.reacts(review.message, 'repeat');
    await eventually(() => lee.ephemerals(launch).some((m) => /with the button: one sentence/.test(m.text)));
    const { review: open } = await app.engine.campaign(`campaign:${campaign}`);
    expect(open?.votes).toEqual([]);
    expect(lee.ephemerals(launch).map((m) => m.thread_ts)).toEqual([review.message.thread_ts]);
  });

  test('on a still says in its thread how one is picked, and is acknowledged at once', async () => {
    const it = await acme();
    const { world, ada, lee, launch } = it;
    await ada.types(launch, film);
    const stills = await button(world, /^Stills first/);
    await ada.presses(stills.message, stills.id);
    const pick = await button(world, /^Choose/);
    await it.idle(await it.campaign(it.team.id));
    const [picture] = world.posts().filter((m) => m.subtype === 'file_share');
    if (!picture) throw new Error('no picture');
    await lee.reacts(picture, 'white_check_mark');
    const [said] = await eventually(() => lee.ephemerals(launch).length > 0 && lee.ephemerals(launch));
    expect(said).toMatchObject({
      text: expect.stringMatching(/reply “still 2”/),
      thread_ts: pick.message.thread_ts,
    });
    const [told] = world.deliveries.all.filter(({ name }) => name === 'reaction_added');
    expect(told?.tries).toMatchObject([{ status: 200 }]);
  });

  test('on a message of ours that is not known even at last is said to be none', async () => {
    const { world, team, lee, launch } = await acme({ standIn: { clock: () => Date.now() - 5 * 60_000 } });
    const ts = world.world.newTs();
    const news = {
      ...{ channel: launch.id, ts, user: team.books.install?.botUser ?? '', text: 'News.', reactions: [] },
      ...{ before: [], deleted: false, ephemeralTo: null, by: 'test' },
    };
    team.books.messages.push(news);
    await lee.reacts(news, 'x');
    await eventually(() => lee.ephemerals(launch).some((m) => /decided nothing/.test(m.text)));
    expect(world.deliveries.all.every(({ acked }) => acked)).toBe(true);
  });

  test('on anything else is nothing', async () => {
    const { world, ada, lee, launch, campaign, app } = await reviewed();
    const [root] = roots(world);
    const said = await ada.says(launch, 'lunch?');
    const brief = await eventually(() => world.posts().find((m) => /Prompt/.test(m.text)));
    for (const message of [root, said, brief]) if (message) await lee.reacts(message, 'white_check_mark');
    expect(world.deliveries.all.every(({ acked }) => acked)).toBe(true);
    expect((await app.engine.campaign(`campaign:${campaign}`)).review?.votes).toEqual([]);
  });
});
