import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** One address before several chat processes: each connection goes to the next that answers. */
export async function balancer(ports: () => readonly number[]) {
  let turn = 0;
  const lines = new Set<Socket>();

  function reach(client: Socket, left: readonly number[]): void {
    const [port, ...others] = left;
    if (port === undefined) return void client.destroy();
    const server = connect(port, '127.0.0.1');
    let stands = false;
    server.once('connect', () => {
      stands = true;
      client.pipe(server).pipe(client);
    });
    server.on('error', () => (stands ? client.destroy() : reach(client, others)));
    server.once('close', () => stands && client.destroy());
    client.once('close', () => server.destroy());
  }

  const front = createServer((client) => {
    lines.add(client);
    client.on('close', () => lines.delete(client));
    client.on('error', () => undefined);
    const all = ports();
    const first = turn++ % Math.max(1, all.length);
    reach(client, [...all.slice(first), ...all.slice(0, first)]);
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  return {
    url: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    close() {
      front.close();
      for (const line of lines) line.destroy();
    },
  };
}
