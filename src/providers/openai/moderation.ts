import { readFile } from 'node:fs/promises';
import type OpenAI from 'openai';
import type { ModerationCreateParams } from 'openai/resources/moderations';
import { Harm } from '../../campaign/screening.ts';
import { troubleOf } from './trouble.ts';

type Input = ModerationCreateParams['input'];

/** One picture to a request: whether it may hold more is documented nowhere. */
export async function pictureInput({ path, mime }: { path: string; mime: string }): Promise<Input> {
  const url = `data:${mime};base64,${await readFile(path, 'base64')}`;
  return [{ type: 'image_url' as const, image_url: { url } }];
}

/** One request's finding, in our words. */
export async function look(client: OpenAI, input: Input, signal: AbortSignal): Promise<Harm[]> {
  const params = { model: 'omni-moderation-latest', input };
  try {
    const { results } = await client.moderations.create(params, { maxRetries: 1, signal });
    const flagged = results.filter((each) => each.flagged);
    const raised = flagged.flatMap(({ categories }) => Object.entries(categories).filter(([, is]) => is));
    const harms = [...new Set(raised.map(([name]) => harmOf(name)))].sort();
    return flagged.length > 0 && harms.length === 0 ? ['other'] : harms;
  } catch (error) {
    throw troubleOf(error);
  }
}

/** `violence/graphic` is violence; a category we have no word for is `other`. */
const harmOf = (category: string): Harm => Harm.catch('other').parse(category.split('/')[0]);
