import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standIns } from '../chaos/services.ts';
import { type Child, started } from './ack/child.ts';
import { load } from './ack/load.ts';
import { slackApi } from './ack/slack-api.ts';

const secret = 'a signing secret of the bench';
const seconds = 8;
const rates = [50, 200];
const rounds = 3;
/** Of our acknowledgement over bare Bolt and one durable commit together, each at that quantile; and of CPU. */
const goals = { p50: 1.5, p99: 2, cpu: 3 };

const busy = { campaigns: 60, rate: 10, seconds: 30, p99: 250 };

interface Served {
  waits: number[];
  /** Milliseconds of CPU a command. */
  cpu: number;
}

/** How soon Slack hears "ok", after the commit: at rest against a floor, and while everything else goes on. */
export async function ack(say: (line: string) => void): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-ack-'));
  const api = await slackApi();
  const variables = (name: string) => ({
    ...{ DATA_DIR: join(folder, name), SLACK_API_URL: api.url, SLACK_BOT_TOKEN: 'xoxb-bench' },
    SLACK_SIGNING_SECRET: secret,
  });
  try {
    let kept = true;
    for (const rate of rates) kept = (await atRest(rate, folder, variables, say)) && kept;
    return (await whileBusy(variables('busy'), say)) && kept;
  } finally {
    api.close();
    await rm(folder, { recursive: true, force: true });
  }
}

type Variables = (name: string) => Record<string, string>;

/** Each in its turn, round after round: what the machine does beside hits all of them. */
async function atRest(rate: number, folder: string, variables: Variables, say: (line: string) => void) {
  const found = { bare: [] as Served[], commit: [] as number[], ours: [] as Served[] };
  for (let round = 0; round < rounds; round++) {
    found.bare.push(await served('bare.ts', [secret], {}, rate));
    const { child, first } = await started<{ waits: number[] }>('commit.ts', [
      folder,
      `${rate}`,
      `${seconds}`,
    ]);
    child.end();
    found.commit.push(...first.waits);
    found.ours.push(await served('ours.ts', ['chat'], variables(`${rate}-${round}`), rate));
  }
  const [bare, ours] = [found.bare, found.ours].map((all) => all.flatMap(({ waits }) => waits));
  const cpu = (all: Served[]) => all.reduce((sum, one) => sum + one.cpu, 0) / all.length;
  const floor = (q: number) => quantile(bare ?? [], q) + quantile(found.commit, q);
  const [p50, p99] = [0.5, 0.99].map((q) => quantile(ours ?? [], q) / floor(q)) as [number, number];
  const work = cpu(found.ours) / cpu(found.bare);
  say(`${rate} commands a second     p50 ms   p99 ms   CPU ms each`);
  say(`  bare Bolt            ${ms(bare ?? [], 0.5)} ${ms(bare ?? [], 0.99)} ${number(cpu(found.bare))}`);
  say(`  one durable commit   ${ms(found.commit, 0.5)} ${ms(found.commit, 0.99)}`);
  say(`  Dailies              ${ms(ours ?? [], 0.5)} ${ms(ours ?? [], 0.99)} ${number(cpu(found.ours))}`);
  say(
    `  over the sum: ${number(p50)}× ${number(p99)}×, CPU ${number(work)}×  (goals: at most ${Object.values(goals).join('×, ')}×)`,
  );
  return p50 <= goals.p50 && p99 <= goals.p99 && work <= goals.cpu;
}

async function served(file: string, args: string[], variables: Record<string, string>, rate: number) {
  const { child, first } = await started<{ url: string }>(file, args, variables);
  try {
    await load({ url: first.url, secret, rate, seconds: 1 });
    const before = await cpuOf(child);
    const waits = await load({ url: first.url, secret, rate, seconds });
    return { waits, cpu: ((await cpuOf(child)) - before) / waits.length };
  } finally {
    child.end();
  }
}

const cpuOf = async (child: Child): Promise<number> => (await child.ask<{ cpu: number }>('cpu')).cpu;

/** Sixty campaigns buy, bring and finish clips in the same process, one encoding at a time. */
async function whileBusy(variables: Record<string, string>, say: (line: string) => void): Promise<boolean> {
  const providers = await standIns();
  const { PUBLIC_URL: _, ...keys } = providers.variables;
  const args = ['all', `${busy.campaigns}`];
  const { child, first } = await started<{ url: string }>('ours.ts', args, { ...variables, ...keys });
  try {
    const { rate, seconds } = busy;
    const waits = await load({ url: first.url, secret, rate, seconds });
    const cpu = await cpuOf(child);
    const p99 = quantile(waits, 0.99);
    say(
      `${rate} commands a second beside ${busy.campaigns} campaigns (${number(cpu / 1000)} s of CPU in ${seconds} s)`,
    );
    say(`  Dailies              ${ms(waits, 0.5)} ${ms(waits, 0.99)}   (goal: p99 at most ${busy.p99} ms)`);
    return p99 <= busy.p99;
  } finally {
    child.end();
    providers.close();
  }
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
}

const number = (value: number): string => value.toFixed(2).padStart(8);
const ms = (values: readonly number[], q: number): string => number(quantile(values, q));
