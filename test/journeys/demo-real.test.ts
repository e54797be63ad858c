import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkFilm } from '../../src/media/check.ts';
import { providers } from '../support/serve.ts';

const demo = fileURLToPath(new URL('../../src/cli/demo.ts', import.meta.url));

test('npm run demo with the base URLs of the stand-ins runs the whole campaign on the real drivers', async () => {
  const services = await providers({ seconds: 6 });
  const out = mkdtempSync(join(tmpdir(), 'dailies-demo-real-'));
  const env = { ...services.variables, PATH: '/usr/bin:/bin' };
  const child = spawn(process.execPath, [demo, '--out', out], { env });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code).toBe(0);
  const path = /^delivered (.+)$/.exec(said.trim().split('\n').at(-1) ?? '')?.[1] ?? '';
  expect(await checkFilm(path)).toMatchObject({ videoCodec: 'avc', width: 1280, height: 720 });
  expect(said).not.toContain('Sample:');

  const { openai, replicate } = services;
  const asked = (part: string) => openai.log.filter((e) => e.path.includes(part) && e.status === 200).length;
  expect(asked('/responses')).toBeGreaterThanOrEqual(3);
  expect(asked('/images/')).toBe(3);
  expect(asked('/moderations')).toBeGreaterThanOrEqual(1);
  expect(replicate.predictions).toHaveLength(2);
  const fetched = replicate.log.filter((e) => e.path.includes('/delivery/') && e.status === 200);
  expect(fetched).toHaveLength(2);
  await services.close();
  rmSync(out, { recursive: true });
}, 90_000);
