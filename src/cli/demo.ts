import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { type Terminal, terminal } from '../chat/terminal/platform.ts';
import { type Config, readConfig } from '../config.ts';
import { Never } from '../errors.ts';
import type { Storage } from '../storage/storage.ts';
import type { App } from '../wiring/app.ts';
import { embedded } from '../wiring/embedded.ts';
import { deliver } from './demo-delivery.ts';
import { type DemoOptions, readDemoOptions } from './demo-options.ts';
import { play } from './demo-script.ts';

/** One person asks, another decides: nobody approves what they asked for. */
const people = {
  maya: { name: 'Maya', groups: ['marketing'], manager: false },
  lee: { name: 'Lee', groups: ['brand'], manager: false },
};
const policy = { approvers: { people: [], groups: ['brand'] } };

async function demo(options: DemoOptions, config: Config): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-demo-'));
  const heard: string[] = [];
  let app: App | undefined;
  try {
    const started = await embedded({
      config: { ...config, DATA_DIR: folder },
      chats: ({ storage }) => ({ terminal: seatFor(options, config, folder, { storage, heard }) }),
      policy,
    });
    app = started;
    const seat = started.chats.terminal;
    const { stop } = await seat.listen(started.doorsFor(seat.name));
    const campaign = await play({
      app: started,
      seat,
      options,
      say: sayOn(options),
      answers: () => answersIn(heard),
    });
    await stop();
    await deliver(started, campaign, options);
  } finally {
    await app?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const seatFor = (
  { json }: DemoOptions,
  config: Config,
  folder: string,
  { storage, heard }: { storage: Storage; heard: string[] },
): Terminal =>
  terminal({
    folder: join(folder, 'terminal'),
    workspace: 'demo',
    person: 'maya',
    people,
    output: json ? silent(heard) : process.stdout,
    newId: randomUUID,
    now: Date.now,
    columns: () => process.stdout.columns ?? 100,
    rows: () => process.stdout.rows ?? 40,
    live: !json && process.stdout.isTTY,
    colour: process.stdout.isTTY && config.NO_COLOR === undefined,
    pathOf: (file) => storage.path(file.key) ?? file.key,
  });

/** Keeps what would have been shown, so that a refusal can still be told. */
const silent = (heard: string[]): Writable =>
  new Writable({
    write(chunk, _encoding, done) {
      heard.push(String(chunk));
      done();
    },
  });

/** The sentences that answered what was typed, without what was typed. */
const answersIn = (heard: readonly string[]): string =>
  heard
    .join('')
    .split(/\n(?=[›◆])/)
    .slice(1)
    .map((answer) =>
      answer
        .replace(/^[›◆]\s*/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .join(' ');

const sayOn =
  ({ json }: DemoOptions) =>
  (text: string): void =>
    json ? undefined : void process.stdout.write(`\n── ${text}\n`);

const options = readDemoOptions(process.argv.slice(2));
if ('wrong' in options) fail(options.wrong);
else
  await Promise.resolve()
    .then(() => demo(options, readConfig()))
    .catch((error: unknown) => fail(error instanceof Never ? error.message : String((error as Error).stack)));

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
