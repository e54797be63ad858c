import { NotFoundError } from 'openai';
import { type OpenAISettings, openaiClient } from './client.ts';
import { troubleOf } from './trouble.ts';

export interface Life {
  alive: boolean;
  /** `YYYY-MM-DD` where its end is announced. */
  shutdownOn: string | null;
}

/** Asks whether a model is still there and until when. Throws TryLater and Never where nobody can tell. */
export function openaiProbe(settings: OpenAISettings): (model: string) => Promise<Life> {
  const client = openaiClient(settings, 20_000);
  return async (model) => {
    try {
      const { shutdown_date } = await client.models.retrieve(model, { maxRetries: 1 });
      return { alive: true, shutdownOn: shutdown_date ?? null };
    } catch (error) {
      if (error instanceof NotFoundError) return { alive: false, shutdownOn: null };
      throw troubleOf(error);
    }
  };
}
