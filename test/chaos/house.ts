import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { away } from './times.ts';

const program = fileURLToPath(new URL('./process.ts', import.meta.url));

/** One place for a process, which is kept filled. */
export interface Seat {
  role: 'chat' | 'worker';
  child: ChildProcess;
  /** Where it is reached; null while nobody is up. */
  port: number | null;
  up: PromiseWithResolvers<void>;
}

export type House = ReturnType<typeof openHouse>;

const roles = ['chat', 'chat', 'worker', 'worker', 'worker'] as const;
const pauseBetweenStarts = 300;
const mostHeard = 8_000_000;
const betweenLooks = 200;

/** Two chat processes and three workers; who dies is replaced, as any supervisor does. */
export function openHouse(environment: Record<string, string>) {
  let closing = false;
  let output = '';
  const diedAlone: string[] = [];
  const asked = new Set<ChildProcess>();

  function sit(seat: Seat): void {
    const child = fork(program, [seat.role], { env: environment, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    seat.child = child;
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        said = `${said}${chunk}`.slice(-2_000);
        if (output.length < mostHeard) output += chunk;
      });
    child.once('message', (message) => {
      seat.port = (message as { port: number }).port;
      seat.up.resolve();
    });
    child.once('close', (code, signal) => {
      if (seat.port !== null) down(seat);
      if (closing) return;
      const wasAsked = asked.delete(child) && code === 0;
      if (signal !== 'SIGKILL' && code !== away && !wasAsked)
        diedAlone.push(`a ${seat.role} process ended by itself (${code ?? signal}): ${said}`);
      setTimeout(() => closing || sit(seat), pauseBetweenStarts);
    });
  }

  function down(seat: Seat): void {
    seat.port = null;
    seat.up = Promise.withResolvers();
  }

  const seats = roles.map((role): Seat => {
    const seat = { role, port: null, up: Promise.withResolvers<void>() } as Seat;
    sit(seat);
    return seat;
  });

  /** As a balancer does: whoever does not answer that it is ready is sent nothing. */
  const ready = new Set<number>();
  const looking = setInterval(() => {
    for (const { role, port } of seats) if (role === 'chat' && port !== null) void look(port);
  }, betweenLooks);
  async function look(port: number): Promise<void> {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.ok) ready.add(port);
    else ready.delete(port);
    await answer?.body?.cancel();
  }

  return {
    seats: seats as readonly Seat[],
    /** Of those that say that they are ready, as far as their balancer knows. */
    ports: () => seats.flatMap(({ port }) => (port !== null && ready.has(port) ? [port] : [])),
    /** What ended although nobody killed it, with its last words. */
    diedAlone: diedAlone as readonly string[],
    /** All that any of them ever wrote. */
    output: () => output,
    up: async () => void (await Promise.all(seats.map((seat) => seat.up.promise))),
    /** As a power cut takes it; resolves once another one is up there. */
    async kill(seat: Seat): Promise<void> {
      await seat.up.promise;
      down(seat);
      seat.child.kill('SIGKILL');
      await seat.up.promise;
    },
    /** As an update does it: it is asked to end, and another one comes. In milliseconds. */
    async replace(seat: Seat): Promise<number> {
      await seat.up.promise;
      asked.add(seat.child);
      const begun = Date.now();
      const gone = once(seat.child, 'exit');
      seat.child.kill('SIGTERM');
      await gone;
      const took = Date.now() - begun;
      if (seat.port !== null) down(seat);
      await seat.up.promise;
      return took;
    },
    /** Asks all to end. Who does not within `patience` milliseconds is noted as one that had to be killed. */
    async close(patience: number): Promise<void> {
      closing = true;
      clearInterval(looking);
      const running = seats.filter(({ child }) => child.exitCode === null && child.signalCode === null);
      const gone = running.map(({ child }) => once(child, 'exit'));
      for (const { child } of running) child.kill('SIGTERM');
      const late = setTimeout(() => {
        diedAlone.push(`a process did not end within ${patience} ms of being asked to`);
        for (const { child } of running) child.kill('SIGKILL');
      }, patience);
      await Promise.all(gone);
      clearTimeout(late);
    },
  };
}
