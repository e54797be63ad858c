import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a service that can go dead: who is on it hears nothing any more, as behind a switch without power. */
export async function line(to: string) {
  const goal = new URL(to);
  const ends = new Set<Socket>();
  let dead = false;
  let last: string | null = null;

  function join(client: Socket): void {
    const server = connect(Number(goal.port), goal.hostname);
    for (const [end, other] of [
      [client, server],
      [server, client],
    ] as const) {
      ends.add(end);
      end.on('data', (bytes) => {
        dead ||= last !== null && bytes.includes(last);
        if (!dead) other.write(bytes);
      });
      end.on('error', () => undefined);
      end.once('close', () => ends.delete(end) && !dead && other.destroy());
    }
  }

  const front = createServer((client) => {
    if (!dead) return join(client);
    ends.add(client);
    client.on('error', () => undefined).resume();
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  const url = new URL(to);
  url.hostname = '127.0.0.1';
  url.port = `${(front.address() as AddressInfo).port}`;
  return {
    url: url.href,
    /** Nothing gets through, and nobody is told. */
    die() {
      dead = true;
    },
    /** Dies of these words, whoever says them. */
    dieOf(words: string) {
      last = words;
    },
    /** New connections get through again; the old ones stay dead. */
    heal() {
      for (const end of ends) end.removeAllListeners('data').resume();
      dead = false;
      last = null;
    },
    close() {
      front.close();
      for (const end of ends) end.destroy();
    },
  };
}
