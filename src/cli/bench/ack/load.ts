import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';

export interface Load {
  url: string;
  secret: string;
  /** Commands a second, whether or not those before were answered. */
  rate: number;
  seconds: number;
}

/** Slack's commands, signed as Slack signs them; milliseconds until each was acknowledged. */
export async function load({ url, secret, rate, seconds }: Load): Promise<number[]> {
  const agent = new Agent({ connections: 64, pipelining: 1 });
  const begun = performance.now();
  const answers = Array.from({ length: rate * seconds }, async (_, n) => {
    await until(begun + (n * 1000) / rate);
    return acknowledged(url, secret, agent);
  });
  return Promise.all(answers).finally(() => agent.close());
}

const until = (instant: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, instant - performance.now())));

async function acknowledged(url: string, secret: string, dispatcher: Agent): Promise<number> {
  const body = command();
  const timestamp = `${Math.floor(Date.now() / 1000)}`;
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${signature}`,
  };
  const begun = performance.now();
  const answer = await request(url, { method: 'POST', body, headers, dispatcher });
  await answer.body.dump();
  if (answer.statusCode !== 200) throw new Error(`answered ${answer.statusCode}`);
  return performance.now() - begun;
}

let sent = 0;

/** Triggers are named in the order of time, as Slack names them. */
const command = (): string =>
  new URLSearchParams({
    ...{ token: 'x', team_id: 'T0BENCH', team_domain: 'bench', channel_id: 'C0BENCH', channel_name: 'bench' },
    ...{ user_id: 'U0BENCH', user_name: 'ada', command: '/video', api_app_id: 'A0BENCH' },
    text: 'A calm brand film for Aurora tea, first light over a quiet kitchen',
    response_url: 'https://hooks.slack.com/commands/T0BENCH/1/x',
    trigger_id: `${Date.now()}.${sent++}.${randomUUID().replaceAll('-', '')}`,
  }).toString();
