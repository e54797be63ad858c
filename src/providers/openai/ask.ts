import type OpenAI from 'openai';
import { APIError } from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import type { Response } from 'openai/resources/responses/responses';
import { z } from 'zod';
import type { Tokens } from '../../campaign/model.ts';
import { Never, TryLater } from '../../errors.ts';

export interface Question<T> {
  name: string;
  schema: z.ZodType<T>;
  /** How to answer; the same for everybody. */
  instructions: string;
  /** What to answer: people's words, as JSON. */
  data: string;
  /** JPEGs that go along, and what to answer where they do not. */
  seen?: { pictures: readonly Buffer[]; unseen: string };
  most: number;
  safety_identifier?: string;
}

/** Told of every answer, whether it can be used or not. */
type Used = (model: string, usage: Tokens) => void;

/** How a model is asked. Not every one takes `reasoning`; some behind Poe take no schema and are told it in words. */
export type Form = 'full' | 'unreasoned' | 'plain';

export interface Asking {
  signal: AbortSignal;
  used: Used;
}

/** One answer that fits the schema. Throws what the SDK throws, Never and TryLater. */
export function ask<T>(
  client: OpenAI,
  model: string,
  form: Form,
  question: Question<T>,
  { signal, used }: Asking,
): Promise<T> {
  const options = { signal, maxRetries: 1 };
  const count = (usage: Tokens) => used(model, usage);
  return form === 'plain'
    ? askPlainly(client, model, question, options, count)
    : askInSchema(client, model, form, question, options, count);
}

/** The form to try when a model refused the one it was asked in, or null where the form is not to blame. */
export function lesserForm(form: Form, error: unknown): Form | null {
  if (!(error instanceof APIError) || error.code === 'model_not_found') return null;
  const { status, param, message } = error;
  if (form === 'plain' || status === undefined || ![400, 404, 405, 422, 501].includes(status)) return null;
  const about = (words: RegExp) => words.test(param ?? '') || (!param && words.test(message));
  if (form === 'full' && about(/^reasoning|\breasoning\b/)) return 'unreasoned';
  if ([404, 405, 501].includes(status)) return 'plain';
  return about(/^text\b|json_schema|response_format|structured output/i) ? 'plain' : null;
}

type Options = { signal: AbortSignal; maxRetries: number };
type Count = (usage: Tokens) => void;

async function askInSchema<T>(
  client: OpenAI,
  model: string,
  form: Form,
  { name, schema, instructions, data, seen, most, ...safety }: Question<T>,
  options: Options,
  count: Count,
): Promise<T> {
  const answer = await client.responses.create(
    {
      model,
      instructions,
      input: [
        { role: 'user', content: [{ type: 'input_text', text: data }, ...(seen?.pictures ?? []).map(shown)] },
      ],
      text: { format: zodTextFormat(schema, name) },
      ...(form === 'full' ? { reasoning: { effort: 'none' as const } } : {}),
      max_output_tokens: most,
      store: false,
      ...safety,
    },
    options,
  );
  const { usage } = answer;
  if (usage)
    count({
      in: usage.input_tokens,
      cached: usage.input_tokens_details?.cached_tokens ?? 0,
      out: usage.output_tokens,
    });
  if (answer.status !== 'completed' || !answer.output_text) unanswered(answer);
  return schema.parse(JSON.parse(answer.output_text));
}

const shown = (jpeg: Buffer) => ({
  type: 'input_image' as const,
  image_url: `data:image/jpeg;base64,${jpeg.toString('base64')}`,
  detail: 'low' as const,
});

const policy = /invalid_prompt|policy|content_filter/;

function unanswered({ status, output, error, incomplete_details }: Response): never {
  const parts = output.flatMap((item) => (item.type === 'message' ? item.content : []));
  const why = error?.code ?? incomplete_details?.reason ?? status ?? 'no answer';
  if (policy.test(why) || parts.some(({ type }) => type === 'refusal'))
    throw new Never('moderation-input', why);
  if (/server_error|rate_limit/.test(why)) throw new TryLater(why, { delay: 5000, sent: true });
  throw new Never('provider-error', why);
}

async function askPlainly<T>(
  client: OpenAI,
  model: string,
  { schema, instructions, data, seen, most }: Question<T>,
  options: Options,
  count: Count,
): Promise<T> {
  const shape = JSON.stringify(z.toJSONSchema(schema));
  const system = `${instructions}\n# Form\n\nAnswer with one JSON object of this schema and nothing else:\n${shape}`;
  const answer = await client.chat.completions.create(
    {
      model,
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: seen?.unseen ?? data },
      ],
      max_completion_tokens: most,
    },
    options,
  );
  const { usage } = answer;
  if (usage)
    count({
      in: usage.prompt_tokens,
      cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
      out: usage.completion_tokens,
    });
  const choice = answer.choices[0];
  if (choice?.message.refusal || choice?.finish_reason === 'content_filter')
    throw new Never('moderation-input', choice.finish_reason);
  const text = choice?.message.content ?? '';
  return schema.parse(JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)));
}
