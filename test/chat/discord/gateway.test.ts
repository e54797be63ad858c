import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Discord } from '../../support/discord/discord.ts';
import { dropFolder } from '../../support/folder.ts';
import { appIn, button, eventually, standIn, threadIn } from './stage.ts';

async function folderOf(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-discord-lives-'));
  onTestFinished(() => dropFolder(folder));
  return folder;
}

const steps = (world: Discord): string[] =>
  world.log.flatMap((fact) =>
    fact.kind === 'gateway' && /^(identify|resume)$/.test(fact.what) ? [fact.what] : [],
  );

/** A review that waits, and the app at rest. */
async function waiting() {
  const world = await standIn();
  const town = world.town();
  const lobby = town.channel('campaign');
  const anna = town.person('anna');
  const lee = town.person('lee', { roles: [town.role('Keepers', ['MANAGE_GUILD'])] });
  const folder = await folderOf();
  const first = await appIn(world, { folder });
  await anna.uses('/video', { prompt: 'a calm film for Aurora tea', duration: 3 }, lobby).answered;
  const campaign = await first.campaign(town.id);
  const thread = await threadIn(world, lobby);
  const generate = await button(world, thread, /^Generate/);
  await anna.presses(generate.message, generate.label).answered;
  await first.until(campaign, (c) => c.review !== null);
  const review = await button(world, thread, /^Approve/);
  await eventually(() => review.message.reactions.size === 3);
  await first.idle(campaign);
  return { world, town, lobby, anna, lee, folder, first, campaign, thread, review };
}

describe('a restart', () => {
  test('between a press and its answer loses neither: the session goes on, and what was pressed is done once', async () => {
    const { world, lee, folder, first, campaign, review } = await waiting();
    await first.stop();
    const pressed = lee.presses(review.message, review.label);
    const second = await appIn(world, { folder });
    const done = await second.until(campaign, (c) => c.phase === 'approved');
    expect(done.review?.votes).toHaveLength(1);
    expect(pressed.person).toBe(lee.user);
    expect(steps(world)).toEqual(['identify', 'resume']);
    expect(second.fatal).toEqual([]);
  });

  test('with a session that is over: signs that were put meanwhile are looked for', async () => {
    const { world, lee, anna, folder, first, campaign, review } = await waiting();
    await first.stop();
    lee.reacts(review.message, '✅');
    anna.reacts(review.message, '👍');
    for (const session of world.gateway.sessions) session.over = true;
    const second = await appIn(world, { folder });
    const done = await second.until(campaign, (c) => c.phase === 'approved');
    expect(done.review?.votes.map(({ person }) => person)).toEqual([lee.id]);
    expect(steps(world).at(-1)).toBe('identify');
  });
});

describe('what waits for a decision is looked at again', () => {
  test('after Discord was away for a moment', async () => {
    const { world, lee, folder, first, campaign, review } = await waiting();
    await first.stop();
    lee.reacts(review.message, '✅');
    for (const session of world.gateway.sessions) session.over = true;
    for (const route of ['get-message', 'reactions']) {
      world.faults.next(route, { kind: 'limited', seconds: 0.2 });
      world.faults.next(route, { kind: 'status', status: 503 });
    }
    const second = await appIn(world, { folder });
    await second.until(campaign, (c) => c.phase === 'approved');
  });

  test('now and then, whatever was missed; who signed is asked only where somebody did', async () => {
    const { world, lee, review, folder, first, campaign } = await waiting();
    await first.stop();
    const before = world.requests('get-message').length;
    const second = await appIn(world, { folder, discord: { times: { sweep: 100 } } });
    await eventually(() => world.requests('get-message').length > before + 1);
    expect(world.requests('reactions')).toEqual([]);
    const { emit } = world.world;
    world.world.emit = () => {};
    lee.reacts(review.message, '✅');
    world.world.emit = emit;
    await second.until(campaign, (c) => c.phase === 'approved');
  });
});

test('two processes that hear the same do it once', async () => {
  const { lee, first, campaign, review } = await waiting();
  const desk = first.app.doorsFor('discord');
  const sign = {
    id: `reaction/${review.message.id}/${lee.id}/approve`,
    workspace: review.message.channel.guild?.id ?? '',
    person: lee.id,
    place: `discord:${review.message.channel.guild?.id}/${review.message.channel.id}`,
    message: review.message.id,
    verdict: 'approve' as const,
  };
  await Promise.all([desk.react(sign), desk.react(sign), Promise.resolve(lee.reacts(review.message, '✅'))]);
  await first.until(campaign, (c) => c.phase === 'approved');
  await first.idle(campaign);
  expect((await first.now(campaign)).review?.votes).toHaveLength(1);
});

test('of two shards each resumes by itself after a restart', async () => {
  const world = await standIn({ gateway: { shards: 2, maxConcurrency: 2 } });
  const folder = await folderOf();
  const first = await appIn(world, { folder });
  await world.gateway.connected(2);
  await first.stop();
  await appIn(world, { folder });
  await eventually(() => steps(world).length === 4);
  expect(steps(world)).toEqual(['identify', 'identify', 'resume', 'resume']);
});

describe('being put out for good', () => {
  test.each([
    [4004, /does not accept the token/],
    [4014, /Message Content Intent/],
    [4013, /Update Dailies/],
  ])('%d is said in a sentence', async (code, sentence) => {
    const world = await standIn();
    const { fatal } = await appIn(world);
    world.gateway.close(code);
    await eventually(() => fatal.length > 0);
    expect(fatal.join()).toMatch(sentence);
  });

  test('a start with another token says so and ends', async () => {
    const world = await standIn();
    await expect(appIn(world, { discord: { token: 'MTA.other.token' } })).rejects.toThrow(/DISCORD_TOKEN/);
  });

  test('a start that asks for more than the portal allows says so and ends', async () => {
    const world = await standIn();
    await expect(appIn(world, { discord: { readsEverything: true } })).rejects.toThrow(
      /Message Content Intent/,
    );
  });
});

test('a start says what is connected, and what to do next', async () => {
  const world = await standIn();
  const { app } = await appIn(world);
  const { lines, connected } = await app.chats.discord.status();
  expect(connected).toBe(true);
  expect(lines.join('\n')).toMatch(/connected as dailies/);
  expect(lines.join('\n')).toContain(`client_id=${world.application}`);
  world.world.commands.clear();
  expect((await app.chats.discord.status()).lines.join('\n')).toMatch(/npm run discord -- register/);
});
