import { createHash } from 'node:crypto';
import OpenAI from 'openai';

/** Where OpenAI, or whoever speaks as OpenAI does, is reached. */
export interface OpenAISettings {
  apiKey: string;
  /** Ends in `/v1`; OpenAI itself where it is left out. */
  baseURL?: string;
  /** Milliseconds for one request. */
  timeout?: number;
  /** Whom requests are made for; leaves this machine only as a hash. */
  user?: string;
}

/**
 * A client that repeats nothing, logs nothing and reads no environment of its own. Redirects are not followed:
 * a key and a paid order go where the settings say, or nowhere.
 */
export function openaiClient({ apiKey, baseURL, timeout }: OpenAISettings, most: number): OpenAI {
  return new OpenAI({
    apiKey,
    baseURL: baseURL ?? 'https://api.openai.com/v1',
    timeout: Math.min(timeout ?? most, longestWait),
    maxRetries: 0,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    fetchOptions: { redirect: 'manual' },
  });
}

// Node's own fetch gives up after 300 seconds without headers, whatever the client was told.
const longestWait = 290_000;

/** What abuse is reported under: stable, and nobody can read a name from it. */
export const safetyIdentifier = (user: string | undefined): { safety_identifier?: string } =>
  user === undefined
    ? {}
    : { safety_identifier: createHash('sha256').update(`dailies:${user}`).digest('hex') };
