import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import type { Books } from '../../src/cli/chaos/books.ts';
import { checkFilm } from '../../src/media/check.ts';

const at = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));

let standIns: ChildProcess | undefined;
afterEach(() => standIns?.kill());

/** The stand-ins in a process of their own, and what they print for a shell to source. */
async function started(): Promise<Record<string, string>> {
  standIns = fork(at('test/support/stand-ins.ts'), { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  let printed = '';
  standIns.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const [{ variables }] = (await once(standIns, 'message')) as [{ variables: Record<string, string> }];
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${value}\n`);
  await vi.waitFor(() => expect(printed).toBe(lines.join('')));
  return variables;
}

async function logs(): Promise<{ books: Books; asked: string[] }> {
  standIns?.send('books');
  const [told] = await once(standIns as ChildProcess, 'message');
  return told;
}

test('npm run demo with the base URLs of the stand-ins runs the whole campaign on the real drivers', async () => {
  const variables = await started();
  const out = mkdtempSync(join(tmpdir(), 'dailies-demo-real-'));
  const env = { ...variables, PATH: '/usr/bin:/bin' };
  const child = spawn(process.execPath, [at('src/cli/demo.ts'), '--out', out], { env });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  const path = /^delivered (.+)$/.exec(said.trim().split('\n').at(-1) ?? '')?.[1] ?? '';
  expect(await checkFilm(path)).toMatchObject({ videoCodec: 'avc', width: 1280, height: 720 });
  expect(said).not.toContain('Sample:');

  const { books, asked } = await logs();
  const count = (path: RegExp) => asked.filter((line) => path.test(line)).length;
  expect(count(/^200 .*\/responses$/)).toBeGreaterThanOrEqual(3);
  expect(count(/^200 .*\/images\//)).toBe(3);
  expect(count(/^200 .*\/moderations$/)).toBeGreaterThanOrEqual(1);
  expect(books.predictions).toHaveLength(2);
  expect(count(/^200 .*\/delivery\//)).toBe(2);
  rmSync(out, { recursive: true });
}, 300_000);
