import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type End, live } from './chaos/lives.ts';
import { randomFrom } from './chaos/random.ts';
import { type Services, samples, standIns } from './chaos/services.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Milliseconds a life lasts at most: from before it has begun to work until well into it. */
const longestLife = 4_000;
const campaignsAtOnce = 3;

/** Lives and deaths on one folder until its campaigns are decided; gives the number of kills. */
async function era(
  folder: string,
  killsLeft: number,
  random: () => number,
  scenario: string,
  variables: Record<string, string>,
): Promise<{ kills: number; end: End }> {
  let kills = 0;
  for (;;) {
    const mercy = kills >= killsLeft;
    const end = await live(
      folder,
      [String(campaignsAtOnce), '', scenario],
      mercy ? undefined : 300 + random() * longestLife,
      variables,
    );
    if (end.how !== 'killed') return { kills, end };
    kills += 1;
  }
}

async function chaos(kills: number, seed: number, services: Services): Promise<void> {
  const random = randomFrom(seed);
  let eras = 0;
  const total = { kills: 0, campaigns: 0, takes: 0, messages: 0, broken: [] as string[] };
  say(`chaos: ${kills} kills, seed ${seed}`);
  while (total.kills < kills && total.broken.length === 0) {
    const folder = await mkdtemp(join(tmpdir(), 'dailies-chaos-'));
    const { kills: died, end } = await era(
      folder,
      kills - total.kills,
      random,
      services.scenario(eras),
      services.variables(eras),
    );
    eras += 1;
    const findings = await services.verify(folder);
    total.kills += died;
    total.campaigns += findings.campaigns;
    total.takes += findings.takes;
    total.messages += findings.messages;
    total.broken.push(
      ...findings.broken,
      ...(end.how === 'failed' ? [`a life failed by itself: ${end.said}`] : []),
    );
    if (total.broken.length === 0) await rm(folder, { recursive: true, force: true });
    else say(`kept for looking at: ${folder}`);
    say(
      `${total.kills} kills, ${total.campaigns} campaigns, ${total.takes} takes, ${total.messages} messages`,
    );
  }
  for (const sentence of total.broken) say(sentence);
  say(
    total.broken.length === 0 ? 'every promise held' : `${total.broken.length} promises broken, seed ${seed}`,
  );
  process.exitCode = total.broken.length === 0 ? 0 : 1;
}

/** Two chat processes and three workers, before the tests' own servers and stand-ins: theirs to run. */
async function scaled(faults: string, seed: number): Promise<void> {
  const program = new URL('../../test/chaos/main.ts', import.meta.url);
  const [code] = await once(fork(program, ['--faults', faults, '--seed', `${seed}`]), 'exit');
  process.exitCode = code === 0 ? 0 : 1;
}

const usage =
  'npm run chaos -- --kills 50 --seed 7 [--drivers real], or npm run chaos -- --mode scaled --faults 100 --seed 7';
const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    seed: { type: 'string' },
    drivers: { type: 'string' },
    mode: { type: 'string' },
    faults: { type: 'string' },
  },
});
const kills = Number(values.kills ?? 50);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const drivers = { samples, real: standIns }[values.drivers ?? 'samples'];
const mode = values.mode ?? 'embedded';
if (mode === 'scaled' && /^[1-9]\d*$/.test(values.faults ?? '100') && Number.isInteger(seed)) {
  await scaled(values.faults ?? '100', seed);
} else if (mode === 'embedded' && Number.isInteger(kills) && kills > 0 && Number.isInteger(seed) && drivers) {
  const services = await drivers(seed);
  await chaos(kills, seed, services).finally(() => services.close());
} else {
  process.stderr.write(`Whole numbers, please: ${usage}\n`);
  process.exitCode = 1;
}
