import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { schema } from '../journal/postgres-world.ts';
import { s3StandIn } from '../support/s3.ts';
import { line } from '../support/services/line.ts';
import { redis } from '../support/services/redis.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

type After = (tidy: () => void | Promise<void>) => void;

/** What a worker says that is started in this environment, and with which code it ends. */
async function start(environment: NodeJS.ProcessEnv, after: After) {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-start-'));
  const env = { DATA_DIR: folder, PORT: '0', ...environment };
  const child = spawn(process.execPath, [main, '--role', 'worker'], { env });
  after(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });
  const [[code], said, printed] = await Promise.all([
    once(child, 'exit'),
    text(child.stderr),
    text(child.stdout),
  ]);
  return { code, said: said + printed };
}

async function house(after: After) {
  const [corner, bucket] = await Promise.all([schema(), s3StandIn()]);
  after(async () => {
    await bucket.close();
    await corner.drop();
  });
  return {
    ...{ DATABASE_URL: corner.url, REDIS_URL: inject('redisUrl') },
    ...{ S3_ENDPOINT: bucket.url, S3_BUCKET: bucket.bucket, S3_REGION: bucket.keys.region },
    ...{ S3_ACCESS_KEY_ID: bucket.keys.id, S3_SECRET_ACCESS_KEY: bucket.keys.secret },
  };
}

async function silent(url: string, after: After, once?: string): Promise<string> {
  const way = await line(url);
  if (once) way.dieOf(once);
  else way.die();
  after(() => way.close());
  return way.url;
}

async function locked(after: After): Promise<string> {
  const server = await redis(['--requirepass', 'secret'], 'secret');
  after(() => server.end());
  return server.url;
}

type Wrong = (right: Awaited<ReturnType<typeof house>>, after: After) => Promise<NodeJS.ProcessEnv>;

const cases: [what: string, wrong: Wrong, sentence: RegExp][] = [
  [
    'Redis is silent',
    async (it, after) => ({ REDIS_URL: await silent(it.REDIS_URL, after) }),
    /REDIS_URL.*does not answer/,
  ],
  ['Redis is locked', async (_it, after) => ({ REDIS_URL: await locked(after) }), /password.*REDIS_URL/],
  ['Redis is gone', async () => ({ REDIS_URL: 'redis://127.0.0.1:1' }), /REDIS_URL/],
  [
    'PostgreSQL is silent',
    async (it, after) => ({ DATABASE_URL: await silent(it.DATABASE_URL, after) }),
    /DATABASE_URL/,
  ],
  [
    'PostgreSQL lets us in and is silent',
    async (it, after) => ({ DATABASE_URL: await silent(it.DATABASE_URL, after, 'SELECT') }),
    /DATABASE_URL/,
  ],
  ['PostgreSQL is gone', async () => ({ DATABASE_URL: 'postgres://x@127.0.0.1:1/y' }), /DATABASE_URL/],
  ['the key of the bucket is wrong', async () => ({ S3_SECRET_ACCESS_KEY: 'no' }), /S3_SECRET_ACCESS_KEY/],
  [
    'the bucket is silent',
    async (it, after) => ({ S3_ENDPOINT: await silent(it.S3_ENDPOINT, after) }),
    /S3_ENDPOINT/,
  ],
];

// Most of the time is waited for, so they wait together.
test.concurrent.for(cases)(
  'where %s, a start ends in seconds with one sentence that says what to do',
  async ([, wrong, sentence], { onTestFinished: after }) => {
    const right = await house(after);
    const environment = { ...right, ...(await wrong(right, after)) };
    const begun = performance.now();
    const { code, said } = await start(environment, after);
    expect(said).toMatch(/^[^\n]{20,300}\n$/);
    expect(said).toMatch(sentence);
    expect(code).toBe(1);
    expect(performance.now() - begun).toBeLessThan(30_000);
  },
);
