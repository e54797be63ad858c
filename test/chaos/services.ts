import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropFolder } from '../support/folder.ts';
import { s3StandIn } from '../support/s3.ts';
import { providers } from '../support/serve.ts';
import { postgres } from '../support/services/postgres.ts';
import { redis } from '../support/services/redis.ts';
import { slackStandIn } from '../support/slack/slack.ts';
import { balancer } from './balancer.ts';

export type Services = Awaited<ReturnType<typeof openServices>>;

const replicateLag = 150;

/** All that the house talks to: a PostgreSQL and a Redis of its own, and stand-ins for everybody else. */
export async function openServices(ports: () => readonly number[]) {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-scaled-chaos-'));
  const noeviction = ['--maxmemory-policy', 'noeviction'];
  const [database, hints, bucket, making, slack, front] = await Promise.all([
    postgres(),
    redis(['--appendonly', 'yes', ...noeviction]),
    s3StandIn(),
    providers({ seconds: 3, wait: { queue: 100, run: 300 } }),
    slackStandIn({ times: { retries: [300, 1_000, 3_000], second: 50, minute: 2_000 } }),
    balancer(ports),
  ]);
  making.replicate.lag.milliseconds = replicateLag;
  const team = slack.workspace('Acme');
  slack.deliveries.to(`${front.url}/slack/events`);
  const environment: Record<string, string> = {
    PATH: '/usr/bin:/bin',
    ...making.variables,
    DATA_DIR: folder,
    DATABASE_URL: database.url,
    REDIS_URL: hints.url,
    S3_ENDPOINT: bucket.url,
    S3_BUCKET: bucket.bucket,
    S3_REGION: bucket.keys.region,
    S3_ACCESS_KEY_ID: bucket.keys.id,
    S3_SECRET_ACCESS_KEY: bucket.keys.secret,
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: team.token,
    SLACK_SIGNING_SECRET: slack.app.signingSecret,
    // Nobody answers there, but the address tells which purchase a prediction is.
    PUBLIC_URL: 'http://127.0.0.1:9',
  };
  return {
    ...{ database, hints, bucket, making, slack, team, environment },
    async close() {
      front.close();
      await Promise.all([bucket.close(), making.close(), slack.close(), database.end(), hints.end()]);
      await dropFolder(folder);
    },
  };
}
