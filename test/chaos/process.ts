import { createServer } from 'node:http';
import { enableCompileCache } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setTimeout as nap } from 'node:timers/promises';

// Processes live short lives here, and there are many: what was compiled once is not compiled again.
enableCompileCache();
const { start } = await import('./program.ts');
const { drained } = await import('../../src/api/http.ts');

/** One process of the house, as `npm start -- --role chat` or `worker`: says where it is reached once it is up. */
const [role = ''] = process.argv.slice(2);
/** Milliseconds in which the balancer notices that this one is leaving. */
const notice = 1_000;
const app = await start(role);
const server = createServer((request, response) => void app.answer(request, response));
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.once('disconnect', () => process.exit());
process.once('SIGTERM', () => {
  app.leave();
  void nap(notice)
    .then(() => drained(server, 5_000))
    .then(() => app.stop())
    .then(() => process.exit());
});
