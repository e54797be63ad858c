import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../../../', import.meta.url);

/** Something of the tests' that runs beside, told by the variables that lead to it. `next` is what it says next. */
export async function helper(file: string, args: readonly string[] = []) {
  const child = fork(new URL(`test/support/${file}`, root), args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const next = async (): Promise<unknown> => (await once(child, 'message'))[0];
  const { variables } = (await next()) as { variables: Record<string, string> };
  return {
    variables,
    next,
    async end() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

/** The program as `npm start -- --role chat` runs it, on a port of its own. Linux alone tells its memory, in bytes. */
export function hearing(variables: Record<string, string>) {
  const app = spawn(process.execPath, ['start.mjs', 'src/main.ts', '--role', 'chat'], {
    cwd: fileURLToPath(root),
    env: { PORT: '0', LOG_LEVEL: 'error', ...variables },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exit = once(app, 'exit');
  let isStopping = false;
  const ended = exit.then(([code]) => {
    if (!isStopping) throw new Error(`the program ended with ${code}`);
  });
  ended.catch(() => {});
  const status = (name: string): number => {
    const text = readFileSync(`/proc/${app.pid}/status`, 'utf8');
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]) * 1024;
  };
  return {
    /** Rejects if it ends by itself. */
    ended,
    memory: () => ({ now: status('VmRSS'), most: status('VmHWM') }),
    async stop() {
      isStopping = true;
      app.kill('SIGTERM');
      await exit;
    },
  };
}
