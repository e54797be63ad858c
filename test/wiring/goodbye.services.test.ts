import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { schema } from '../journal/postgres-world.ts';
import { line } from '../support/services/line.ts';
import { freePort } from '../support/services/service.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** `npm start -- --role worker`, each service of which is reached by a line of its own. */
async function worker(after: (tidy: () => void | Promise<void>) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-goodbye-'));
  const corner = await schema();
  const [database, hints] = await Promise.all([line(corner.url), line(inject('redisUrl'))]);
  const port = await freePort();
  const child = spawn(process.execPath, [main, '--role', 'worker'], {
    env: { DATA_DIR: folder, PORT: `${port}`, DATABASE_URL: database.url, REDIS_URL: hints.url },
  });
  const exited = once(child, 'exit');
  after(async () => {
    child.kill('SIGKILL');
    await exited;
    for (const way of [database, hints]) way.close();
    await corner.drop();
    rmSync(folder, { recursive: true });
  });
  const ready = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      async (answer) => (await answer.json()) as unknown,
      () => null,
    );
  await expect.poll(ready, { timeout: 30_000, interval: 100 }).toMatchObject({ ready: true });
  return { child, exited, ready, database, hints };
}

const cases = [
  ['Redis is gone', 'hints', 'close'],
  ['Redis is silent', 'hints', 'die'],
  ['PostgreSQL is gone', 'database', 'close'],
  ['PostgreSQL is silent', 'database', 'die'],
] as const;
const says = { close: 'fails', die: 'silent' } as const;

// Most of the time is waited for, so they wait together.
test.concurrent.for(cases)(
  'a worker that is asked to end while %s ends in time, and well',
  { timeout: 90_000 },
  async ([, service, how], { onTestFinished }) => {
    const it = await worker(onTestFinished);
    it[service][how]();
    if (service === 'database')
      expect(await it.ready()).toEqual({ ready: false, journal: says[how], staying: 'ok' });
    const begun = performance.now();
    it.child.kill('SIGTERM');
    expect(await it.exited).toEqual([0, null]);
    expect(performance.now() - begun).toBeLessThan(45_000);
  },
);
