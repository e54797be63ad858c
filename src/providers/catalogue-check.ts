import { NotFoundError } from 'openai';
import type { Model } from '../campaign/model.ts';
import { TryLater } from '../errors.ts';
import { type OpenAISettings, openaiClient } from './openai/client.ts';
import type { ReplicateAccess } from './replicate/api.ts';
import { type Finding, probeReplicate } from './replicate/probe.ts';

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
  const found: Checked[] = [];
  for (let at = 0; at < asked.length; at += 4)
    found.push(
      ...(await Promise.all(
        asked.slice(at, at + 4).map(async (model) => ({ model, ...(await probe(model, keys)) })),
      )),
    );
  return found;
}

async function probe(model: Model, { replicate, openai }: Keys): Promise<Finding> {
  try {
    if (model.provider === 'replicate' && replicate) return await probeReplicate(replicate, model);
    if (model.provider === 'openai' && openai) return await probeOpenAI(openai, model);
  } catch (error) {
    if (error instanceof TryLater) return { verdict: 'unknown', says: `not answered: ${error.message}` };
    throw error;
  }
  return { verdict: 'unknown', says: `${model.provider} tells nothing of its models` };
}

const quickly = 20_000;

async function probeOpenAI(settings: OpenAISettings, model: Model): Promise<Finding> {
  try {
    const { shutdown_date: day } = await openaiClient(settings, quickly).models.retrieve(
      model.slug ?? model.id,
    );
    if (!day) return { verdict: 'fits', says: 'it lives' };
    const known = day === model.shutdownOn ? '' : `, which the catalogue does not say`;
    return { verdict: 'ends', says: `on ${day}${known}` };
  } catch (error) {
    if (error instanceof NotFoundError) return { verdict: 'gone', says: 'no such model' };
    return { verdict: 'unknown', says: `not answered: ${(error as Error).name}` };
  }
}
