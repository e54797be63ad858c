import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { standIns } from '../chaos/services.ts';
import { beside } from './ack/beside.ts';
import { paired } from './ack/paired.ts';
import { slackApi } from './ack/slack-api.ts';

const rates = [50, 200];

/** Most: ours over bare Bolt and one durable commit together, each at that quantile; and CPU over bare Bolt's. */
const goals = { p50: 1.5, p99: 2, cpu: 3 };
/** Milliseconds, beside everything else. */
const busyGoal = 250;

type Say = (line: string) => void;

/** How soon Slack hears "ok", after the commit: at rest against a floor, and while everything else goes on. */
export async function ack(say: Say): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-ack-'));
  const api = await slackApi();
  const variables = (name: string) => ({
    ...{ DATA_DIR: join(folder, name), SLACK_API_URL: api.url, SLACK_BOT_TOKEN: 'xoxb-bench' },
    SLACK_SIGNING_SECRET: secret,
  });
  try {
    const kept: boolean[] = [];
    for (const rate of rates) kept.push(await atRest(rate, { folder, variables: variables(`${rate}`) }, say));
    kept.push(await whileBusy(variables('busy'), say));
    return kept.every(Boolean);
  } finally {
    api.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const secret = 'a signing secret of the bench';

async function atRest(
  rate: number,
  given: { folder: string; variables: Record<string, string> },
  say: Say,
): Promise<boolean> {
  const { bare, commit, ours, ratios } = await paired({ rate, secret, ...given });
  say(`${rate} commands a second (medians of rounds in turn, load ${load()})`);
  say(row('', 'p50 ms', 'p99 ms', 'CPU ms each'));
  say(row('bare Bolt', number(bare.p50), number(bare.p99), number(bare.cpu)));
  say(row('one durable commit', number(commit.p50), number(commit.p99)));
  say(row('Dailies', number(ours.p50), number(ours.p99), number(ours.cpu)));
  const names = ['p50', 'p99', 'cpu'] as const;
  say(row('over the floor', ...names.map((name) => `${number(ratios[name])}×`)));
  say(row('goal, at most', ...names.map((name) => `${number(goals[name])}×`)));
  say(row('', ...names.map((name) => verdict(ratios[name] <= goals[name]))));
  return names.every((name) => ratios[name] <= goals[name]);
}

/** Sixty campaigns buy, bring and finish clips in the same process, one encoding at a time. */
async function whileBusy(variables: Record<string, string>, say: Say): Promise<boolean> {
  const providers = await standIns();
  const { PUBLIC_URL: _, ...keys } = providers.variables(0);
  try {
    const { p50, p99, late, cpu, rate, seconds, campaigns } = await beside({
      secret,
      variables: { ...variables, ...keys },
    });
    say(`${rate} commands a second beside ${campaigns} campaigns (load ${load()})`);
    say(row('', 'p50 ms', 'p99 ms', 'CPU s', 'late p99', 'at most'));
    say(row('Dailies', ...[p50, p99, cpu, late.p99, late.most].map(number)));
    say(row(`goal, in ${seconds} s`, '', number(busyGoal)));
    say(row('', '', verdict(p99 <= busyGoal)));
    return p99 <= busyGoal;
  } finally {
    providers.close();
  }
}

const load = (): string => loadavg()[0]?.toFixed(1) ?? '';
const verdict = (isMet: boolean): string => (isMet ? 'met' : 'MISSED');
const number = (value: number): string => value.toFixed(2);
const row = (name: string, ...cells: readonly string[]): string =>
  `  ${name.padEnd(20)}${cells.map((cell) => cell.padStart(12)).join('')}`;
