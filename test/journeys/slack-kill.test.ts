import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openSqlite } from '../../src/journal/sqlite.ts';
import { readFacts } from '../../src/providers/sample/book.ts';
import { button } from '../chat/slack/people.ts';
import { eventually, standIn } from '../chat/slack/stage.ts';
import { dropFolder } from '../support/folder.ts';
import type { StandIn } from '../support/slack/slack.ts';

const life = fileURLToPath(new URL('./slack-life.ts', import.meta.url));

/** The app in a process of its own, which can be killed at the moment Slack has done something it never hears of. */
async function lives(world: StandIn, token: string) {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-slack-kill-'));
  let child: ChildProcess | null = null;
  onTestFinished(async () => {
    child?.kill('SIGKILL');
    await dropFolder(folder);
  });

  async function start(): Promise<void> {
    const args = [life, folder, world.apiUrl, token, world.app.signingSecret];
    child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    world.deliveries.to(`${said.toString().trim()}/slack/events`);
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
    /** The next call of this method is done and never answered; then the app is killed, and lives again. */
    async killedAt(method: string): Promise<void> {
      const before = world.log.filter(({ name }) => name === method).length;
      world.faults.next(method, { kind: 'hang' });
      await eventually(() => world.log.filter(({ name }) => name === method).length > before);
      await kill();
      await start();
    },
  };
}

test('killed whenever Slack has done something: one thread, each clip once, paid once, decided once', async () => {
  const world = await standIn({ times: { retries: [0, 1_000, 3_000, 6_000] } });
  const team = world.workspace('Acme');
  const ada = team.person('ada');
  const lee = team.person('lee', { isAdmin: true });
  const launch = team.channel('launch', [ada, lee]);
  const it = await lives(world, team.token);
  await it.start();

  const root = it.killedAt('chat.postMessage');
  await ada.types(launch, '/video a calm film for Aurora tea, 3s');
  await root;
  await it.killedAt('chat.postMessage');

  const go = await button(world, /^Generate/);
  const thread = go.message.thread_ts ?? '';
  await it.kill();
  const said = ada.says(launch, 'it must show a red cup', { thread });
  await it.start();
  await said;
  await eventually(() => world.posts().some((m) => /^Noted as a must/.test(m.text)));

  const again = await button(world, /^Generate/);
  await ada.presses(again.message, again.id);
  for (const method of ['files.getUploadURLExternal', 'upload', 'files.completeUploadExternal'])
    await it.killedAt(method);
  const review = await button(world, /^Approve/);

  const checking = it.killedAt('users.info');
  await lee.reacts(review.message, 'white_check_mark');
  await checking;
  await eventually(() => world.posts().some((m) => /^Review of cut 1a: approved/.test(m.text)));
  await it.kill();

  expect(world.posts().filter((m) => !m.thread_ts)).toHaveLength(1);
  const titles = world.uploads().map(({ title }) => title);
  expect(titles.toSorted()).toEqual(['take-1a']);
  expect(world.posts().filter((m) => m.subtype === 'file_share')).toHaveLength(1);
  for (const kind of [/^Take 1 ·/, /^Review of cut 1a/, /^Noted as a must/])
    expect(world.posts().filter((m) => kind.test(m.text))).toHaveLength(1);
  const paid = (await readFacts(join(it.folder, 'sample-provider'))).filter(({ cost }) => cost > 0);
  expect(paid).toHaveLength(1);
  const journal = await openSqlite({ folder: it.folder, clock: Date.now });
  const book = await journal.ledger({ workspace: team.id });
  expect(book.filter(({ kind }) => kind === 'decision')).toHaveLength(1);
  await journal.close();
  expect(world.mistakes()).toEqual([]);
}, 300_000);

test('killed right after a command was acknowledged: it begins its video, once', async () => {
  const world = await standIn();
  const team = world.workspace('Acme');
  const ada = team.person('ada');
  const launch = team.channel('launch', [ada]);
  const it = await lives(world, team.token);
  await it.start();
  for (const what of ['tea', 'coffee', 'cocoa']) {
    await ada.types(launch, `/video a calm film for Aurora ${what}, 3s`);
    await it.kill();
    await it.start();
  }
  const roots = () => world.posts().filter((m) => !m.thread_ts);
  await eventually(() => roots().length === 3);
  await eventually(() => world.posts().filter(({ text }) => /Prompt/.test(text)).length === 3);
  await it.kill();
  expect(roots()).toHaveLength(3);
  const journal = await openSqlite({ folder: it.folder, clock: Date.now });
  expect(await journal.heads({ workspace: team.id, kind: 'campaign', limit: 10 })).toHaveLength(3);
  expect(await journal.keptKeys('slack', 'accepted/')).toEqual([]);
  await journal.close();
  expect(world.deliveries.all.filter(({ name }) => name === '/video').every(({ acked }) => acked)).toBe(true);
}, 120_000);
