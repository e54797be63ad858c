import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { readConfig } from '../../config.ts';
import { openPostgres } from '../../journal/postgres.ts';
import { inProcess } from '../../queue/in-process.ts';
import { brief, crewOn } from './house.ts';
import { median } from './median.ts';
import type { Given } from './workers/child.ts';

const rounds = 3;
const campaigns = 100;
const least = 1.7;
const longest = 120_000;
/** What a provider takes; and how much of it one process has going on at once. */
const work: Pick<Given, 'waits' | 'limits'> = {
  waits: { 'buy-take': 300, 'watch-take': 3_000 },
  limits: { 'buy-take': 10, 'watch-take': 10 },
};

/** What a second process of workers is worth, where work mostly waits for providers. */
export async function workers(say: (line: string) => void): Promise<boolean> {
  const { DATABASE_URL: url, REDIS_URL: redis } = readConfig();
  if (!url || !redis) {
    say('Workers are measured where DATABASE_URL and REDIS_URL are set.');
    return false;
  }
  const found: Record<1 | 2, number[]> = { 1: [], 2: [] };
  for (let round = 0; round < rounds; round++)
    for (const n of [1, 2] as const) {
      const seconds = await drained(n, { url, redis, prefix: `bench-${randomUUID()}`, ...work });
      found[n].push(campaigns / seconds);
      say(
        `  ${n} ${n === 1 ? 'process ' : 'processes'}  ${(campaigns / seconds).toFixed(1)} clips per second`,
      );
    }
  const ratio = median(found[2]) / median(found[1]);
  say(`Two do ${ratio.toFixed(2)}× of what one does  (goal: ${least}×)`);
  return ratio >= least;
}

/** Seconds in which this many processes make all clips that are wanted. */
async function drained(n: number, given: Given): Promise<number> {
  const workspace = `bench-${randomUUID().slice(0, 8)}`;
  const made = await wanted(workspace, given);
  const children = await Promise.all(Array.from({ length: n }, () => begin(given)));
  const begun = performance.now();
  for (const child of children) child.send('go');
  try {
    while ((await made.left()) > 0) {
      if (performance.now() - begun > longest) throw new Error('the work did not end');
      await setTimeout(20);
    }
    return (performance.now() - begun) / 1000;
  } finally {
    await Promise.all(children.map(end));
    await made.close();
  }
}

/** Campaigns whose clip is asked for and not begun. */
async function wanted(workspace: string, { url }: Given) {
  const journal = await openPostgres({ url, connections: 4 });
  const queue = inProcess({ clock: Date.now });
  const { engine, worker, tell } = crewOn(journal, queue, { waits: {} });
  await worker.start();
  const ids: string[] = [];
  for (let i = 0; i < campaigns; i++) {
    const { campaign } = await tell(workspace, 'maya', { type: 'open', ...brief }, { place: 'bench:c' });
    ids.push(campaign ?? '');
  }
  for (const id of ids)
    while ((await engine.campaign(`campaign:${id}`)).revisions.length === 0) await setTimeout(10);
  await queue.close();
  await worker.stop(5_000);
  for (const id of ids) await tell(workspace, 'maya', { type: 'generate' }, { campaign: id });
  return {
    left: async () =>
      campaigns -
      (await journal.heads({ workspace, kind: 'campaign', status: 'needsReview', limit: campaigns })).length,
    close: () => journal.close(),
  };
}

async function begin(given: Given): Promise<ChildProcess> {
  const child = fork(new URL('./workers/child.ts', import.meta.url), [JSON.stringify(given)]);
  await once(child, 'message');
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.send('stop');
  await ended;
}
