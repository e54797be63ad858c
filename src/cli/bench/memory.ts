import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './median.ts';

/** What a mover process reports of one move, in bytes. */
export interface Used {
  idle: number;
  peak: number;
  /** How late its main thread came to a timer meanwhile, in milliseconds. */
  late: { p99: number; most: number };
}

type Way = 'plain' | 'dailies';

const MB = 1_000_000;
const MiB = 1024 * 1024;
const rounds = 3;
const large = 500 * MB;
const small = 100 * MB;

/** Over a plain streamed transfer of the same bytes, and over our own peak at a fifth of the size. */
const mostOverPlain = 1.3;
const mostOverSmall = 1.1;
/** Milliseconds that somebody may wait for an answer while bytes move. */
const mostLate = 1000;

interface Run {
  name: string;
  way: Way;
  size: number;
}
const runs = {
  plain: { name: 'plain transfer of 500 MB', way: 'plain', size: large },
  ours: { name: 'Dailies, 500 MB', way: 'dailies', size: large },
  less: { name: 'Dailies, 100 MB', way: 'dailies', size: small },
} satisfies Record<string, Run>;

/**
 * What memory it takes to download, hash, check and store a clip, against a plain transfer that only streams,
 * hashes and writes: each in a process of its own, several times in turn. The check decodes in a child of that
 * process, which is not counted.
 */
export async function memory(say: (line: string) => void): Promise<boolean> {
  const { plain, ours, less } = runs;
  const [a, b, c] = await used([plain, ours, less], rounds);
  return a && b && c ? tell(say, { plain: a, ours: b, less: c }) : false;
}

/** The median of each, run so many times in turn. */
export async function used(each: readonly Omit<Run, 'name'>[], times: number): Promise<Used[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-bench-'));
  const source = child('source.ts', [folder]);
  try {
    const [url] = (await once(source, 'message')) as [string];
    const found = each.map((): Used[] => []);
    for (let round = 0; round < times; round++)
      for (const [i, run] of each.entries()) found[i]?.push(await moved(run, url, folder));
    return found.map(middle);
  } finally {
    source.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

const child = (file: string, args: string[]): ChildProcess =>
  fork(new URL(`./${file}`, import.meta.url), args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });

async function moved({ way, size }: Omit<Run, 'name'>, url: string, folder: string): Promise<Used> {
  const mover = child(`move-${way}.ts`, [`${url}/${size}`, folder]);
  const [used] = (await once(mover, 'message')) as [Used];
  if (mover.exitCode === null) await once(mover, 'exit');
  return used;
}

const middle = (used: readonly Used[]): Used => ({
  idle: median(used.map(({ idle }) => idle)),
  peak: median(used.map(({ peak }) => peak)),
  late: {
    p99: median(used.map(({ late }) => late.p99)),
    most: Math.max(...used.map(({ late }) => late.most)),
  },
});

function tell(say: (line: string) => void, found: Record<keyof typeof runs, Used>): boolean {
  const { plain, ours, less } = found;
  const row = (name: string, { idle, peak, late }: Used) =>
    say(
      `${name.padEnd(28)}${[idle, peak, peak - idle].map(mib).join('')}${[late.p99, late.most].map(ms).join('')}`,
    );
  say(
    `${`MiB, median of ${rounds}`.padEnd(28)}${['idle', 'peak', 'over idle', 'late p99', 'late most'].map(column).join('')}`,
  );
  for (const name of ['plain', 'ours', 'less'] as const) row(runs[name].name, found[name]);
  const overPlain = over(ours) / over(plain);
  const overSmall = ours.peak / less.peak;
  say(`over a plain transfer: ${overPlain.toFixed(2)}× (goal: at most ${mostOverPlain}×)`);
  say(`500 MB over 100 MB: ${overSmall.toFixed(2)}× (goal: at most ${mostOverSmall}×)`);
  say(`the thread that answers, late at most: ${ms(ours.late.most).trim()} (goal: at most ${mostLate} ms)`);
  return overPlain <= mostOverPlain && overSmall <= mostOverSmall && ours.late.most <= mostLate;
}

const over = ({ idle, peak }: Used): number => peak - idle;
const mib = (bytes: number): string => column((bytes / MiB).toFixed(0));
const ms = (milliseconds: number): string => column(`${milliseconds.toFixed(1)} ms`);
const column = (text: string): string => text.padStart(11);
