import { type Catalogue, findModel } from '../campaign/model.ts';
import type { Config } from '../config.ts';

/** Where each provider's key is looked for. */
const variables = {
  openai: 'OPENAI_API_KEY',
  poe: 'POE_API_KEY',
  replicate: 'REPLICATE_API_TOKEN',
  runway: 'RUNWAYML_API_SECRET',
} as const;
type Provider = keyof typeof variables;

/** Names of the providers that have a key. */
export const connectedBy = (config: Config): Provider[] =>
  (Object.keys(variables) as Provider[]).filter((name) => config[variables[name]]);

/** The environment variable whose key serves a model, `language` or `moderation`; null for samples. */
export function variableOf(service: string, config: Config, every: Catalogue): string | null {
  if (service === 'moderation') return variables.openai;
  if (service === 'language') return config.OPENAI_API_KEY ? variables.openai : variables.poe;
  const provider = findModel(every, service)?.provider;
  return provider && Object.hasOwn(variables, provider) ? variables[provider as Provider] : null;
}
