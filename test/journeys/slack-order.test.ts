import { describe, expect, test } from 'vitest';
import { button } from '../chat/slack/people.ts';
import { acme, eventually, type Way } from '../chat/slack/stage.ts';
import { png } from '../support/logo.ts';
import type { StandIn } from '../support/slack/slack.ts';

/** What people do reaches us the other way round, one after the other, and all of it once more as it was done. */
async function turnedRound(world: StandIn, does: () => Promise<unknown>[]): Promise<string[]> {
  const { deliveries } = world;
  const from = deliveries.all.length;
  deliveries.twist('*', 'hold', 1_000);
  const done = does();
  await eventually(() => deliveries.all.length - from >= done.length);
  deliveries.untwist();
  const turned = deliveries.all.slice(from);
  await deliveries.releaseInTurn();
  await Promise.all(done);
  for (const delivery of turned) await deliveries.again(delivery);
  await world.settled();
  const untaken = turned.filter(({ acked, tries }) => !acked || tries.length < 2);
  return untaken.map(({ name }) => name);
}

const titled = (world: StandIn, title: RegExp) =>
  world.posts().filter(({ text }) => title.test(text.split('\n', 1)[0] ?? ''));

/** A video in its thread, which began by a mention. */
async function begun(way: Way) {
  const it = await acme({ way });
  const { world, team, ada, launch } = it;
  const beginning = () => ada.says(launch, `${team.bot} a calm film for Aurora tea, 3s`);
  expect(await turnedRound(world, () => [beginning()])).toEqual([]);
  const campaign = await it.campaign(team.id);
  const { place } = await it.until(campaign, (c) => c.place !== null && c.revisions.length > 0);
  await it.idle(campaign);
  const now = () => it.app.engine.campaign(`campaign:${campaign}`);
  return { ...it, campaign, thread: place?.split('/').at(-1) ?? '', now };
}

describe.each<Way>(['http', 'socket'])(
  'everything reaches us the other way round, and twice, by %s',
  (way) => {
    test('one thread, one clip, one payment, one decision', async () => {
      const { world, team, ada, lee, launch, campaign, thread, now, ...it } = await begun(way);

      const says = (words: string) => ada.says(launch, words, { thread });
      const cup = { thread, files: [{ name: 'cup.png', bytes: png }] };
      const said = () => [
        says(`${team.bot} it must show a red cup`),
        says('tagline: Taste the morning'),
        ada.says(launch, 'our cup, to be seen', cup),
      ];
      expect(await turnedRound(world, said)).toEqual([]);
      const heard = await it.until(
        campaign,
        (c) => c.heard.length === 0 && !c.refining && c.references.some(({ state }) => state === 'ready'),
      );
      await it.idle(campaign);
      expect(heard.brief.musts).toHaveLength(1);
      expect(heard.brief.tagline).toBe('Taste the morning');
      expect(heard.references).toHaveLength(1);

      const go = await button(world, /^Generate/);
      const orders = () => [
        ada.presses(go.message, go.id),
        lee.presses(go.message, go.id),
        ada.presses(go.message, go.id),
      ];
      expect(await turnedRound(world, orders)).toEqual([]);
      const refused = () => [ada, lee].flatMap((one) => one.ephemerals(launch));
      await eventually(() => refused().length > 1);
      expect(refused().map(({ text }) => text)).toEqual(
        Array(2).fill(expect.stringMatching(/already being made/)),
      );
      await it.until(campaign, (c) => c.review !== null);
      await it.idle(campaign);

      const approve = await button(world, /^Approve/);
      const votes = () => [
        lee.reacts(approve.message, 'white_check_mark'),
        lee.presses(approve.message, approve.id),
        lee.unreacts(approve.message, 'white_check_mark'),
        lee.reacts(approve.message, 'white_check_mark'),
      ];
      expect(await turnedRound(world, votes)).toEqual([]);
      await it.until(campaign, (c) => c.phase === 'approved');
      await it.idle(campaign);
      expect(await it.campaigns(team.id)).toEqual([campaign]);
      const book = await it.app.journal.ledger({ workspace: team.id });
      expect(book.filter(({ kind }) => kind === 'decision')).toHaveLength(1);
      expect((await now()).review?.votes).toMatchObject([{ person: lee.id, verdict: 'approve' }]);
      expect(await it.paid()).toHaveLength(1);
      expect(world.posts().every((m) => m.channel === launch.id && m.thread_ts === thread)).toBe(true);
      expect(world.uploads().filter(({ mimetype }) => mimetype === 'video/mp4')).toHaveLength(1);
      for (const title of [/^Take 1 ·/, /^Take 1, cut/, /^Review of cut 1a/])
        expect(titled(world, title)).toHaveLength(1);
      expect(titled(world, /^Take 2/)).toEqual([]);
      expect(world.mistakes()).toEqual([]);
    });

    test('two refinements both count, once each; where they contradict, the one that reached us last does', async () => {
      const { world, ada, launch, campaign, thread, now, ...it } = await begun(way);
      const said = () =>
        ['warmer light', 'no, colder light'].map((words) => ada.says(launch, words, { thread }));
      expect(await turnedRound(world, said)).toEqual([]);
      await it.until(campaign, (c) => c.notes.length > 1 && c.heard.length === 0 && !c.refining);
      await it.idle(campaign);
      const { notes, revisions } = await now();
      expect(notes.map(({ words }) => words)).toEqual(['colder light', 'warmer light']);
      expect(revisions.at(-1)?.motion.words).toMatch(/Warmer light$/);
      expect(titled(world, /Aurora/)).toHaveLength(1);
    });

    test('a reply that speaks to us before what it replies to: one video in one thread, which hears both', async () => {
      const { world, team, ada, launch, ...it } = await acme({ way });
      const both = () => {
        const begins = ada.says(launch, `${team.bot} a calm film for Aurora tea, 3s`);
        const thread = team.visible(launch).at(-1)?.ts ?? '';
        return [begins, ada.says(launch, `${team.bot} it must show a red cup`, { thread })];
      };
      expect(await turnedRound(world, both)).toEqual([]);
      const campaign = await it.campaign(team.id);
      const { brief, notes, place } = await it.until(
        campaign,
        (c) => c.heard.length === 0 && !c.refining && c.notes.length > 0,
      );
      await it.idle(campaign);
      expect([brief.words, ...notes.map(({ words }) => words)].join('; ')).toMatch(/red cup; .*Aurora tea/);
      expect(world.posts().every(({ thread_ts }) => place?.endsWith(`/${thread_ts}`))).toBe(true);
    });
  },
);

