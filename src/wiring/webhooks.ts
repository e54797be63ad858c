import { randomBytes } from 'node:crypto';
import type { Handler } from '../api/http.ts';
import { webhooks } from '../api/webhooks.ts';
import type { Config } from '../config.ts';
import { type Hint, heed } from '../engine/hint.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log.ts';
import { type Addresses, webhookPath } from '../providers/replicate/address.ts';
import { readWebhook } from '../providers/replicate/webhook.ts';
import { decidedOnce } from './decided-once.ts';

/** Signs the addresses that providers are given; made once and kept, and the same in every process. */
export const webhookSecret = async (journal: Journal): Promise<Uint8Array> =>
  Buffer.from(await decidedOnce(journal, 'webhooks', randomBytes(32).toString('base64')), 'base64');

interface Parts {
  config: Config;
  addresses: Addresses;
  clock: () => number;
  log: Log;
}

/** Where providers with a key may call: what they say is only a hint. */
export function webhookRoutes(parts: Parts, engine: Parameters<typeof heed>[1]): Record<string, Handler> {
  const { config, addresses, clock, log } = parts;
  if (!config.REPLICATE_API_TOKEN) return {};
  const secret = once(() => secretOf(config));
  const heard = webhooks({
    tagIn: addresses.tagIn,
    read: async (headers, body) => readWebhook(headers, body, await secret(), clock()),
    heed: (hint: Hint) => heed(hint, engine),
    log,
  });
  return { [webhookPath]: heard };
}

async function secretOf({ REPLICATE_API_TOKEN: token = '', ...config }: Config): Promise<string> {
  if (config.REPLICATE_WEBHOOK_SECRET) return config.REPLICATE_WEBHOOK_SECRET;
  const { replicateApi } = await import('../providers/replicate/api.ts');
  const baseUrl = config.REPLICATE_BASE_URL;
  return replicateApi({ token, ...(baseUrl ? { baseUrl } : {}) }).webhookSecret();
}

/** What succeeded is not asked for again; what failed is. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = null;
      throw error;
    });
    return asked;
  };
}
