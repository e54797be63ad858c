import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type Lateness, watchLateness } from '../gauge.ts';

/** What a child says when it is ready, and whenever it is asked. */
export type Said = { url: string } | Spent | { waits: number[] };

/** Milliseconds: of CPU since it began, and how late its timers were since it was last asked. */
export interface Spent {
  cpu: number;
  late: Lateness;
}

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

/** In a child: says where it listens, and whenever it is asked what it has spent. */
export function atService(url: string): void {
  let lateness = watchLateness();
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu: (user + system) / 1000, late: lateness() } satisfies Said);
    lateness = watchLateness();
  });
  process.send?.({ url } satisfies Said);
}
