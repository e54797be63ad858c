import { usualPolicy } from '../../src/campaign/policy.ts';
import { readConfig } from '../../src/config.ts';
import { Never } from '../../src/errors.ts';
import { type App, type House, type Role, roles } from '../../src/wiring/app.ts';
import { openApp } from '../../src/wiring/open.ts';
import { slackOf } from '../../src/wiring/slack.ts';
import { away, caps, slackTimes, sweep, times } from './times.ts';

const passing = new Set(['journal-unreachable', 'queue-unreachable', 'storage-unreachable']);

/** The program as `src/main.ts` has it, its times scaled. Ends the process where a service is away. */
export async function start(role: string): Promise<App> {
  try {
    return await open(roles.find((known) => known === role));
  } catch (error) {
    if (!(error instanceof Never) || !passing.has(error.code)) throw error;
    process.exit(away);
  }
}

async function open(role: Role = 'all'): Promise<App> {
  const config = readConfig();
  const chats = async (house: House) => {
    const slack = await slackOf(config, house, slackTimes);
    return slack ? { slack } : {};
  };
  const app = await openApp({
    ...{ config, role, chats, sweep },
    policy: { ...usualPolicy, defaultModel: config.DEFAULT_MODEL ?? null, caps, times },
    samples: { scale: 0.1 },
  });
  if (role !== 'worker') await app.listen('slack');
  return app;
}
