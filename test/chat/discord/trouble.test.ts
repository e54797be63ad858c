import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { handClock } from '../../support/clock.ts';
import type { Discord } from '../../support/discord/discord.ts';
import type { Town } from '../../support/discord/town.ts';
import { png } from '../../support/logo.ts';
import { appIn, button, eventually, northwind, opened, reviewed, threadIn, wordsOf } from './stage.ts';

describe('what lasts longer than Discord waits', () => {
  test('a token that is older than 15 minutes is let go; the thread has everything', async () => {
    const clock = handClock(Date.now());
    const { world, town, lobby, anna, ...it } = await northwind({
      standIn: { clock: clock.now },
      clock: clock.now,
    });
    world.faults.next('create-message', { kind: 'status', status: 502 });
    const asked = anna.uses('/video', { prompt: 'a calm film for Aurora tea, 3s' }, lobby);
    await asked.answered;
    const before = wordsOf(asked.original);
    const campaign = await it.campaign(town.id);
    await eventually(() => world.requests('create-message').length > 0);
    clock.forward(16 * 60_000);
    const thread = await eventually(() => {
      clock.forward(20);
      return world.visible(lobby).find((message) => message.thread)?.thread;
    });
    await it.until(campaign, (c) => c.revisions.length > 0);
    await eventually(() => world.visible(thread).length > 0);
    await it.stop();
    expect(wordsOf(asked.original)).toBe(before);
    expect(world.requests('edit-original')).toEqual([]);
  });

  test('an archived thread is opened again for what there is to say', async () => {
    const { world, anna, lee, thread, review, campaign, ...it } = await reviewed();
    await it.idle(campaign);
    const keeper = world.world.guilds.get(thread.guild?.id ?? '')?.members.get(lee.id);
    expect(keeper).toBeDefined();
    const pressed = lee.presses(review, 'Reject …');
    await pressed.answered;
    if (thread.thread) thread.thread.archived = true;
    await lee.submits(pressed, { words: 'not our colours' }).answered;
    await it.until(campaign, (c) => c.phase === 'rejected');
    await eventually(() => world.read(thread).some(({ text }) => /rejected/.test(text)));
    expect(thread.thread?.archived).toBe(false);
    expect(anna.id).not.toBe(lee.id);
  });
});

test('who begins a video hears what they may still spend today', async () => {
  const { world, anna, lobby, asked, thread, campaign, ...it } = await opened();
  expect(wordsOf(asked.original?.versions[0] ?? null)).toMatch(/Left for you today: \$50\.00 of \$50\.00/);
  const generate = await button(world, thread, /^Generate/);
  await anna.presses(generate.message, generate.label).answered;
  await it.until(campaign, (c) => c.takes.some(({ billed }) => billed > 0));
  const again = anna.uses('/video', { prompt: 'a red kite over the sea, 3s' }, lobby);
  await again.answered;
  expect(wordsOf(again.original?.versions[0] ?? null)).toMatch(/Left for you today: \$49\.70 of \$50\.00/);
});

describe('permissions', () => {
  test('that are missing are named before anything is begun', async () => {
    const { world, town, lobby, anna, campaigns } = await northwind();
    town.forbid(lobby, 'CREATE_PUBLIC_THREADS', 'ATTACH_FILES');
    const asked = anna.uses('/video', { prompt: 'a calm film for Aurora tea, 3s' }, lobby);
    await asked.answered;
    expect(wordsOf(asked.original)).toMatch(/Create Public Threads, Attach Files/);
    expect(await campaigns(town.id)).toEqual([]);
    expect(world.visible(lobby)).toEqual([]);
  });

  test('that are taken away later: who asked hears it, and it goes on as soon as they are back', async () => {
    const clock = handClock(Date.now());
    const { world, town, lobby, anna, ...it } = await northwind({
      standIn: { clock: clock.now },
      clock: clock.now,
    });
    for (let n = 0; n < 2_100; n++) anna.says(lobby, `chatter ${n}`);
    clock.forward(10 * 60_000);
    world.faults.next('create-message', { kind: 'status', status: 403, code: 50_013 });
    world.faults.next('thread', { kind: 'status', status: 403, code: 50_013 });
    const asked = anna.uses('/video', { prompt: 'a calm film for Aurora tea, 3s' }, lobby);
    await asked.answered;
    await eventually(() => /kept out of this channel/.test(wordsOf(asked.original)));
    expect(await it.campaigns(town.id)).toHaveLength(1);
    clock.forward(61_000);
    await eventually(() => world.requests('thread').length > 0);
    clock.forward(61_000);
    const thread = await threadIn(world, lobby);
    await eventually(() => world.visible(thread).length > 0);
    const posts = world.requests('create-message').filter(({ path }) => path.includes(lobby.id));
    expect(posts.map(({ status }) => status)).toEqual([403, 200]);
    expect(world.requests('list-messages').filter(({ path }) => path.includes(lobby.id))).toEqual([]);
  });
});

