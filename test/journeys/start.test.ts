import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { discordStandIn } from '../support/discord/discord.ts';
import { slackStandIn } from '../support/slack/slack.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const demo = fileURLToPath(new URL('../../src/cli/demo.ts', import.meta.url));
const register = fileURLToPath(new URL('../../src/cli/discord.ts', import.meta.url));
let folder: string;
let children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dailies-start-'));
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  rmSync(folder, { recursive: true, force: true });
});

/** A program of ours in a process of its own; `said` is everything it wrote. */
function run(file: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const env = { PORT: '0', DATA_DIR: folder, NO_COLOR: '1', ...environment };
  const child = spawn(process.execPath, [file, ...args], { env });
  children.push(child);
  let said = '';
  const { promise: ended, resolve } = Promise.withResolvers<number | null>();
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      for (const look of waiting) look();
    });
  child.on('close', resolve);
  return {
    child,
    ended,
    said: () => said,
    /** Resolves once something was written. */
    until: (text: RegExp) =>
      new Promise<void>((done) => {
        const look = () => (text.test(said) ? done(void waiting.delete(look)) : undefined);
        waiting.add(look);
        look();
      }),
  };
}

const plainSentence = /^[^\n]{20,400}\n$/;

describe('npm start', () => {
  test('says what is connected, what is missing and the next step, and stops cleanly', async () => {
    const it = run(main, []);
    await it.until(/Ctrl-C/);
    expect(it.said()).toMatch(/No chat platform is connected[\s\S]*npm start -- --terminal/);
    it.child.kill('SIGINT');
    expect(await it.ended).toBe(0);
  });

  test('a second start on the same folder is refused with one sentence', async () => {
    const first = run(main, []);
    await first.until(/running/);
    const second = run(main, []);
    expect(await second.ended).toBe(1);
    expect(second.said()).toMatch(plainSentence);
    expect(second.said()).toMatch(/already|another/i);
  });

  test.each([
    ['is a file', () => ({ DATA_DIR: file('in-the-way') })],
    ['cannot be written', () => ({ DATA_DIR: join(file('in-the-way'), 'below') })],
    [
      'holds garbage for a journal',
      () => {
        mkdirSync(join(folder, 'data'));
        writeFileSync(join(folder, 'data', 'journal.db'), 'garbage'.repeat(2_000));
        return { DATA_DIR: join(folder, 'data') };
      },
    ],
  ])('a data folder that %s: one clear sentence, no stack', async (_what, environment) => {
    const it = run(main, [], environment());
    expect(await it.ended).toBe(1);
    expect(it.said()).toMatch(plainSentence);
    expect(it.said()).not.toMatch(/Error:|\bat /);
  });

  test('a journal that another program holds: one clear sentence, and nothing is lost', async () => {
    const first = run(main, []);
    await first.until(/running/);
    first.child.kill('SIGINT');
    await first.ended;
    const other = new DatabaseSync(join(folder, 'journal.db'));
    other.exec('BEGIN IMMEDIATE');
    const it = run(main, []);
    expect(await it.ended).toBe(1);
    expect(it.said()).toMatch(plainSentence);
    other.exec('ROLLBACK');
    other.close();
    const again = run(main, []);
    await again.until(/running/);
  });

  test('wrong settings are all named at once', async () => {
    const it = run(main, [], { PORT: 'many', LOG_LEVEL: 'loud' });
    expect(await it.ended).toBe(1);
    expect(it.said()).toMatch(/PORT[\s\S]*LOG_LEVEL|LOG_LEVEL[\s\S]*PORT/);
  });

  test('the model of the environment is used where nobody names one', async () => {
    const it = run(main, ['--terminal'], { DEFAULT_MODEL: 'sample-draft' });
    await it.until(/video-help/);
    it.child.stdin?.write('/video a calm film for Aurora tea 3s\n');
    await it.until(/Sample Draft/);
  });

  test.each([
    ['the bot token', { SLACK_BOT_TOKEN: 'xoxb-wrong' }, /^Slack is not connected: SLACK_BOT_TOKEN .*Copy/m],
    ['the app token', { SLACK_APP_TOKEN: 'xapp-wrong' }, /^Slack is not connected: SLACK_APP_TOKEN .*Make/m],
  ])(
    'with %s wrong: one plain sentence with the next step, and nothing of machines',
    async (_, wrong, next) => {
      const slack = await slackStandIn();
      onTestFinished(() => slack.close());
      const right = { SLACK_BOT_TOKEN: slack.workspace('Acme').token, SLACK_APP_TOKEN: slack.app.appToken };
      const it = run(main, [], { SLACK_API_URL: slack.apiUrl, ...right, ...wrong });
      await it.until(/Ctrl-C/);
      it.child.kill('SIGINT');
      expect(await it.ended).toBe(0);
      expect(it.said()).toMatch(next);
      expect(
        it
          .said()
          .split('\n')
          .filter((line) => /Slack|slack/.test(line)),
      ).toHaveLength(1);
      expect(it.said()).not.toMatch(/^\{|stack|^ +at /m);
    },
  );

  test('an unknown flag is answered with what is possible', async () => {
    const it = run(main, ['--frobnicate']);
    expect(await it.ended).toBe(1);
    expect(it.said()).toMatch(/--frobnicate.*npm start -- --terminal/);
  });

  test('a person at a pipe types a brief, sees the prompt, and leaves', async () => {
    const it = run(main, ['--terminal']);
    await it.until(/video-help/);
    it.child.stdin?.write('/video a calm film for Aurora tea 3s\n');
    await it.until(/Generate \(\$0\.30\)/);
    it.child.stdin?.end();
    expect(await it.ended).toBe(0);
  });
});

describe('npm run demo', () => {
  test.each([
    [['--logo', '/nowhere.png'], /no file .*nowhere\.png/],
    [['--frobnicate'], /--frobnicate[\s\S]*--brief TEXT/],
    [['--duration', 'six'], /six/],
    [['--template', 'poster'], /poster/],
    [['--brief', ''], /Say in a few words/],
    [['--json', '--duration', 'six'], /^I could not read .six. as a length/],
    [['--json', '--template', 'poster'], /^I do not know the template .poster./],
    [['--json', '--duration', '9000'], /^9000 seconds is not possible/],
  ])('%j: one clear sentence and a non-zero exit', async (args, sentence) => {
    const it = run(demo, [...args, '--out', join(folder, 'out')]);
    expect(await it.ended).toBe(1);
    expect(it.said()).toMatch(sentence);
    expect(it.said()).not.toMatch(/\bat file:/);
  });

  test('a logo that is none: said, and a non-zero exit', async () => {
    const it = run(demo, ['--logo', file('logo.png'), '--out', join(folder, 'out'), '--json']);
    expect(await it.ended).toBe(1);
    expect(it.said()).toMatch(/logo\.png was not taken: it is no picture/);
  });
});

/** A file that is nothing in particular. */
function file(name: string): string {
  writeFileSync(join(folder, name), 'nothing in particular');
  return join(folder, name);
}

describe('npm start with Discord', () => {
  test('says who it is there, how servers invite it and what is missing; put out for good it ends with a sentence', async () => {
    const world = await discordStandIn({ gateway: { identifyWindow: 0 } });
    onTestFinished(() => world.close());
    const it = run(main, [], { DISCORD_TOKEN: world.token, DISCORD_API_URL: world.api });
    await it.until(/Ctrl-C/);
    expect(it.said()).toMatch(/Discord is connected as dailies/);
    expect(it.said()).toMatch(/npm run discord -- register/);
    expect(it.said()).toContain(`client_id=${world.application}`);
    world.gateway.close(4004);
    expect(await it.ended).toBe(1);
    expect(it.said()).toMatch(/put out of Discord[^\n]*DISCORD_TOKEN/);
    expect(it.said()).not.toMatch(/ {4}at /);
  });

  test('another token is one sentence and the end', async () => {
    const world = await discordStandIn();
    onTestFinished(() => world.close());
    const it = run(main, [], { DISCORD_TOKEN: 'MTA.other.token', DISCORD_API_URL: world.api });
    expect(await it.ended).toBe(1);
    expect(it.said()).toMatch(plainSentence);
    expect(it.said()).toMatch(/DISCORD_TOKEN/);
  });
});

describe('npm run discord', () => {
  test('registers what changed, and shows it without sending', async () => {
    const world = await discordStandIn();
    onTestFinished(() => world.close());
    const environment = { DISCORD_TOKEN: world.token, DISCORD_API_URL: world.api };
    const dry = run(register, ['register', '--dry-run'], environment);
    expect(await dry.ended).toBe(0);
    expect(JSON.parse(dry.said())).toHaveLength(commands.length + 1);
    expect(world.requests()).toEqual([]);
    for (const said of [/are registered in all servers/, /Nothing to do/]) {
      const it = run(register, ['register'], environment);
      expect(await it.ended).toBe(0);
      expect(it.said()).toMatch(said);
    }
    expect(world.requests('put-commands')).toHaveLength(1);
  });

  test('without a token says which one', async () => {
    const it = run(register, ['register']);
    expect(await it.ended).toBe(1);
    expect(it.said()).toMatch(/DISCORD_TOKEN/);
    expect(it.said()).toMatch(plainSentence);
  });
});
