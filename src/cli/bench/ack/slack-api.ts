import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A Slack that takes whatever it is told, at once. */
export async function slackApi(): Promise<{ url: string; close(): void }> {
  const who = { ok: true, url: 'https://bench.slack.com/', team: 'Bench', team_id: 'T0BENCH' };
  const bot = { user_id: 'U0BOT', bot_id: 'B0BOT', app_id: 'A0BENCH' };
  let posted = 0;
  const server = createServer((request, response) => {
    request.resume();
    posted += 1;
    const message = { channel: 'C0BENCH', ts: `1790000000.${String(posted).padStart(6, '0')}` };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...who, ...bot, ...message }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`, close };
}