describe.each<Way>(['http', 'socket'])('a mention that reaches us late, by %s', (way) => {
  test('has begun its video as a message already, and a plain reply to it is heard', async () => {
    const { world, team, ada, launch, ...it } = await acme({ way });
    world.deliveries.twist('app_mention', 'hold');
    const mention = ada.says(launch, `${team.bot} a calm film for Aurora tea, 3s`);
    const campaign = await it.campaign(team.id);
    const thread = team.visible(launch).find(({ text }) => text.includes(team.bot))?.ts ?? '';
    await ada.says(launch, 'it must show a red cup', { thread });
    await it.until(campaign, (c) => c.brief.musts.length === 1);
    await it.idle(campaign);
    world.deliveries.release();
    await mention;
    await world.settled();
    await it.idle(campaign);
    expect(await it.campaigns(team.id)).toEqual([campaign]);
    const { place, brief, notes } = await it.app.engine.campaign(`campaign:${campaign}`);
    expect(place).toBe(`slack:${team.id}/${launch.id}/${thread}`);
    expect([brief.words, brief.musts.length, notes.length]).toEqual(['a calm film for Aurora tea', 1, 0]);
    await it.stop();
    expect(ada.ephemerals(launch)).toEqual([]);
    expect(world.mistakes()).toEqual([]);
  });

  test.each([
    ['help', /video/],
    ['thanks!', /begins no video/],
    ['???', /could not find any words/],
  ])('and asks for nothing to be made (“%s”) is answered by the mention alone', async (words, answer) => {
    const { world, team, ada, launch, ...it } = await acme({ way });
    world.deliveries.twist('app_mention', 'lose');
    await ada.says(launch, `${team.bot} ${words}`);
    await ada.says(launch, `${team.bot} ${words}`);
    await world.settled();
    await it.stop();
    expect(ada.ephemerals(launch).map(({ text }) => text)).toEqual([expect.stringMatching(answer)]);
    expect(world.posts()).toEqual([]);
  });
});

test('of two verdicts one decides, the first that is found to count; the other is told that it came too late', async () => {
  const { world, team, ada, lee, launch, campaign, now, ...it } = await begun('http');
  const mia = team.person('mia', { isAdmin: true });
  launch.members.push(mia.id);
  const go = await button(world, /^Generate/);
  await ada.presses(go.message, go.id);
  await it.until(campaign, (c) => c.review !== null);
  await it.idle(campaign);
  const [approve, reject] = [await button(world, /^Approve/), await button(world, /^Reject/)];
  await mia.presses(reject.message, reject.id);
  const why = await eventually(() => mia.views()[0]);
  const votes = () => [
    mia.submits(why, { words: 'not our style' }),
    lee.presses(approve.message, approve.id),
  ];
  expect(await turnedRound(world, votes)).toEqual([]);
  const { review } = await it.until(
    campaign,
    (c) => c.review?.verdict != null && c.review.votes.every(({ state }) => state !== 'checking'),
  );
  await it.idle(campaign);
  const book = await it.app.journal.ledger({ workspace: team.id });
  const decision = { body: { verdict: review?.verdict } };
  expect(book.filter(({ kind }) => kind === 'decision')).toMatchObject([decision]);
  expect(review?.votes.filter(({ state }) => state === 'counted')).toHaveLength(1);
  const told = titled(world, /decided already/).map(({ text }) => text);
  expect([...told, ...Object.values(why.errors)]).toEqual([expect.stringMatching(/the decision stands/)]);
  const tooLate = () => [
    ada.says(launch, 'x'.repeat(5_000), { thread: approve.message.thread_ts ?? '' }),
    mia.reacts(approve.message, 'white_check_mark'),
    mia.reacts(approve.message, 'repeat'),
  ];
  expect(await turnedRound(world, tooLate)).toEqual([]);
  await it.stop();
  expect(ada.ephemerals(launch).map(({ text }) => text)).toEqual([expect.stringMatching(/longer than/)]);
  expect(mia.ephemerals(launch)).toHaveLength(2);
  expect(world.mistakes()).toEqual([]);
});
