import { type ChildProcess, execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { folderOf } from './binary.ts';
import { freePort, killed, launch, type Service } from './service.ts';

const wanted = {
  programs: ['initdb', 'postgres'],
  folders: ['/usr/lib/postgresql/*/bin', '/opt/homebrew/opt/postgresql*/bin', '/usr/local/pgsql/bin'],
  debian: 'postgresql',
  advice:
    'The tests need PostgreSQL: install it (Debian: apt-get install postgresql; macOS: brew install postgresql), or set TEST_DATABASE_URL.',
};

/** It refuses to run as root, so it runs as the least of all people. */
function someoneElse(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** A PostgreSQL of our own in a folder of its own, gone at the end. */
export async function postgres(): Promise<Service & { stop(): Promise<void> }> {
  const bin = folderOf(wanted);
  const as = someoneElse();
  const folder = mkdtempSync(join(tmpdir(), 'dailies-postgres-'));
  if (as) chownSync(folder, as.uid, as.gid);
  const init = ['-D', folder, '-U', 'dailies', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
  execFileSync(join(bin, 'initdb'), init, { stdio: 'ignore', ...as });
  const port = await freePort();
  const url = `postgres://dailies@127.0.0.1:${port}/postgres`;
  // Killed processes are what tests try, not power cuts: the disk need not be waited for.
  const settings = ['fsync=off', 'max_connections=200', `port=${port}`, 'listen_addresses=127.0.0.1'];
  const args = ['-D', folder, '-k', '', ...settings.flatMap((setting) => ['-c', setting])];
  let child: ChildProcess;
  const service = {
    url,
    async start() {
      child = await launch({ program: join(bin, 'postgres'), args, ...(as ? { as } : {}) }, () =>
        answers(url),
      );
    },
    // Its way to die at once; the orphans of a postmaster that is killed outright hold its memory for a while.
    kill: () => killed(child, 'SIGQUIT'),
    /** As its operator stops it: everybody is sent away, and what was committed is written out. */
    stop: () => killed(child, 'SIGINT'),
    async end() {
      await killed(child, 'SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await service.start();
  return service;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
