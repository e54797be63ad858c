import { readFile } from 'node:fs/promises';
import type OpenAI from 'openai';
import type { ModerationCreateParams } from 'openai/resources/moderations';
import { troubleOf } from './trouble.ts';

export interface Moderated {
  flagged: boolean;
  /** Their names for what was found, such as `violence/graphic`, in order. */
  categories: string[];
}

type Input = ModerationCreateParams['input'];

/** Words together, pictures one at a time: whether a request may hold more is documented nowhere. */
export async function inputsOf(
  texts: readonly string[],
  images: readonly { path: string; mime: string }[],
): Promise<Input[]> {
  const said = texts.filter((text) => text.trim());
  const pictures = await Promise.all(images.map(pictureOf));
  return [...(said.length > 0 ? [said] : []), ...pictures.map((picture) => [picture])];
}

async function pictureOf({ path, mime }: { path: string; mime: string }) {
  const url = `data:${mime};base64,${await readFile(path, 'base64')}`;
  return { type: 'image_url' as const, image_url: { url } };
}

/** One request's finding. */
export async function look(
  client: OpenAI,
  input: Input,
  signal: AbortSignal | undefined,
): Promise<Moderated> {
  const params = { model: 'omni-moderation-latest', input };
  try {
    const { results } = await client.moderations.create(params, { maxRetries: 1, signal: signal ?? null });
    const raised = results.flatMap(({ categories }) => Object.entries(categories).filter(([, is]) => is));
    return { flagged: results.some((each) => each.flagged), categories: raised.map(([name]) => name) };
  } catch (error) {
    throw troubleOf(error);
  }
}
