import { ack } from './bench/ack.ts';
import { growth } from './bench/growth.ts';
import { idle } from './bench/idle.ts';
import { memory } from './bench/memory.ts';
import { workers } from './bench/workers.ts';

/** Each compares us with a floor measured in the same run, or with what we promise; resolves to whether every goal is kept. */
const benches: Record<string, (say: (line: string) => void) => Promise<boolean>> = {
  memory,
  growth,
  ack,
  workers,
  idle,
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const [name = ''] = process.argv.slice(2);
const bench = benches[name];
if (bench) process.exitCode = (await bench(say)) ? 0 : 1;
else {
  say(`npm run bench -- NAME    where NAME is one of: ${Object.keys(benches).join(', ')}`);
  process.exitCode = name === '' ? 0 : 1;
}
