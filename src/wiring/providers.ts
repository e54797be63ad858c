import {
  type Catalogue,
  findModel,
  isByName,
  type Model,
  stillPrice,
  type Tokens,
  wordsPrice,
} from '../campaign/model.ts';
import { steeringOf } from '../campaign/reference.ts';
import type { Config } from '../config.ts';
import { Never } from '../errors.ts';
import type { GuardedDownload, GuardedFetch } from '../net/guarded-fetch.ts';
import type { LanguageProvider } from '../providers/language.ts';
import type { Moderator } from '../providers/moderation.ts';
import { pacedStill, pacedVideo } from '../providers/paced.ts';
import type { Probe } from '../providers/probe.ts';
import type { Receipts } from '../providers/receipts.ts';
import type { Addresses } from '../providers/replicate/address.ts';
import type { StillProvider } from '../providers/still.ts';
import type { VideoProvider } from '../providers/video.ts';
import type { Pace } from '../queue/pace.ts';
import { variableOf } from './keys.ts';
import { type SampleOptions, samples } from './samples.ts';

export interface Providers {
  /** Entries that somebody can be asked about, and how. */
  probed: Catalogue;
  probe: Probe;
  language: LanguageProvider;
  moderator: Moderator;
  stills: (model: string) => StillProvider;
  videos: (model: string) => VideoProvider;
  /** The environment variable whose key serves a model, `language` or `moderation`; null for samples. */
  variableOf: (service: string) => string | null;
}

interface Parts {
  config: Config;
  every: Catalogue;
  fetch: GuardedFetch;
  download: GuardedDownload;
  clock: () => number;
  samples: SampleOptions & { folder: string };
  /** Where providers call us. */
  webhooks: Addresses;
  /** By the name of a provider. */
  receipts: (provider: string) => Receipts;
  pace: Pace;
}

/**
 * Whoever has a key serves; an order in flight is still looked after by whom it was given to. An SDK is loaded only
 * where its key is set: together they would double the time to start.
 */
export async function providersOf(parts: Parts): Promise<Providers> {
  const { config, every } = parts;
  const standIn = samples({ ...parts.samples, clock: parts.clock, catalogue: every });
  const videos: Record<string, VideoProvider> = { sample: standIn.videos('') };
  const stills: Record<string, StillProvider> = { sample: standIn.stills('') };
  if (config.OPENAI_API_KEY) stills['openai'] = await openaiStills(config, every);
  if (config.REPLICATE_API_TOKEN) {
    const { replicateStill, replicateVideo } = await import('../providers/replicate.ts');
    const options = replicateOptions(parts, config.REPLICATE_API_TOKEN);
    videos['replicate'] = pacedVideo('replicate', replicateVideo(options), parts.pace);
    stills['replicate'] = pacedStill('replicate', replicateStill(options), parts.pace);
  }
  if (config.RUNWAYML_API_SECRET) videos['runway'] = await runwayOf(parts, config.RUNWAYML_API_SECRET);
  return {
    ...(await probeOf(config, every)),
    variableOf: (service) => variableOf(service, config, every),
    language: (await languageOf(config, every)) ?? standIn.language,
    moderator: (await moderatorOf(config)) ?? standIn.moderator,
    videos: (model) => ofModel(videos, every, model),
    stills: (model) => ofModel(stills, every, model),
  };
}

function ofModel<P>(providers: Record<string, P>, every: Catalogue, model: string): P {
  const name = findModel(every, model)?.provider ?? '';
  const provider = providers[name];
  if (!provider) throw new Never('bad-key', `no key for ${name || model}`);
  return provider;
}

const lives = (model: Model): boolean => model.status !== 'retired' && !isByName(model);

async function languageOf(config: Config, every: Catalogue): Promise<LanguageProvider | null> {
  if (!config.OPENAI_API_KEY && !config.POE_API_KEY) return null;
  const { openaiLanguage, poeURL } = await import('../providers/openai.ts');
  const models = every.filter((m) => lives(m) && m.kinds.includes('language')).map((m) => m.slug ?? m.id);
  const price = (name: string, tokens: Tokens) => {
    const model = findModel(every, name);
    return model ? wordsPrice(model, tokens) : 0;
  };
  const { OPENAI_API_KEY, OPENAI_BASE_URL, POE_API_KEY, POE_BASE_URL = poeURL } = config;
  if (OPENAI_API_KEY)
    return openaiLanguage({
      apiKey: OPENAI_API_KEY,
      ...at(OPENAI_BASE_URL),
      models: models.slice(0, 2),
      price,
    });
  return POE_API_KEY ? openaiLanguage({ apiKey: POE_API_KEY, baseURL: POE_BASE_URL, models, price }) : null;
}

async function moderatorOf({ OPENAI_API_KEY, OPENAI_BASE_URL }: Config): Promise<Moderator | null> {
  if (!OPENAI_API_KEY) return null;
  const { openaiModeration } = await import('../providers/openai.ts');
  return openaiModeration({ apiKey: OPENAI_API_KEY, ...at(OPENAI_BASE_URL) });
}

async function probeOf(config: Config, every: Catalogue): Promise<{ probed: Catalogue; probe: Probe }> {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, REPLICATE_API_TOKEN: token, REPLICATE_BASE_URL } = config;
  const openai = OPENAI_API_KEY ? { openai: { apiKey: OPENAI_API_KEY, ...at(OPENAI_BASE_URL) } } : {};
  const replicate = token
    ? { replicate: { token, ...(REPLICATE_BASE_URL ? { baseUrl: REPLICATE_BASE_URL } : {}) } }
    : {};
  const keys = { ...openai, ...replicate };
  const asked = every.filter((m) => m.status !== 'retired' && Object.hasOwn(keys, m.provider));
  if (asked.length === 0) return { probed: [], probe: async () => ({ verdict: 'unknown', says: 'no key' }) };
  const { probeWith } = await import('../providers/catalogue-check.ts');
  return { probed: asked, probe: probeWith(keys) };
}

const at = (baseURL: string | undefined) => (baseURL ? { baseURL } : {});

/** Billed by its list price: what a still costs is said before it is made. */
async function openaiStills(
  { OPENAI_API_KEY = '', OPENAI_BASE_URL }: Config,
  every: Catalogue,
): Promise<StillProvider> {
  const { openaiStill } = await import('../providers/openai.ts');
  return openaiStill({
    apiKey: OPENAI_API_KEY,
    ...at(OPENAI_BASE_URL),
    catalogue: every,
    price: (order) => {
      const model = findModel(every, order.model);
      return model ? stillPrice(model, steeringOf(order.references).length, order.quality) : 0;
    },
  });
}

const replicateOptions = (
  { config, every, fetch, download, clock, webhooks, receipts }: Parts,
  token: string,
) => ({
  token,
  ...(config.REPLICATE_BASE_URL ? { baseUrl: config.REPLICATE_BASE_URL } : {}),
  catalogue: every,
  fetch,
  download,
  clock,
  hosts: config.ALLOW_PRIVATE_HOSTS,
  webhooks,
  receipts: receipts('replicate'),
});

async function runwayOf({ config, every, download }: Parts, apiKey: string): Promise<VideoProvider> {
  const { runwayVideo } = await import('../providers/runway.ts');
  return runwayVideo({
    apiKey,
    ...at(config.RUNWAYML_BASE_URL),
    modelOf: (id) => findModel(every, id),
    download,
  });
}
