import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Policy, usualPolicy } from '../../../src/campaign/policy.ts';
import { type SlackOptions, slack } from '../../../src/chat/slack/platform.ts';
import { scopes } from '../../../src/chat/slack/scopes.ts';
import { scaledTimes } from '../../../src/cli/chaos/times.ts';
import { readConfig } from '../../../src/config.ts';
import type { House } from '../../../src/wiring/app.ts';
import { embedded } from '../../../src/wiring/embedded.ts';

export type Way = 'http' | 'socket';

const quick = {
  settle: 100,
  edit: 10,
  betweenEdits: 50,
  look: 10,
  patience: 200,
  knock: 50,
  timeout: 5_000,
  pause: 100,
};

export interface AppGiven {
  way?: Way;
  policy?: Partial<Policy>;
  slack?: Partial<SlackOptions>;
  token?: string;
  folder?: string;
  environment?: NodeJS.ProcessEnv;
  clock?: () => number;
}

/** Where Slack is, and what it knows us by. */
export interface Slacks {
  apiUrl: string;
  app: { appToken: string; signingSecret: string };
}

/** The whole app with tiny frames, in Slack, behind a server of its own. */
export async function openApp({ apiUrl, app: secrets }: Slacks, folder: string, given: AppGiven) {
  let n = 0;
  const slackIn = (house: House) =>
    slack({
      ...{ pace: house.pace, clock: house.clock, log: house.log, scopes },
      keep: house.keep('slack'),
      send: (key, sending) => house.storage.send(key, sending),
      apiUrl,
      ...(given.token ? { botToken: given.token } : {}),
      ...(given.way === 'socket' ? { appToken: secrets.appToken } : { signingSecret: secrets.signingSecret }),
      ...given.slack,
      times: { ...quick, ...given.slack?.times },
    });
  const app = await embedded({
    config: { ...readConfig(given.environment ?? {}), DATA_DIR: folder },
    chats: (house) => ({ slack: slackIn(house) }),
    policy: { ...usualPolicy, times: scaledTimes, stills: 2, ...given.policy },
    ...(given.clock ? { clock: given.clock } : {}),
    newId: () => `n${++n}-${process.hrtime.bigint()}`,
    samples: { scale: 0.15, wait: { queue: 0.05, run: 0.05 } },
  });
  await app.listen('slack');
  const server = createServer((request, response) => void app.answer(request, response));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { app, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
