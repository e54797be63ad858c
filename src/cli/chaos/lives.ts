import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const child = fileURLToPath(new URL('./child.ts', import.meta.url));

/** How one life ended: `done` with its work, `killed` as intended, or `failed` by itself. */
export type End = { how: 'done' } | { how: 'killed' } | { how: 'failed'; said: string };

/**
 * Starts one life of the app on a folder; it is killed after so many milliseconds, or when something has happened, if
 * it lives that long. `services` are variables that name the providers' stand-ins; without them samples serve.
 */
export function live(
  folder: string,
  args: readonly string[],
  kill?: number | Promise<unknown>,
  services: Readonly<Record<string, string>> = {},
): Promise<End> {
  const env = { PATH: '/usr/bin:/bin', ...services };
  const life = fork(child, [folder, ...args], { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const die = () => life.kill('SIGKILL');
  const timer = typeof kill === 'number' ? setTimeout(die, kill) : undefined;
  if (typeof kill === 'object') void kill.then(die, () => undefined);
  return endOf(life).finally(() => clearTimeout(timer));
}

function endOf(life: ChildProcess): Promise<End> {
  let said = '';
  life.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    life.once('error', reject);
    life.once('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve({ how: 'killed' });
      else resolve(code === 0 ? { how: 'done' } : { how: 'failed', said });
    });
  });
}
