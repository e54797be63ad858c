import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Campaign } from '../../../src/campaign/campaign.ts';
import { type Policy, usualPolicy } from '../../../src/campaign/policy.ts';
import { type SlackOptions, slack } from '../../../src/chat/slack/platform.ts';
import { scopes } from '../../../src/chat/slack/scopes.ts';
import { scaledTimes } from '../../../src/cli/chaos/times.ts';
import { readConfig } from '../../../src/config.ts';
import { readFacts } from '../../../src/providers/sample/book.ts';
import type { House } from '../../../src/wiring/app.ts';
import { embedded } from '../../../src/wiring/embedded.ts';
import { type StandIn, type StandInOptions, slackStandIn } from '../../support/slack/slack.ts';

export type Way = 'http' | 'socket';

const patience = 15_000;
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
const shortTimes = { retries: [0, 60, 150], trigger: 2_000 };

interface Given {
  way?: Way;
  policy?: Partial<Policy>;
  slack?: Partial<SlackOptions>;
  standIn?: StandInOptions;
}

/** Slack's stand-in, which outlives the app. */
export async function standIn(given: StandInOptions = {}): Promise<StandIn> {
  const slackItself = await slackStandIn({ ...given, times: { ...shortTimes, ...given.times } });
  onTestFinished(() => slackItself.close());
  return slackItself;
}

/** The whole app with tiny frames, in Slack, in a folder that may be one it lived in before. */
export async function appIn(
  world: StandIn,
  given: Given & { token?: string; folder?: string; environment?: NodeJS.ProcessEnv } = {},
) {
  const folder = given.folder ?? (await mkdtemp(join(tmpdir(), 'dailies-slack-')));
  const { way = 'http' } = given;
  let n = 0;
  const slackIn = (house: House) =>
    slack({
      ...{ pace: house.pace, clock: house.clock, log: house.log, scopes },
      keep: house.keep('slack'),
      read: (key) => house.storage.read(key),
      apiUrl: world.apiUrl,
      ...(given.token ? { botToken: given.token } : {}),
      ...(way === 'socket' ? { appToken: world.app.appToken } : { signingSecret: world.app.signingSecret }),
      ...given.slack,
      times: { ...quick, ...given.slack?.times },
    });
  const app = await embedded({
    config: { ...readConfig(given.environment ?? {}), DATA_DIR: folder },
    chats: (house) => ({ slack: slackIn(house) }),
    policy: { ...usualPolicy, times: scaledTimes, stills: 2, ...given.policy },
    newId: () => `n${++n}-${process.hrtime.bigint()}`,
    samples: { scale: 0.15, wait: { queue: 0.05, run: 0.05 } },
  });
  await app.listen('slack');
  const server = createServer((request, response) => void app.answer(request, response));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  world.deliveries.to(`${url}/slack/events`);

  let stopped = false;
  async function stop(): Promise<void> {
    if (stopped) return;
    stopped = true;
    world.deliveries.to(null);
    server.closeAllConnections();
    server.close();
    await app.stop();
  }
  onTestFinished(async () => {
    await stop();
    if (!given.folder) await rm(folder, { recursive: true, force: true });
  });

  const campaigns = async (workspace: string): Promise<string[]> =>
    (await app.engine.board({ workspace, limit: 100 })).map(({ stream }) => stream.slice('campaign:'.length));
  return {
    app,
    url,
    folder,
    stop,
    campaigns,
    /** The one campaign of a workspace. */
    async campaign(workspace: string): Promise<string> {
      const [only, ...more] = await campaigns(workspace);
      if (!only || more.length > 0)
        throw new Error(`${more.length + (only ? 1 : 0)} campaigns in ${workspace}`);
      return only;
    },
    until: (campaign: string, holds: (campaign: Campaign) => boolean) => app.until(campaign, holds, patience),
    idle: (campaign: string) => app.idle(`campaign:${campaign}`, patience),
    paid: async () => (await readFacts(join(folder, 'sample-provider'))).filter((fact) => fact.cost > 0),
  };
}

/** A workspace with two people in a channel, and the app in it. */
export async function acme(given: Given = {}) {
  const world = await standIn(given.standIn);
  const team = world.workspace('Acme');
  const ada = team.person('ada');
  const lee = team.person('lee', { isAdmin: true });
  const launch = team.channel('launch', [ada, lee]);
  const it = await appIn(world, { ...given, token: team.token });
  return { world, team, ada, lee, launch, ...it };
}

/** Waits for what nothing tells of. */
export async function eventually<T>(
  look: () => T | undefined | null | false | Promise<T | undefined | null | false>,
): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
