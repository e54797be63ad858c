import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** What a child says when it is ready, and about each span it is asked for. */
export type Said = { url: string } | { cpu: number } | { waits: number[] };

/** A process of the bench, asked one thing at a time. */
export interface Child {
  ask<T extends Said>(question: string): Promise<T>;
  end(): void;
}

/** Starts one and resolves with its first word. */
export async function started<T extends Said>(
  file: string,
  args: readonly string[],
  variables: Record<string, string> = {},
): Promise<{ child: Child; first: T }> {
  const env = { PATH: '/usr/bin:/bin', LOG_LEVEL: 'error', ...variables };
  const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
  const process_: ChildProcess = fork(new URL(`./${file}`, import.meta.url), args, {
    env,
    stdio: [...stdio],
  });
  const next = async () => (await once(process_, 'message'))[0];
  const first = (await next()) as T;
  const child: Child = {
    async ask<T extends Said>(question: string) {
      process_.send(question);
      return (await next()) as T;
    },
    end: () => process_.kill('SIGKILL'),
  };
  return { child, first };
}

/** In a child: says where it listens, and milliseconds of CPU whenever it is asked. */
export function atService(url: string): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu: (user + system) / 1000 } satisfies Said);
  });
  process.send?.({ url } satisfies Said);
}
