import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Campaign } from '../../../src/campaign/campaign.ts';
import type { Log } from '../../../src/log.ts';
import { readFacts } from '../../../src/providers/sample/book.ts';
import { dropFolder } from '../../support/folder.ts';
import { type StandIn, type StandInOptions, slackStandIn } from '../../support/slack/slack.ts';
import { type AppGiven, openApp, type Way } from './app.ts';

export type { Way };

const patience = 45_000;
const shortTimes = { retries: [0, 60, 150], trigger: 2_000 };

interface Given extends AppGiven {
  standIn?: StandInOptions;
}

/** Slack's stand-in, which outlives the app. */
export async function standIn(given: StandInOptions = {}): Promise<StandIn> {
  const slackItself = await slackStandIn({ ...given, times: { ...shortTimes, ...given.times } });
  onTestFinished(() => slackItself.close());
  return slackItself;
}

/** The whole app, in a folder that may be one it lived in before. */
export async function appIn(world: StandIn, given: AppGiven = {}) {
  const folder = given.folder ?? (await mkdtemp(join(tmpdir(), 'dailies-slack-')));
  const { app, server, url } = await openApp(world, folder, given);
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
    if (!given.folder) await dropFolder(folder);
  });

  const campaigns = async (workspace: string): Promise<string[]> =>
    (await app.engine.board({ workspace, limit: 100 })).map(({ stream }) => stream.slice('campaign:'.length));
  return {
    app,
    url,
    folder,
    stop,
    campaigns,
    /** The one campaign of a workspace, which may not have begun yet. */
    async campaign(workspace: string): Promise<string> {
      const all = await eventually(async () => {
        const found = await campaigns(workspace);
        return found.length > 0 && found;
      });
      const [only, ...more] = all;
      if (!only || more.length > 0) throw new Error(`${all.length} campaigns in ${workspace}`);
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

/** A log, and what is written there. */
export function bookLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const write = (what: string, facts = {}) => void lines.push(JSON.stringify({ what, ...facts }));
  return { log: { info: write, error: write }, lines };
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
