// npm leaves platform packages that its registry lacks out of package-lock.json, and `npm ci` then refuses that very
// file (npm/cli#9846). Run after `npm install`: adds what is missing, so that the lock file serves every platform.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const words = {
  os: ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32', 'sunos', 'netbsd', 'openbsd', 'aix'],
  cpu: ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32'],
};
const partsOf = (name) => name.split(/[-./]/).map((part) => part.replace(/^armv?\d*$/, 'arm'));
const found = (name, kind) => words[kind].filter((word) => partsOf(name).includes(word));

let added = 0;
for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    const places = [`${parent}/node_modules/${name}`.replace(/^\//, ''), `node_modules/${name}`];
    const [os, cpu] = [found(name, 'os'), found(name, 'cpu')];
    if (places.some((place) => lock.packages[place]) || os.length === 0) continue;
    lock.packages[`node_modules/${name}`] = {
      version: range.replace(/^[\^~]/, ''),
      ...(cpu.length > 0 ? { cpu } : {}),
      ...(dev ? { dev } : {}),
      optional: true,
      os,
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added} platform packages added\n`);
