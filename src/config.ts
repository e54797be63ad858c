import { resolve } from 'node:path';
import { z } from 'zod';
import { Never } from './errors.ts';
import type { SealKey } from './seal.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const hosts = z.string().transform((list) =>
  list
    .split(',')
    .map((host) => host.trim())
    .filter(Boolean),
);

const secret = z.string().optional();
const elsewhere = (service: string) =>
  z.url().optional().describe(`Where ${service} is reached, if not at its own address`);

/** `name:base64` of 32 bytes, several with commas; the first one seals, all of them open. */
const secretKeys = z.string().transform((list, context): readonly [SealKey, ...SealKey[]] => {
  const [first, ...more] = list.split(',').map((one): SealKey => {
    const [, id = '', base64 = ''] = /^\s*([\w-]+):([\w+/-]+={0,2})\s*$/.exec(one) ?? [];
    const key = Buffer.from(base64, 'base64');
    if (key.length !== 32)
      context.addIssue('each is a name, a colon and 32 bytes in base64: name:$(openssl rand -base64 32)');
    return { id, key };
  });
  return first ? [first, ...more] : z.NEVER;
});

/** Other names that people know a variable by. */
const aliases: Record<string, string> = {
  REPLICATE_API_KEY: 'REPLICATE_API_TOKEN',
  POE_API_URL: 'POE_BASE_URL',
  R2_ENDPOINT_URL: 'S3_ENDPOINT',
  R2_BUCKET_NAME: 'S3_BUCKET',
  R2_ACCESS_KEY_ID: 'S3_ACCESS_KEY_ID',
  R2_SECRET_ACCESS_KEY: 'S3_SECRET_ACCESS_KEY',
};

/** Every variable Dailies reads, with what it is for; `.env.example` is compared with this. */
const Environment = z.object({
  DATA_DIR: z.string().min(1).default('.data').describe('Folder of the journal and of everything kept'),
  VIDEO_STORAGE_PATH: z
    .string()
    .min(1)
    .default('generated')
    .describe('Finished films, inside DATA_DIR unless absolute'),
  REFERENCE_IMAGE_STORAGE_PATH: z
    .string()
    .min(1)
    .default('references')
    .describe('Reference pictures, inside DATA_DIR unless absolute; deleted after 30 days'),
  PORT: port.default(3000).describe('HTTP port for media links and health'),
  PUBLIC_URL: z.url().optional().describe('Where people reach that port; default http://localhost:PORT'),
  MODELS_FILE: z.string().optional().describe('Your own models, as src/providers/models.yaml'),
  DEFAULT_MODEL: z
    .string()
    .optional()
    .describe('Model used when nobody names one; default: the best that fits'),
  FFMPEG_PATH: z
    .string()
    .optional()
    .describe('An ffmpeg of 5.0 or newer to use in place of the one npm brought'),
  OPENAI_API_KEY: secret.describe('OpenAI: words prompts and makes stills'),
  OPENAI_BASE_URL: elsewhere('OpenAI'),
  POE_API_KEY: secret.describe('Poe: words prompts where OpenAI has no key'),
  POE_BASE_URL: elsewhere('Poe'),
  REPLICATE_API_TOKEN: secret.describe('Replicate: makes clips and stills'),
  REPLICATE_BASE_URL: elsewhere('Replicate'),
  REPLICATE_WEBHOOK_SECRET: secret.describe(
    'What Replicate signs its webhooks with; asked of Replicate if not set. They come where PUBLIC_URL is https',
  ),
  RUNWAYML_API_SECRET: secret.describe('Runway: makes clips'),
  RUNWAYML_BASE_URL: elsewhere('Runway'),
  DATABASE_URL: z
    .url()
    .optional()
    .describe('PostgreSQL, for any number of processes on one journal; without it, SQLite in DATA_DIR'),
  DATABASE_CONNECTIONS: z.coerce
    .number()
    .int()
    .min(1)
    .default(10)
    .describe('Most connections one process holds to PostgreSQL'),
  REDIS_URL: z.url().optional().describe('Redis, which wakes the processes; needed with DATABASE_URL'),
  SLACK_BOT_TOKEN: secret.describe('Slack, one workspace: the bot token, xoxb-…'),
  SLACK_APP_TOKEN: secret.describe(
    'Slack by Socket Mode, without a public address: the app-level token, xapp-…',
  ),
  SLACK_SIGNING_SECRET: secret.describe('Slack by HTTP: proves that a request is from Slack'),
  SLACK_CLIENT_ID: secret.describe('Slack, many workspaces: the app’s client id'),
  SLACK_CLIENT_SECRET: secret.describe('Slack, many workspaces: the app’s client secret; needs SECRET_KEYS'),
  SLACK_API_URL: elsewhere('Slack'),
  DISCORD_TOKEN: secret.describe('Discord: the token of the bot'),
  DISCORD_APPLICATION_ID: z
    .string()
    .optional()
    .describe("Discord: the application, if it is not the bot's own id"),
  DISCORD_MESSAGE_CONTENT: z
    .stringbool()
    .default(false)
    .describe(
      'true: Discord lets Dailies read every message in its threads; a privileged intent, off by default',
    ),
  DISCORD_API_URL: elsewhere('Discord'),
  DISCORD_CDN_URL: elsewhere("what keeps Discord's files"),
  SECRET_KEYS: secretKeys
    .optional()
    .describe('Seals the tokens of installations: name:base64 of 32 bytes; comma list, the first one seals'),
  S3_BUCKET: z
    .string()
    .optional()
    .describe('Bucket of any S3 service; made ready by `npm run storage -- setup`'),
  S3_ENDPOINT: z.url().optional().describe('Where the bucket is, if not at AWS, e.g. Cloudflare R2 or MinIO'),
  S3_REGION: z.string().default('auto').describe("The bucket's region; `auto` for Cloudflare R2"),
  S3_ACCESS_KEY_ID: secret.describe('Who may read and write the bucket'),
  S3_SECRET_ACCESS_KEY: secret.describe('and the secret that goes with it'),
  R2_ACCOUNT_ID: z
    .string()
    .optional()
    .describe('Cloudflare: tells the endpoint of R2, where S3_ENDPOINT does not'),
  ALLOW_PRIVATE_HOSTS: hosts
    .default([])
    .describe('Hosts or host:port on a private network that links may lead to; comma list, empty by default'),
  NO_COLOR: z.string().optional().describe('Any value: no colours in the terminal'),
  METRICS_TOKEN: secret.describe(
    'Who may read /metrics, for Prometheus: Authorization: Bearer; off if not set',
  ),
  LOG_LEVEL: z.enum(['info', 'error']).default('error').describe('info or error'),
});

export type Config = z.infer<typeof Environment>;

export const variables = Object.entries(Environment.shape).map(([name, shape]) => ({
  name,
  description: shape.description ?? '',
}));

/** The environment, parsed once. Throws Never(`config`) with every fault at once. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const said = Object.entries(environment).filter(([, value]) => value !== '');
  const byAlias = said.flatMap(([name, value]) => (aliases[name] ? [[aliases[name], value]] : []));
  const given = Object.fromEntries([...byAlias, ...said]);
  const read = Environment.safeParse(given);
  if (!read.success) throw new Never('config', z.prettifyError(read.error));
  return { ...read.data, DATA_DIR: resolve(read.data.DATA_DIR) };
}
