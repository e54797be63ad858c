import { readFile } from 'node:fs/promises';
import type OpenAI from 'openai';
import type { ModerationCreateParams } from 'openai/resources/moderations';
import { type OpenAISettings, openaiClient } from './client.ts';
import { troubleOf } from './trouble.ts';

export interface OpenAIModerationOptions extends OpenAISettings {
  model?: string;
}

export interface Moderated {
  flagged: boolean;
  /** Their names for what was found, such as `violence/graphic`, in order. */
  categories: string[];
}

/** Throws TryLater and Never; what could not be looked at is not passed as harmless. */
export type Moderate = (
  texts: readonly string[],
  images?: readonly { path: string; mime: string }[],
  signal?: AbortSignal,
) => Promise<Moderated>;

/** Looks through words and pictures before money is spent on them. */
export function openaiModeration(options: OpenAIModerationOptions): Moderate {
  const client = openaiClient(options, 20_000);
  const model = options.model ?? 'omni-moderation-latest';
  return async (texts, images = [], signal) => {
    const said = texts.filter((text) => text.trim());
    const inputs: Input[] = said.length > 0 ? [said] : [];
    // One picture at a time: whether a request may hold more is documented nowhere.
    for (const image of images) inputs.push([await pictureOf(image)]);
    const found = await Promise.all(inputs.map((input) => look(client, { model, input }, signal)));
    return {
      flagged: found.some((each) => each.flagged),
      categories: [...new Set(found.flatMap((each) => each.categories))].sort(),
    };
  };
}

type Input = ModerationCreateParams['input'] & unknown[];

async function pictureOf({ path, mime }: { path: string; mime: string }) {
  const url = `data:${mime};base64,${await readFile(path, 'base64')}`;
  return { type: 'image_url' as const, image_url: { url } };
}

async function look(
  client: OpenAI,
  params: ModerationCreateParams,
  signal: AbortSignal | undefined,
): Promise<Moderated> {
  try {
    const { results } = await client.moderations.create(params, { maxRetries: 1, signal: signal ?? null });
    const raised = results.flatMap(({ categories }) => Object.entries(categories).filter(([, is]) => is));
    return { flagged: results.some((each) => each.flagged), categories: raised.map(([name]) => name) };
  } catch (error) {
    throw troubleOf(error);
  }
}
