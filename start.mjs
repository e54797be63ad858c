// Runs a .ts entry on a Node that can: this one when it is new enough, else the Node 24 that `npm ci` brought along.
import { spawn } from 'node:child_process';
import { enableCompileCache } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';

const [major, minor] = process.versions.node.split('.').map(Number);
const [entry, ...rest] = process.argv.slice(2);
// Whoever only hears people waits most of the time: a small nursery, and memory given back while it waits.
const { role } = parseArgs({ args: rest, options: { role: { type: 'string' } }, strict: false }).values;
const thrift = role === 'chat' ? ['--optimize-for-size', '--max-semi-space-size=1'] : [];
if (major > 24 || (major === 24 && minor >= 0) || (major === 22 && minor >= 18)) {
  for (const flag of thrift) setFlagsFromString(flag);
  enableCompileCache();
  process.argv.splice(1, 2, entry);
  await import(pathToFileURL(entry).href);
} else {
  const node = fileURLToPath(new URL('./node_modules/.bin/node', import.meta.url));
  const child = spawn(node, [...thrift, entry, ...rest], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('error', () => {
    process.stderr.write('Dailies needs Node 24: run `npm ci`, which brings one along.\n');
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 1 : (code ?? 1);
  });
}
