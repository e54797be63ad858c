import type { IncomingMessage, RequestListener } from 'node:http';
import { isValidSlackRequest } from '@slack/bolt';
import type { Log } from '../../log.ts';

/** Why requests are refused that bear a signature: ours is made with another secret, or our clock is ahead. */
export type Unproven = 'secret' | 'clock';

/** What to do about it. */
export const unproven: Record<Unproven, string> = {
  secret:
    'it sends, but the signature does not match. Copy the Signing Secret from “Basic Information” of your app into SLACK_SIGNING_SECRET, and start Dailies again.',
  clock:
    'it sends, but by the clock of this machine that was more than five minutes ago. Set the clock to the right time.',
};

/**
 * Bolt answers 401 to what it cannot prove to be Slack's, and only warns. Whoever installs this has to hear of it; what
 * bears no signature at all comes from somebody else, and is none of their business.
 */
export function signatureWatch(signingSecret: string, log: Log) {
  const said = new Set<Unproven>();
  let wrong: Unproven | null = null;

  function note(request: IncomingMessage, status: number): void {
    const found = status === 401 ? unprovenIn(request, signingSecret) : null;
    if (status === 401 && !found) return;
    wrong = found;
    if (!found || said.has(found)) return;
    said.add(found);
    log.error('slack requests refused', { because: unproven[found] });
  }

  return {
    /** What is wrong with the last one; null where there was none, or it was proven. */
    wrong: () => wrong,
    watched:
      (listener: RequestListener): RequestListener =>
      (request, response) => {
        response.once('finish', () => note(request, response.statusCode));
        return listener(request, response);
      },
  };
}

function unprovenIn(
  request: IncomingMessage & { rawBody?: unknown },
  signingSecret: string,
): Unproven | null {
  const { headers, rawBody } = request;
  const signature = headers['x-slack-signature'];
  const at = Number(headers['x-slack-request-timestamp']);
  if (typeof signature !== 'string' || !Buffer.isBuffer(rawBody)) return null;
  const isOurs = (nowMilliseconds: number) =>
    isValidSlackRequest({
      ...{ signingSecret, body: rawBody.toString(), nowMilliseconds },
      headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': at },
    });
  if (isOurs(Date.now())) return null;
  return isOurs(at * 1_000) ? 'clock' : 'secret';
}
