import { readFileSync } from 'node:fs';
import type OpenAI from 'openai';
import { APIError } from 'openai';
import { Reading, Refinement } from '../../campaign/prompt.ts';
import { Never, TryLater } from '../../errors.ts';
import type { LanguageProvider } from '../language.ts';
import { ask, type Form, lesserForm, type Question } from './ask.ts';
import { type OpenAISettings, openaiClient, safetyIdentifier } from './client.ts';
import { readData, refineData, spoken } from './data.ts';
import { troubleOf } from './trouble.ts';

export interface OpenAILanguageOptions extends OpenAISettings {
  /** Asked in this order until one answers. */
  models: readonly string[];
}

const page = (name: string): string => readFileSync(new URL(`./${name}.md`, import.meta.url), 'utf8');
const directing = page('refine');
const reading = page('read');

// Two sheets of 2,000 characters each, also in scripts where every character is a token or two.
const mostRefined = 6000;
const mostRead = 3000;
const usualWait = 20_000;

/** Words a prompt and reads messages with OpenAI's models, or with those of anyone who answers as OpenAI does. */
export function openaiLanguage(options: OpenAILanguageOptions): LanguageProvider {
  const client = openaiClient(options, usualWait);
  const forms = new Map<string, Form>();
  const safety = safetyIdentifier(options.user);
  const put = <T>(question: Question<T>, signal: AbortSignal): Promise<T> =>
    firstAnswer(options.models, signal, (model) => askModel(client, model, forms, question, signal));
  return {
    async refine(order, signal) {
      const data = refineData(order);
      const said = await put(
        {
          name: 'refinement',
          schema: Refinement,
          instructions: directing,
          data,
          most: mostRefined,
          ...safety,
        },
        signal,
      );
      return {
        ...said,
        product: order.product ?? spoken(said.product, order),
        tagline: order.tagline ?? spoken(said.tagline, order),
      };
    },
    read(order, signal) {
      const data = readData(order);
      return put(
        { name: 'reading', schema: Reading, instructions: reading, data, most: mostRead, ...safety },
        signal,
      );
    },
  };
}

/** Asks in the fullest form the model takes, and remembers which that was. */
async function askModel<T>(
  client: OpenAI,
  model: string,
  forms: Map<string, Form>,
  question: Question<T>,
  signal: AbortSignal,
): Promise<T> {
  const form = forms.get(model) ?? 'full';
  try {
    return await ask(client, model, form, question, signal);
  } catch (error) {
    const lesser = lesserForm(form, error);
    if (!lesser) throw error;
    forms.set(model, lesser);
    return askModel(client, model, forms, question, signal);
  }
}

/** Down the chain until one answers. */
async function firstAnswer<T>(
  models: readonly string[],
  signal: AbortSignal,
  put: (model: string) => Promise<T>,
): Promise<T> {
  let end: Never | TryLater = new Never('provider-error', 'no model to ask');
  for (const model of models) {
    try {
      return await put(model);
    } catch (error) {
      const { trouble, isFinal } = languageTrouble(error);
      // Whether it is worth trying later is said by the first that may come back.
      if (isFinal || !(end instanceof TryLater)) end = trouble;
      if (isFinal || signal.aborted) break;
    }
  }
  throw end;
}

/** A refusal is final, for no laxer model is looked for; so is an account that serves none of them. */
function languageTrouble(error: unknown): { trouble: Never | TryLater; isFinal: boolean } {
  const known = error instanceof APIError || error instanceof Never || error instanceof TryLater;
  if (!known) return { trouble: new Never('provider-error', 'an answer that does not fit'), isFinal: false };
  const trouble = troubleOf(error);
  if (trouble instanceof TryLater) return { trouble, isFinal: false };
  const isRefusal = trouble.code.startsWith('moderation');
  const code = isRefusal ? 'moderation-input' : 'provider-error';
  const isFinal = isRefusal || trouble.code === 'no-credit' || trouble.code === 'bad-key';
  return { trouble: new Never(code, `${trouble.code}: ${trouble.message}`, { cause: error }), isFinal };
}
