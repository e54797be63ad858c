import type { Model } from '../campaign/model.ts';
import { Never, TryLater } from '../errors.ts';
import type { OpenAISettings } from './openai/client.ts';
import { openaiProbe } from './openai.ts';
import type { Finding, Probe } from './probe.ts';
import type { ReplicateAccess } from './replicate/api.ts';
import { probeReplicate } from './replicate/probe.ts';

/** How the providers that have a key are reached. */
export interface Keys {
  replicate?: ReplicateAccess;
  openai?: OpenAISettings;
  runway?: true;
}

export interface Checked extends Finding {
  model: Model;
}

/** Asks every provider that has a key about every model of it that is not retired, a few at a time. Buys nothing. */
export async function checkModels(catalogue: readonly Model[], keys: Keys): Promise<Checked[]> {
  const asked = catalogue.filter(
    ({ status, provider }) => status !== 'retired' && Object.hasOwn(keys, provider),
  );
  const probe = probeWith(keys);
  const found: Checked[] = [];
  for (let at = 0; at < asked.length; at += 4)
    found.push(
      ...(await Promise.all(
        asked.slice(at, at + 4).map(async (model) => ({ model, ...(await probe(model)) })),
      )),
    );
  return found;
}

export const probeWith =
  ({ replicate, openai }: Keys): Probe =>
  async (model) => {
    try {
      if (model.provider === 'replicate' && replicate) return await probeReplicate(replicate, model);
      if (model.provider === 'openai' && openai) return await probeOpenAI(openai, model);
    } catch (error) {
      if (error instanceof TryLater || error instanceof Never)
        return { verdict: 'unknown', says: `not answered: ${error.message}` };
      throw error;
    }
    return { verdict: 'unknown', says: `${model.provider} tells nothing of its models` };
  };

async function probeOpenAI(settings: OpenAISettings, model: Model): Promise<Finding> {
  const { alive, shutdownOn: on } = await openaiProbe(settings)(model.slug ?? model.id);
  if (!alive) return { verdict: 'gone', says: 'no such model' };
  if (on === null) return { verdict: 'lives', says: 'no end is announced' };
  const known = on === model.shutdownOn ? '' : `, which the catalogue does not say`;
  return { verdict: 'ends', says: `on ${on}${known}`, on };
}
