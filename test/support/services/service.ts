import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A server that a test owns and may mistreat. */
export interface Service {
  url: string;
  /** As a power cut takes it. */
  kill(): Promise<void>;
  /** Starts it anew on what it left. */
  start(): Promise<void>;
  /** Ends it and clears up. */
  end(): Promise<void>;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

export interface Command {
  program: string;
  args: readonly string[];
  /** Whose rights it runs with, where not ours. */
  as?: { uid: number; gid: number };
}

/** Starts a server and resolves once it answers; what it wrote is told when it does not. */
export async function launch(
  { program, args, as = undefined }: Command,
  answers: () => Promise<boolean>,
): Promise<ChildProcess> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...as });
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      written = `${written}${chunk}`.slice(-4000);
    });
  const until = Date.now() + 20_000;
  while (!(await answers())) {
    if (child.exitCode !== null || Date.now() > until)
      throw new Error(`${program} did not come up:\n${written}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return child;
}

export async function killed(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
