import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { terminal } from '../../../chat/terminal/platform.ts';
import { readConfig } from '../../../config.ts';
import type { House, Role } from '../../../wiring/app.ts';
import { embedded } from '../../../wiring/embedded.ts';
import { slackOf } from '../../../wiring/slack.ts';
import { drive } from '../../chaos/drive.ts';
import { atService } from './child.ts';

/**
 * The app with Slack. `chat`: it only listens. `all`: it also takes so many campaigns of the terminal through
 * everything, bytes and encoding included.
 */
const [role = 'chat', campaigns = '0'] = process.argv.slice(2);
const config = readConfig();
const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
let n = 0;
const chats = async (house: House) => {
  const slack = await slackOf(config, house);
  if (!slack) throw new Error('Slack is not set up');
  const seat = terminal({
    ...{ folder: join(config.DATA_DIR, 'terminal'), workspace: 'chaos', person: 'maya', output: silent },
    people: { lee: { name: 'Lee', groups: [], manager: true } },
    ...{ newId: () => `bench-${++n}`, now: Date.now },
  });
  return { slack, terminal: seat };
};
const app = await embedded({ config, chats, role: role as Role, policy: { askAbove: null } });
await app.listen('slack');
const server = createServer((request, response) => void app.answer(request, response));
server.listen(0, '127.0.0.1', () => {
  atService(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
});
if (Number(campaigns) > 0)
  await drive(app, 'film', Number(campaigns), () => undefined).catch(() => undefined);
