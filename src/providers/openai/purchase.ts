import type OpenAI from 'openai';
import type { ImagesResponse } from 'openai/resources/images';
import { Never, TryLater } from '../../errors.ts';
import type { Sending } from '../video.ts';
import type { Draft } from './draft.ts';
import { troubleOf } from './trouble.ts';

type Order = Omit<Draft, 'common'> & { safety_identifier?: string };

/** What one still used up, in tokens. */
export interface StillUsage {
  text: number;
  images: number;
  output: number;
}

/** What nobody's data may change: one picture, moderated as usual, in a format whose bytes are kept. */
const settled = { n: 1, output_format: 'png' } as const;

/** One paid request: everything is prepared before the guard, and nothing of the client's repeats it. */
export async function sendOnce(
  client: OpenAI,
  { images, fixed, ...order }: Order,
  { signal, guard }: Sending,
): Promise<ImagesResponse> {
  await guard();
  const { moderation: _, ...more } = fixed;
  const body = { ...more, ...order, ...settled };
  try {
    return images.length > 0
      ? await client.images.edit({ ...body, image: images }, { signal, maxRetries: 0 })
      : await client.images.generate({ ...body, moderation: 'auto' }, { signal, maxRetries: 0 });
  } catch (error) {
    throw troubleOf(error);
  }
}

/** The picture in an answer, and what it cost: an answer without one is billed all the same. */
export function developed(
  answer: ImagesResponse,
  price: (usage: StillUsage | null) => number,
): { bytes: Buffer; cost: number } {
  // Something between them and us may have answered; whether the order went through is not said.
  if (typeof answer !== 'object' || answer === null)
    throw new TryLater('the answer is not theirs', { delay: 5000, sent: true });
  const cost = price(usageOf(answer));
  const picture = answer.data?.[0]?.b64_json;
  if (!picture) throw new Never('provider-error', 'an answer without a picture', { billed: cost });
  return { bytes: Buffer.from(picture, 'base64'), cost };
}

function usageOf({ usage }: ImagesResponse): StillUsage | null {
  if (!usage) return null;
  const { text_tokens: text, image_tokens: images } = usage.input_tokens_details;
  return { text, images, output: usage.output_tokens };
}
