import { NotFoundError } from 'openai';
import type { Catalogue, Tokens } from '../campaign/model.ts';
import { Never, TryLater } from '../errors.ts';
import type { Charged, LanguageProvider, RefineOrder } from './language.ts';
import type { Moderator } from './moderation.ts';
import type { Asking } from './openai/ask.ts';
import { openChain } from './openai/chain.ts';
import { type OpenAISettings, openaiClient, safetyIdentifier } from './openai/client.ts';
import { drafted, isSizeRefused } from './openai/draft.ts';
import { look, pictureInput } from './openai/moderation.ts';
import { developed, type StillUsage, sendOnce } from './openai/purchase.ts';
import { reading, refining, spoken, unseen } from './openai/questions.ts';
import { troubleOf } from './openai/trouble.ts';
import type { StillOrder, StillProvider } from './still.ts';

/** Poe answers as OpenAI does: a `baseURL`. Its models are the names of its bots. */
export const poeURL = 'https://api.poe.com/v1';

const quickly = 20_000;
// A still takes 8 to 60 seconds; whoever hangs up too early has paid for nothing.
const patiently = 180_000;

export interface OpenAILanguageOptions extends OpenAISettings {
  /** Asked in this order until one answers. */
  models: readonly string[];
  /** Micro-dollars for the tokens of one answer. */
  price: (model: string, usage: Tokens) => number;
}

/** Words a prompt and reads messages with OpenAI's models, or with those of anyone who answers as OpenAI does. */
export function openaiLanguage(options: OpenAILanguageOptions): LanguageProvider {
  const put = openChain(openaiClient(options, quickly), options.models);
  const safety = safetyIdentifier(options.user);
  /** Where nobody can look at the pictures, their names and purposes have to do. */
  const wording = (order: RefineOrder, asking: Asking) => {
    const question = { ...refining(order), ...safety };
    return put(question, asking).catch((error: unknown) => {
      const blind = question.seen && error instanceof Never && error.code === 'provider-error';
      if (!blind) throw error;
      return put({ ...refining(unseen(order)), ...safety }, asking);
    });
  };
  const asking = (signal: AbortSignal, charged?: Charged): Asking => ({
    signal,
    used: (model, usage) => charged?.(options.price(model, usage)),
  });
  return {
    async refine(order, signal, charged) {
      const said = await wording(order, asking(signal, charged));
      return {
        ...said,
        product: order.product ?? spoken(said.product, order),
        tagline: order.tagline ?? spoken(said.tagline, order),
      };
    },
    read: (order, signal, charged) => put({ ...reading(order), ...safety }, asking(signal, charged)),
  };
}

export interface OpenAIStillOptions extends OpenAISettings {
  catalogue: Catalogue;
  /** Micro-dollars; the usage is null where the answer does not tell it. */
  price: (order: StillOrder, usage: StillUsage | null) => number;
}

/** Stills by OpenAI's image models: made anew, or after the references that an order carries. */
export function openaiStill(options: OpenAIStillOptions): StillProvider {
  const client = openaiClient(options, patiently);
  const plainOnes = new Set<string>();
  return {
    memory: 'never',
    find: async () => 'unknown',
    async make(order, sending) {
      if (sending.signal.aborted) throw new TryLater('called off', { delay: 1000, sent: false });
      const { size, common, ...draft } = await drafted(order, options.catalogue);
      const safe = { ...draft, ...safetyIdentifier(options.user) };
      const send = (shape: string) => sendOnce(client, { ...safe, size: shape }, sending);
      const answer = await send(plainOnes.has(order.model) ? common : size).catch((error: unknown) => {
        if (!isSizeRefused(error)) throw error;
        plainOnes.add(order.model);
        return send(common);
      });
      return { mime: 'image/png', ...developed(answer, (usage) => options.price(order, usage)) };
    },
  };
}

/** Looks through words and pictures with OpenAI's moderation model, one thing in a request. */
export function openaiModeration(settings: OpenAISettings): Moderator {
  const client = openaiClient(settings, quickly);
  return {
    name: 'openai',
    words: (words, signal) => look(client, words, signal),
    picture: async (picture, signal) => look(client, await pictureInput(picture), signal),
  };
}

export interface Life {
  alive: boolean;
  /** `YYYY-MM-DD` where its end is announced. */
  shutdownOn: string | null;
}

/** Asks whether a model is still there and until when. Throws TryLater and Never where nobody can tell. */
export function openaiProbe(settings: OpenAISettings): (model: string) => Promise<Life> {
  const client = openaiClient(settings, quickly);
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
