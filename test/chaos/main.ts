import { parseArgs } from 'node:util';
import { type Kind, kinds } from './faults.ts';
import { type Report, scaledChaos } from './run.ts';

const { values } = parseArgs({
  options: { faults: { type: 'string' }, seed: { type: 'string' } },
});
const faults = Number(values.faults ?? 100);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const begun = Date.now();
say(`chaos: ${faults} faults on two chat processes and three workers, seed ${seed}`);
const report = await scaledChaos({ faults, seed, atOnce: 3, patience: 120_000, say });
tell(report);

function tell({ promises, faults: struck, campaigns, takes, messages, quietAfter, evidence }: Report): void {
  const seconds = (milliseconds: number) => `${Math.round(milliseconds / 1000)} s`;
  for (const kind of Object.keys(kinds) as Kind[])
    say(`${String(struck.filter((one) => one.kind === kind).length).padStart(5)}  ${kind}`);
  for (const { promise, says, looked, broken } of promises)
    say(
      `${promise.padEnd(4)} ${(broken.length === 0 ? 'held' : 'BROKEN').padEnd(7)} ${String(looked).padStart(6)}  ${says}`,
    );
  const all = promises.flatMap(({ broken }) => broken);
  for (const sentence of all) say(sentence);
  say(
    `${campaigns} campaigns, ${takes} takes, ${messages} messages in ${seconds(Date.now() - begun)}; at rest ${seconds(quietAfter)} after the last`,
  );
  say(all.length === 0 ? 'every promise held' : `${all.length} promises broken, seed ${seed}`);
  if (evidence) say(`kept for looking at: ${evidence}`);
  process.exitCode = all.length === 0 ? 0 : 1;
}
