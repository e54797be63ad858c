import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dropFolder } from '../support/folder.ts';
import { type Mutant, mutants } from './mutants.ts';

/** Breaks each promise in a copy of the tree and sees that the tests notice. Slow: not part of `npm test`. */

const root = fileURLToPath(new URL('../../', import.meta.url));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function copyOfTree(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'dailies-mutants-'));
  const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
  for (const file of files.filter(Boolean)) await cp(join(root, file), join(copy, file), { recursive: true });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** Whether a run of these tests fails. */
async function fails(copy: string, tests: readonly string[]): Promise<boolean> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', ...tests], { cwd: copy, stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code !== 0;
}

async function verdictOn({ file, instead: [from, to], caughtBy }: Mutant, copy: string): Promise<string> {
  const path = join(copy, file);
  const sound = await readFile(path, 'utf8');
  if (!sound.includes(from)) return 'STALE: the text is not there any more';
  await writeFile(path, sound.replaceAll(from, to));
  const caught = await fails(copy, caughtBy);
  await writeFile(path, sound);
  return caught ? 'caught' : 'SURVIVED';
}

const wanted = process.argv[2] ?? '';
const chosen = mutants.filter(({ name }) => name.includes(wanted));
const copy = await copyOfTree();
try {
  const tests = [...new Set(chosen.flatMap(({ caughtBy }) => caughtBy))];
  if (await fails(copy, tests)) throw new Error(`the tests fail without any mutant: ${tests.join(' ')}`);
  for (const mutant of chosen) {
    const verdict = await verdictOn(mutant, copy);
    if (verdict !== 'caught') process.exitCode = 1;
    say(`${verdict.padEnd(9)} ${mutant.name}  (${mutant.caughtBy.map((test) => dirname(test)).join(', ')})`);
  }
} finally {
  await dropFolder(copy);
}
