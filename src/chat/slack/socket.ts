import { setTimeout as pause } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../../log.ts';
import { slackError } from './trouble.ts';

export interface Socket {
  /** Resolves once it stands, or after the first attempt that failed. */
  connect(): Promise<void>;
  /** Why it does not stand, in Slack's word; '' where Slack is not reached, null while it stands. */
  wrong(): string | null;
  stop(): Promise<void>;
}

const firstWait = 250;
const longestWait = 30_000;

/**
 * Keeps one socket to Slack. The SDK's own reconnecting waits five seconds at every routine change, and ends the
 * process where the network is away at that moment; so it is switched off, and done here.
 */
export function keepSocket({ client }: Pick<SocketModeReceiver, 'client'>, log: Log): Socket {
  const stopped = new AbortController();
  let wrong: string | null = '';
  /** What was told last of why it does not stand: the first trouble of a start is told by `status`. */
  let told: string | null | undefined;
  let connecting = false;

  async function attempt(): Promise<boolean> {
    try {
      await client.start();
      wrong = null;
    } catch (error) {
      wrong = slackError(error);
      if (told !== undefined && told !== wrong) log.error('slack socket', { error: wrong || 'not reached' });
    }
    told = wrong;
    return wrong === null;
  }

  /** More and more slowly, until it stands. `first` hears of the first attempt's end. */
  async function persist(first: () => void): Promise<void> {
    if (connecting) return;
    connecting = true;
    for (let wait = firstWait; !stopped.signal.aborted; wait = Math.min(longestWait, wait * 2)) {
      const stands = await attempt();
      first();
      if (stands) break;
      await pause(wait, undefined, { signal: stopped.signal }).catch(() => {});
    }
    connecting = false;
  }

  client.on('disconnected', () => {
    wrong ??= '';
    if (!stopped.signal.aborted) void persist(() => {});
  });

  return {
    connect: () => new Promise((resolve) => void persist(resolve)),
    wrong: () => wrong,
    async stop() {
      stopped.abort();
      await client.disconnect();
    },
  };
}
