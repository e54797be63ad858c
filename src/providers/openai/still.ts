import type OpenAI from 'openai';
import { BadRequestError, type Uploadable } from 'openai';
import type { ImagesResponse } from 'openai/resources/images';
import { Never, TryLater } from '../../errors.ts';
import type { MadeStill, StillOrder, StillProvider } from '../still.ts';
import type { Sending } from '../video.ts';
import { type OpenAISettings, openaiClient, safetyIdentifier } from './client.ts';
import { promptWith, shownReferences, sizes, upload } from './still-request.ts';
import { troubleOf } from './trouble.ts';

/** What one still used up, in tokens. */
export interface StillUsage {
  text: number;
  images: number;
  output: number;
}

export interface OpenAIStillOptions extends OpenAISettings {
  /** Micro-dollars; the usage is null where the answer does not tell it. `model` is the order's. */
  price: (model: string, usage: StillUsage | null) => number;
  /** The provider's own name of a model, where the order's differs. */
  slug?: (model: string) => string;
}

// A still takes 8 to 60 seconds; whoever hangs up too early has paid for nothing.
const usualWait = 180_000;

/** Stills by OpenAI's image models: made anew, or after the references that an order carries. */
export function openaiStill(options: OpenAIStillOptions): StillProvider {
  const client = openaiClient(options, usualWait);
  const plainOnes = new Set<string>();
  return {
    memory: 'never',
    find: async () => 'unknown',
    async make(order, sending) {
      if (sending.signal.aborted) throw new TryLater('called off', { delay: 1000, sent: false });
      const draft = await drafted(order, options);
      const [exact, common] = sizes[order.aspect];
      const send = (size: string) => sendOnce(client, { ...draft, size }, sending);
      if (plainOnes.has(draft.model)) return made(await send(common), order, options);
      const answer = await send(exact).catch((error: unknown) => {
        if (!isSizeRefused(error)) throw error;
        plainOnes.add(draft.model);
        return send(common);
      });
      return made(answer, order, options);
    },
  };
}

interface Draft {
  model: string;
  prompt: string;
  images: Uploadable[];
  safety_identifier?: string;
}

async function drafted(order: StillOrder, { slug, user }: OpenAIStillOptions): Promise<Draft> {
  const references = shownReferences(order);
  return {
    model: slug?.(order.model) ?? order.model,
    prompt: promptWith(references, order.prompt),
    images: await upload(references),
    ...safetyIdentifier(user),
  };
}

const fixed = { n: 1, quality: 'medium', output_format: 'png' } as const;

/** One paid request: everything is prepared before the guard, and nothing of the client's repeats it. */
async function sendOnce(
  client: OpenAI,
  { images, ...draft }: Draft & { size: string },
  { signal, guard }: Sending,
): Promise<ImagesResponse> {
  await guard();
  try {
    return images.length > 0
      ? await client.images.edit({ ...draft, ...fixed, image: images }, { signal, maxRetries: 0 })
      : await client.images.generate({ ...draft, ...fixed, moderation: 'auto' }, { signal, maxRetries: 0 });
  } catch (error) {
    throw troubleOf(error);
  }
}

/** A size refused is proof that nothing was made; the newest models are not known to take every size. */
const isSizeRefused = (error: unknown): boolean =>
  error instanceof Never && error.cause instanceof BadRequestError && error.cause.param === 'size';

function made(answer: ImagesResponse, { model }: StillOrder, { price }: OpenAIStillOptions): MadeStill {
  // Something between them and us may have answered; whether the order went through is not said.
  if (typeof answer !== 'object' || answer === null)
    throw new TryLater('the answer is not theirs', { delay: 5000, sent: true });
  const picture = answer.data?.[0]?.b64_json;
  if (!picture) throw new Never('provider-error', 'an answer without a picture');
  return { bytes: Buffer.from(picture, 'base64'), mime: 'image/png', cost: price(model, usageOf(answer)) };
}

function usageOf({ usage }: ImagesResponse): StillUsage | null {
  if (!usage) return null;
  const { text_tokens: text, image_tokens: images } = usage.input_tokens_details;
  return { text, images, output: usage.output_tokens };
}