test('a permission that was taken away in a thread is named to whoever does something there', async () => {
  const { world, town, anna, thread, campaign, ...it } = await opened();
  const talk = await button(world, thread, /^Say or/);
  const form = await anna.presses(talk.message, talk.label).answered;
  town.forbid(thread, 'SEND_MESSAGES_IN_THREADS', 'ATTACH_FILES');
  const filled = await anna.submits(form, { words: 'and it is raining' }).answered;
  const named = /Missing permissions\*\* {2}Send Messages in Threads, Attach Files/;
  expect(wordsOf(filled.original)).toMatch(named);
  expect(filled.original?.onlyFor).toBe(anna.id);
  await it.until(campaign, (c) => c.revisions.length > 1);
  const generate = await button(world, thread, /^Generate/);
  const pressed = await anna.presses(generate.message, generate.label).answered;
  expect(wordsOf(pressed.original)).toMatch(named);
  town.allow(thread, 'SEND_MESSAGES_IN_THREADS', 'ATTACH_FILES');
  const again = await anna.presses(talk.message, talk.label).answered;
  expect((await anna.submits(again, { words: 'much rain' }).answered).original).toBe(talk.message);
});

describe('decisions', () => {
  test('a sign under the review is a vote; taking it back and giving it again is the same one', async () => {
    const { town, lee, review, campaign, ...it } = await reviewed({ policy: { quorum: 2 } });
    const max = town.person('max', {
      roles: [...town.guild.roles.values()].filter(({ name }) => name === 'Keepers'),
    });
    await eventually(() => review.reactions.size === 3);
    lee.reacts(review, '✅');
    await it.until(campaign, (c) => c.review?.votes.some(({ state }) => state === 'counted') ?? false);
    lee.unreacts(review, '✅');
    lee.reacts(review, '✅');
    max.reacts(review, '✅');
    const { review: decided } = await it.until(campaign, (c) => c.phase === 'approved');
    expect(decided?.votes.map(({ person, state }) => ({ person, state }))).toEqual([
      { person: lee.id, state: 'counted' },
      { person: max.id, state: 'counted' },
    ]);
  });

  test('a sign that was refused counts once its person may decide and puts it there anew', async () => {
    const { town, review, campaign, ...it } = await reviewed();
    await eventually(() => review.reactions.size === 3);
    const max = town.person('max');
    max.reacts(review, '✅');
    await it.until(campaign, (c) => c.review?.votes.some(({ state }) => state === 'refused') ?? false);
    const [keepers] = [...town.guild.roles.values()].filter(({ name }) => name === 'Keepers');
    if (keepers) max.becomes(keepers);
    max.unreacts(review, '✅');
    max.reacts(review, '✅');
    const { review: decided } = await it.until(campaign, (c) => c.phase === 'approved');
    expect(decided?.votes.map(({ state }) => state)).toEqual(['refused', 'counted']);
  });

  test('of whoever has a role that was named count, whatever a manager says', async () => {
    const { world, town, lobby, anna, lee, ...it } = await northwind();
    const leads = town.role('Brand leads');
    const max = town.person('max', { roles: [leads] });
    await anna.uses(
      '/video',
      { prompt: 'a calm film for Aurora tea', duration: 3, 'approver-role': leads },
      lobby,
    ).answered;
    const campaign = await it.campaign(town.id);
    const thread = await threadIn(world, lobby);
    const generate = await button(world, thread, /^Generate/);
    await anna.presses(generate.message, generate.label).answered;
    await it.until(campaign, (c) => c.review !== null);
    const review = await button(world, thread, /^Approve/);
    expect(wordsOf(review.message)).toContain(`<@&${leads.id}>`);
    expect(callsOf(world, 'Review of cut')).toEqual([{ parse: [], users: [], roles: [leads.id] }]);
    await lee.presses(review.message, review.label).answered;
    await it.until(campaign, (c) => c.review?.votes.some(({ state }) => state === 'refused') ?? false);
    expect((await it.now(campaign)).phase).toBe('review');
    await max.presses(review.message, review.label).answered;
    const done = await it.until(campaign, (c) => c.phase === 'approved');
    expect(done.review?.votes.find(({ person }) => person === max.id)?.role).toContain(leads.id);
  });
});

/** Whom the messages call that say this. */
const callsOf = (world: Discord, said: string) =>
  world
    .requests('create-message')
    .filter(({ body }) => JSON.stringify(body).includes(said))
    .map(({ body }) => (body as { allowed_mentions: unknown }).allowed_mentions);

