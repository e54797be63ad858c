import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { folderOf } from './binary.ts';
import { freePort, killed, launch, type Service } from './service.ts';

const wanted = {
  programs: ['redis-server'],
  folders: ['/opt/homebrew/bin', '/usr/local/bin'],
  debian: 'redis-server',
  advice:
    'The tests need Redis: install it (Debian: apt-get install redis-server; macOS: brew install redis), or set TEST_REDIS_URL.',
};

/** A Redis of our own on a free port, gone at the end. `settings` are its own, e.g. `--maxmemory-policy`; `password` where they ask for one. */
export async function redis(
  settings: readonly string[] = [],
  password?: string,
): Promise<Service & { freeze(): void; empty(): void }> {
  const program = join(folderOf(wanted), 'redis-server');
  const folder = mkdtempSync(join(tmpdir(), 'dailies-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const own = [
    '--port',
    `${port}`,
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'no',
  ];
  let child: ChildProcess;
  const service = {
    url,
    async start() {
      child = await launch({ program, args: [...own, ...settings] }, () => answers(url, password));
    },
    kill: () => killed(child, 'SIGKILL'),
    /** It is there and says nothing any more. */
    freeze: () => void child.kill('SIGSTOP'),
    /** Takes away what it wrote down; only while it does not run. */
    empty() {
      for (const file of readdirSync(folder)) rmSync(join(folder, file), { recursive: true });
    },
    async end() {
      await killed(child, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await service.start();
  return service;
}

async function answers(url: string, password?: string): Promise<boolean> {
  const client = new Redis(url, {
    ...(password ? { password } : {}),
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 1000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}
