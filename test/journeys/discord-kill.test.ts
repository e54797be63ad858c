import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openSqlite } from '../../src/journal/sqlite.ts';
import { readFacts } from '../../src/providers/sample/book.ts';
import { button, eventually, refused, standIn, threadIn, wordsOf } from '../chat/discord/stage.ts';
import type { Discord } from '../support/discord/discord.ts';
import type { Channel } from '../support/discord/world.ts';
import { dropFolder } from '../support/folder.ts';

const life = fileURLToPath(new URL('./discord-life.ts', import.meta.url));

/** The app in a process of its own, which can be killed at the moment Discord has done something it never hears of. */
async function lives(world: Discord) {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-discord-kill-'));
  let child: ChildProcess | null = null;
  onTestFinished(async () => {
    child?.kill('SIGKILL');
    await dropFolder(folder);
  });

  async function start(): Promise<void> {
    child = spawn(process.execPath, [life, folder, world.api, world.token], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout ?? child, 'data');
  }

  async function kill(): Promise<void> {
    const gone = child && once(child, 'exit');
    child?.kill('SIGKILL');
    await gone;
  }

  return {
    folder,
    start,
    kill,
    /** The next request on this route is done and never answered; then the app is killed, and lives again. */
    async killedAt(route: string): Promise<void> {
      const before = world.requests(route).length;
      world.faults.next(route, { kind: 'hang' });
      await eventually(() => world.requests(route).length > before);
      await kill();
      await start();
    },
  };
}

const cards = (world: Discord, thread: Channel, like: RegExp) =>
  world.visible(thread).filter((message) => like.test(wordsOf(message)));

test('killed whenever Discord has done something: one thread, each card and clip once, paid once, decided once', async () => {
  const world = await standIn();
  const town = world.town();
  const lobby = town.channel('campaign');
  const anna = town.person('anna');
  const lee = town.person('lee', { roles: [town.role('Keepers', ['MANAGE_GUILD'])] });
  const it = await lives(world);
  await it.start();

  const root = it.killedAt('create-message');
  anna.uses('/video', { prompt: 'a calm film for Aurora tea', duration: 3 }, lobby);
  await root;
  const thread = await threadIn(world, lobby);
  const go = await button(world, thread, /^Generate/);

  await it.kill();
  anna.replies(go.message, 'it must show a red cup');
  await it.start();
  await eventually(() => cards(world, thread, /Noted as a must/).length > 0);

  const again = await button(world, thread, /^Generate/);
  const ordered = it.killedAt('create-message');
  anna.presses(again.message, again.label);
  await ordered;
  // The film is the next that is posted.
  await it.killedAt('create-message');
  const review = await button(world, thread, /^Approve/);

  const checking = it.killedAt('member');
  lee.reacts(review.message, '✅');
  await checking;
  await eventually(() => cards(world, thread, /Review of cut 1a: approved/).length > 0);
  await it.kill();

  expect(world.visible(lobby)).toHaveLength(1);
  for (const kind of [/"### Take 1 ·/, /"### Review of cut 1a/, /Noted as a must/, /Prompt, revision/])
    expect(cards(world, thread, kind)).toHaveLength(1);
  expect(
    world.visible(thread).filter((m) => m.attachments.some(({ name }) => /mp4$/.test(name))),
  ).toHaveLength(1);
  const paid = (await readFacts(join(it.folder, 'sample-provider'))).filter(({ cost }) => cost > 0);
  expect(paid).toHaveLength(1);
  const journal = await openSqlite({ folder: it.folder, clock: Date.now });
  const book = await journal.ledger({ workspace: town.id });
  expect(book.filter(({ kind }) => kind === 'decision')).toHaveLength(1);
  await journal.close();
  expect(refused(world).filter(({ route }) => route !== 'callback')).toEqual([]);
}, 300_000);
