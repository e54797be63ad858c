import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import bolt from '@slack/bolt';
import { atService } from './child.ts';

/** Nothing but Bolt: a command is acknowledged, and that is all. */
const [signingSecret = ''] = process.argv.slice(2);
const authorize = async () => ({ botToken: 'xoxb-x', botUserId: 'U1', botId: 'B1' });
const app = new bolt.App({ receiver: new bolt.HTTPReceiver({ signingSecret }), authorize });
app.command('/video', ({ ack }) => ack());
const server = (await app.start(0)) as Server;
atService(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
