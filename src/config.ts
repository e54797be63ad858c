import { resolve } from 'node:path';
import { z } from 'zod';
import { Never } from './errors.ts';

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

/** Other names that people know a variable by. */
const aliases: Record<string, string> = {
  REPLICATE_API_KEY: 'REPLICATE_API_TOKEN',
  POE_API_URL: 'POE_BASE_URL',
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
  RUNWAYML_API_SECRET: secret.describe('Runway: makes clips'),
  RUNWAYML_BASE_URL: elsewhere('Runway'),
  DATABASE_URL: z
    .url()
    .optional()
    .describe('PostgreSQL that `npm run journal -- copy` copies the journal into'),
  ALLOW_PRIVATE_HOSTS: hosts
    .default([])
    .describe('Hosts or host:port on a private network that links may lead to; comma list, empty by default'),
  NO_COLOR: z.string().optional().describe('Any value: no colours in the terminal'),
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
