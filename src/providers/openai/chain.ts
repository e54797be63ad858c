import type OpenAI from 'openai';
import { APIError } from 'openai';
import { Never, TryLater } from '../../errors.ts';
import { type Asking, ask, type Form, lesserForm, type Question } from './ask.ts';
import { troubleOf } from './trouble.ts';

/**
 * Puts a question to the models in their order until one answers. Throws TryLater, or
 * Never(`moderation-input` | `provider-error`).
 */
export function openChain(client: OpenAI, models: readonly string[]) {
  const forms = new Map<string, Form>();
  return <T>(question: Question<T>, asking: Asking): Promise<T> =>
    firstAnswer(models, (model) => askModel(client, model, forms, question, asking));
}

/** Asks in the fullest form the model takes, and remembers which that was. */
async function askModel<T>(
  client: OpenAI,
  model: string,
  forms: Map<string, Form>,
  question: Question<T>,
  asking: Asking,
): Promise<T> {
  const form = forms.get(model) ?? 'full';
  try {
    return await ask(client, model, form, question, asking);
  } catch (error) {
    const lesser = lesserForm(form, error);
    if (!lesser) throw error;
    forms.set(model, lesser);
    return askModel(client, model, forms, question, asking);
  }
}

async function firstAnswer<T>(models: readonly string[], put: (model: string) => Promise<T>): Promise<T> {
  let end: Never | TryLater = new Never('provider-error', 'no model to ask');
  for (const model of models) {
    try {
      return await put(model);
    } catch (error) {
      const { trouble, isFinal } = languageTrouble(error);
      // Whether it is worth trying later is said by the first that may come back.
      if (isFinal || !(end instanceof TryLater)) end = trouble;
      if (isFinal) break;
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