/** The keys of what is kept. */
function kept(folder: string): string[] {
  const journal = new DatabaseSync(join(folder, 'journal.db'), { readOnly: true });
  const rows = journal.prepare("SELECT key FROM kept WHERE space = 'discord'").all();
  journal.close();
  return rows.map(({ key }) => String(key));
}

/** What is no server's. */
const ours = /^(session\/|shards$|swept$)/;

function hasUsBack({ world }: Discord, town: Town): void {
  town.guild.members.set(world.bot.id, { user: world.bot, roles: [], joinedAt: world.clock() });
  for (const role of town.guild.roles.values()) role.permissions |= 8n;
  world.emit({ t: 'GUILD_CREATE', guild: town.id, intents: 1, data: () => ({ id: town.id }) });
}

describe('a server', () => {
  test('that puts us out begins nothing more until it has us back', async () => {
    const { world, town, lobby, anna, campaign, ...it } = await opened();
    town.dismiss();
    await it.until(campaign, (c) => c.phase === 'cancelled');
    town.guild.members.set(world.world.bot.id, { user: world.world.bot, roles: [], joinedAt: Date.now() });
    const asked = anna.uses('/video', { prompt: 'a red kite over the sea, 3s' }, lobby);
    await asked.answered;
    expect(wordsOf(asked.original)).toMatch(/was removed|Missing permission/);
  });

  test('that has not had us back for a month is forgotten, all of it, and may still come back', async () => {
    const clock = handClock(Date.now());
    const { world, town, lobby, anna, campaign, ...it } = await opened({
      standIn: { clock: clock.now, gateway: { resumable: 365 * 86_400_000 } },
      clock: clock.now,
    });
    const logo = { name: 'l.png', bytes: png };
    await anna.uses('/video', { prompt: 'a red kite over the sea, 3s', logo }, lobby).answered;
    await anna.uses('/video', {}, lobby).answered;
    expect(kept(it.folder).filter((key) => !ours.test(key)).length).toBeGreaterThan(5);
    town.dismiss();
    await it.until(campaign, (c) => c.phase === 'cancelled');
    const later = async (days: number) => {
      clock.forward(days * 86_400_000);
      // Somebody else's wish wakes whoever works.
      await it.app.doorsFor('discord').forget({ id: `${days}`, workspace: 'another', person: null });
      await it.app.idle('workspace:another', 10_000);
    };
    await later(29);
    expect(JSON.stringify(await it.now(campaign))).toMatch(/Aurora tea/);
    expect(kept(it.folder).some((key) => !ours.test(key))).toBe(true);
    await later(2);
    await eventually(async () => !/Aurora tea/.test(JSON.stringify(await it.now(campaign))));
    await eventually(() => kept(it.folder).every((key) => ours.test(key)));
    hasUsBack(world, town);
    await eventually(async () => (await it.app.engine.workspace(town.id)).suspendedAt === null);
    const before = new Set(await it.campaigns(town.id));
    await anna.uses('/video', { prompt: 'a red kite over the sea, 3s' }, lobby).answered;
    const [begun = ''] = (await it.campaigns(town.id)).filter((one) => !before.has(one));
    await it.until(begun, (c) => c.place !== null && c.revisions.length > 0);
  });

  test('that has us back before is not forgotten', async () => {
    const clock = handClock(Date.now());
    const { world, town, campaign, ...it } = await opened({
      standIn: { clock: clock.now, gateway: { resumable: 365 * 86_400_000 } },
      clock: clock.now,
    });
    town.dismiss();
    await it.until(campaign, (c) => c.phase === 'cancelled');
    clock.forward(29 * 86_400_000);
    hasUsBack(world, town);
    await eventually(async () => (await it.app.engine.workspace(town.id)).suspendedAt === null);
    clock.forward(2 * 86_400_000);
    await it.app.doorsFor('discord').forget({ id: 'wake', workspace: 'another', person: null });
    await it.app.idle(`workspace:${town.id}`, 10_000);
    expect(JSON.stringify(await it.now(campaign))).toMatch(/Aurora tea/);
    expect(kept(it.folder).some((key) => !ours.test(key))).toBe(true);
  });

  test('that puts us out while we are down is noticed at the next start', async () => {
    const { world, town, campaign, ...it } = await opened({ standIn: { gateway: { resumable: 0 } } });
    await it.stop();
    town.dismiss();
    const next = await appIn(world, { folder: it.folder });
    await next.until(campaign, (c) => c.phase === 'cancelled');
    expect((await next.app.engine.workspace(town.id)).suspendedAt).not.toBeNull();
  });

  test('that is only down for a while loses nothing', async () => {
    const { town, campaign, ...it } = await opened();
    town.dismiss(true);
    await it.idle(campaign);
    expect((await it.now(campaign)).phase).toBe('briefing');
  });
});
