import { type WebAPICallResult, WebClient, type WebClientOptions } from '@slack/web-api';
import { TryLater } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Pace, Turn } from '../../queue/pace.ts';
import { recent } from '../../recent.ts';
import type { Guard } from '../chat.ts';
import { quietly } from './logger.ts';
import { inOurWords } from './trouble.ts';

/**
 * How the SDK behaves here: every call is one attempt, with an end; being told to wait is an error of that call
 * alone, where the SDK would hold up all others. No `headers`: the SDK writes the first token into that object and
 * sends it for every other workspace.
 */
export const clientOptions = (apiUrl: string | undefined, timeout: number, log: Log): WebClientOptions => ({
  ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  allowAbsoluteUrls: false,
  timeout,
  logger: quietly(log),
});

/** One workspace's Web API. Errors: TryLater and Never, the former with `sent` where Slack may have done it. */
export type Call = (
  method: string,
  given: Record<string, unknown>,
  turns?: Turn[],
  guard?: Guard,
) => Promise<Answer>;
type Answer = WebAPICallResult & Record<string, unknown>;

/** Being told to wait concerns one method, and where that has a limit of its own, one channel. */
const budgetOf = (team: string, method: string, channel: unknown): string =>
  method === 'chat.postMessage' ? `slack/${team}/${method}/${channel}` : `slack/${team}/${method}`;

const manyClients = 1_000;

/** Calls Slack at the pace it allows; a turn that is not to be had is TryLater with nothing sent. */
export function callsOf(parts: { options: WebClientOptions; pace: Pace; pause: number }) {
  // The one that was used longest ago goes: tokens rotate, and workspaces leave.
  const clients = recent<WebClient>(manyClients);

  function clientOf(token: string): WebClient {
    const client = clients.get(token) ?? new WebClient(token, parts.options);
    clients.set(token, client);
    return client;
  }

  return (team: string, token: string): Call =>
    async (method, given, turns = [], guard = undefined) => {
      const key = budgetOf(team, method, given['channel']);
      const wait = await parts.pace.take([{ key, every: 0, burst: 1 }, ...turns]);
      if (wait > 0) throw new TryLater(`${method} has to wait`, { delay: wait, sent: false });
      await guard?.();
      try {
        return (await clientOf(token).apiCall(method, given)) as Answer;
      } catch (error) {
        const later = inOurWords(error, method, parts.pause);
        if (isLimited(error, later)) await parts.pace.pause(key, later.delay);
        throw later;
      }
    };
}

const isLimited = (error: unknown, later: Error): later is TryLater =>
  later instanceof TryLater && (error as { code?: string }).code === 'slack_webapi_rate_limited_error';
