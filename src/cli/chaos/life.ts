import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { usualPolicy } from '../../campaign/policy.ts';
import { terminal } from '../../chat/terminal/platform.ts';
import { readConfig } from '../../config.ts';
import { embedded } from '../../wiring/embedded.ts';
import { drive, type ScenarioName } from './drive.ts';
import { scaledTimes } from './times.ts';

/**
 * One life of the app under test: works on its campaigns until all are decided (exit 0) or until it is killed.
 * Arguments: folder, how many campaigns, `points` to die at every named point that was not died at before (of the
 * effects `points=a,b`), and what is played; what is to be cancelled waits long in the queue.
 */
const [folder = '', campaigns = '1', mode = '', scenario = 'approve'] = process.argv.slice(2);
const diedAt = join(folder, 'died-at.txt');
const acknowledged = join(folder, 'acknowledged.txt');

/** Writes the point down, durably, and dies there as a power cut would have it. */
async function dieOnce(point: string, effect: string): Promise<void> {
  const name = `${effect} ${point}`;
  const before = existsSync(diedAt) ? readFileSync(diedAt, 'utf8').split('\n') : [];
  if (!isMortal(effect) || before.includes(name)) return;
  write(diedAt, name);
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => {});
}

function isMortal(effect: string): boolean {
  const [kind, effects] = mode.split('=');
  return kind === 'points' && (effects === undefined || effects.split(',').includes(effect));
}

function write(file: string, line: string): void {
  const handle = openSync(file, 'a');
  writeSync(handle, `${line}\n`);
  fsyncSync(handle);
  closeSync(handle);
}

const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
let n = 0;
const chats = () => ({
  terminal: terminal({
    folder: join(folder, 'terminal'),
    workspace: 'chaos',
    person: 'maya',
    people: { lee: { name: 'Lee', groups: ['brand'], manager: false } },
    output: silent,
    newId: () => `${process.pid}-${++n}`,
    now: Date.now,
    onSent: (name) => dieOnce('sent', name === 'open' ? 'open-place' : 'sync-card'),
  }),
});
const config = readConfig();
const app = await embedded({
  config: { ...config, DATA_DIR: folder, LOG_LEVEL: 'error' },
  chats,
  policy: {
    ...usualPolicy,
    defaultModel: config.DEFAULT_MODEL ?? null,
    approvers: { people: [], groups: ['brand'] },
    stills: 2,
    times: scaledTimes,
  },
  samples: {
    scale: 0.1,
    wait: { queue: scenario === 'cancel' ? 60 : 0.02, run: 0.02 },
    onSent: (name) => dieOnce('sent', name === 'create' ? 'buy-take' : 'make-still'),
  },
  at: dieOnce,
});
await drive(app, scenario as ScenarioName, Number(campaigns), (told) => write(acknowledged, told));
await app.stop();
appendFileSync(join(folder, 'ended.txt'), 'ended\n');
