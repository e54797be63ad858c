import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a mover process reports of one move, in bytes. */
export interface Used {
  idle: number;
  peak: number;
}

type Way = 'plain' | 'dailies';

const MB = 1_000_000;
const MiB = 1024 * 1024;
const large = 500 * MB;
const small = 100 * MB;

/** Over a plain streamed transfer of the same bytes, and over our own peak at a fifth of the size. */
const mostOverPlain = 1.3;
const mostOverSmall = 1.1;

/**
 * What memory it takes to download, hash, check and store a clip, against a plain transfer that only streams,
 * hashes and writes; each in a process of its own that moved something small before.
 */
export async function memory(say: (line: string) => void): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-bench-'));
  const source = child('source.ts', [folder]);
  try {
    const [url] = (await once(source, 'message')) as [string];
    const plain = await moved('plain', large, url, folder);
    const ours = await moved('dailies', large, url, folder);
    const less = await moved('dailies', small, url, folder);
    return tell(say, { plain, ours, less });
  } finally {
    source.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

const child = (file: string, args: string[]): ChildProcess =>
  fork(new URL(`./${file}`, import.meta.url), args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });

async function moved(way: Way, bytes: number, url: string, folder: string): Promise<Used> {
  const mover = child(`move-${way}.ts`, [`${url}/${bytes}`, `${url}/${MB}`, folder]);
  const [used] = (await once(mover, 'message')) as [Used];
  if (mover.exitCode === null) await once(mover, 'exit');
  return used;
}

function tell(say: (line: string) => void, found: { plain: Used; ours: Used; less: Used }): boolean {
  const { plain, ours, less } = found;
  const row = (name: string, { idle, peak }: Used) =>
    say(`${name.padEnd(34)}${mib(idle)}${mib(peak)}${mib(peak - idle)}`);
  say(`${''.padEnd(34)}${['idle', 'peak', 'over idle, MiB'].map((word) => word.padStart(8)).join('')}`);
  row('plain transfer of 500 MB', plain);
  row('Dailies, 500 MB', ours);
  row('Dailies, 100 MB', less);
  const overPlain = over(ours) / over(plain);
  const overSmall = ours.peak / less.peak;
  say(`over a plain transfer: ${overPlain.toFixed(2)}× (goal: at most ${mostOverPlain}×)`);
  say(`500 MB over 100 MB: ${overSmall.toFixed(2)}× (goal: at most ${mostOverSmall}×)`);
  return overPlain <= mostOverPlain && overSmall <= mostOverSmall;
}

const over = ({ idle, peak }: Used): number => peak - idle;
const mib = (bytes: number): string => (bytes / MiB).toFixed(0).padStart(8);
