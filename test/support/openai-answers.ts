import type { z } from 'zod';
import { type Body, type Fault, invalid, Refusal, type Refused, refusals } from './openai-faults.ts';
import { draw, moderate } from './openai-minds.ts';
import { faultInSchema } from './openai-schema.ts';
import { ChatBody, EditBody, GenerateBody, ModerationsBody, ResponsesBody } from './openai-shapes.ts';

/** A model here: when it ends, and what it cannot take. */
interface Mind {
  ends?: string;
  kind: 'language' | 'image' | 'moderation';
  refuses?: readonly ('reasoning' | 'schema')[];
}

const minds: Record<string, Mind> = {
  'gpt-6-luna': { kind: 'language' },
  'gpt-6.1-terra': { kind: 'language' },
  'gpt-4o': { kind: 'language', ends: '2027-01-14', refuses: ['reasoning'] },
  'Claude-Opus-4.7': { kind: 'language', refuses: ['reasoning', 'schema'] },
  'gpt-image-2.6-flare': { kind: 'image' },
  'gpt-image-2.6-sunburst': { kind: 'image' },
  'gpt-image-2.5-flare-2026-09-08': { kind: 'image' },
  'gpt-image-2': { kind: 'image' },
  'gpt-image-1.5': { kind: 'image', ends: '2026-12-01' },
  'omni-moderation-latest': { kind: 'moderation' },
};

/** A request on its way to an answer. */
interface Asked {
  method: string;
  path: string;
  body: Body;
  fault: Fault | undefined;
  say: (data: string) => unknown;
}

/** Checks a request and answers it. Throws Refusal. */
export async function answerTo(call: Asked): Promise<unknown> {
  const { method, path, body } = call;
  if (method === 'GET' && path.startsWith('/models/')) return lifeOf(decodeURIComponent(path.slice(8)));
  if (method !== 'POST') throw new Refusal({ status: 405, code: null, type: 'invalid_request_error' });
  switch (path) {
    case '/responses':
      return respond(call, checked(ResponsesBody, body));
    case '/chat/completions':
      return chat(call, checked(ChatBody, body));
    case '/images/generations':
      return picture(call, checked(GenerateBody, body), 0);
    case '/images/edits': {
      const edit = checked(EditBody, body);
      const count = edit['image[]']?.length ?? (edit.image ? 1 : 0);
      if (count === 0) throw new Refusal(invalid('image', 'missing_required_parameter'), body);
      return picture(call, edit, count);
    }
    case '/moderations': {
      const { input } = checked(ModerationsBody, body);
      const all = typeof input === 'string' ? [input] : input;
      const texts = all.map((e) =>
        typeof e === 'string' ? e : e.type === 'text' ? e.text : e.image_url.url,
      );
      return { id: 'modr-1', model: 'omni-moderation-latest', results: texts.map(moderate) };
    }
    default:
      throw new Refusal(refusals['no-route'] as Refused, body);
  }
}

function checked<T>(shape: z.ZodType<T>, body: Body): T {
  const { success, data, error } = shape.safeParse(body);
  if (success) return data;
  const issue = error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : null;
  const refused = unknown ? invalid(unknown, 'unknown_parameter') : invalid(issue?.path.join('.') ?? null);
  throw new Refusal({ ...refused, more: { message: issue?.message } }, body);
}

function mindOf(model: string, kind: Mind['kind'], body: Body): Mind {
  const mind = minds[model];
  if (mind?.kind !== kind) throw new Refusal(refusals['no-model'] as Refused, body);
  return mind;
}

function lifeOf(id: string) {
  const mind = minds[id];
  if (!mind) throw new Refusal(refusals['no-model'] as Refused);
  return {
    id,
    object: 'model',
    created: 1_760_000_000,
    owned_by: 'openai',
    shutdown_date: mind.ends ?? null,
  };
}

function respond(call: Asked, body: z.infer<typeof ResponsesBody>): unknown {
  const mind = mindOf(body.model, 'language', body);
  if (body.reasoning && mind.refuses?.includes('reasoning'))
    throw new Refusal(invalid('reasoning.effort', 'unsupported_parameter'), body);
  const format = body.text?.format;
  if (format?.type === 'json_schema') {
    if (mind.refuses?.includes('schema')) throw new Refusal(refusals['schema-refused'] as Refused, body);
    const fault = format.strict ? faultInSchema(format.schema) : null;
    if (fault)
      throw new Refusal(invalid('text.format.schema', 'invalid_json_schema', { message: fault }), body);
  }
  const message = Array.isArray(body.input) ? body.input.at(-1)?.content : body.input;
  const data = Array.isArray(message)
    ? message.map((part) => (part.type === 'input_text' ? part.text : '')).join('')
    : (message ?? '');
  return responseOf(body.model, answerText(call, data), call.fault);
}

const answerText = ({ say, fault }: Asked, data: string): string =>
  fault === 'not-schema' ? '{"answer":42}' : JSON.stringify(say(data));

function responseOf(model: string, text: string, fault: Fault | undefined): unknown {
  const isCut = fault === 'incomplete';
  const reasons: Partial<Record<Fault, string>> = {
    incomplete: 'max_output_tokens',
    'content-filter': 'content_filter',
  };
  const reason = fault && reasons[fault];
  const content =
    fault === 'refusal'
      ? { type: 'refusal', refusal: 'I cannot help with that.' }
      : { type: 'output_text', text: isCut ? text.slice(0, text.length / 2) : text, annotations: [] };
  const status = reason ? 'incomplete' : fault === 'failed' ? 'failed' : 'completed';
  return {
    id: 'resp_1',
    object: 'response',
    created_at: 1_763_000_000,
    model,
    status,
    error: status === 'failed' ? { code: 'invalid_prompt', message: 'Refused.' } : null,
    incomplete_details: reason ? { reason } : null,
    output:
      status === 'failed' || fault === 'empty'
        ? []
        : [{ type: 'message', id: 'msg_1', role: 'assistant', status, content: [content] }],
    usage: {
      input_tokens: 900,
      input_tokens_details: { cached_tokens: 400, cache_write_tokens: 0 },
      output_tokens: 300,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 1200,
    },
  };
}

function chat(call: Asked, body: z.infer<typeof ChatBody>): unknown {
  mindOf(body.model, 'language', body);
  const refused = call.fault === 'refusal';
  const text = `Here it is:\n\`\`\`json\n${answerText(call, body.messages.at(-1)?.content ?? '')}\n\`\`\``;
  const message = { role: 'assistant', content: refused ? null : text, refusal: refused ? 'No.' : null };
  return {
    id: 'chatcmpl_1',
    object: 'chat.completion',
    created: 1_763_000_000,
    model: body.model,
    choices: [{ index: 0, message, finish_reason: 'stop', logprobs: null }],
    usage: { prompt_tokens: 900, completion_tokens: 300, total_tokens: 1200 },
  };
}

async function picture(
  call: Asked,
  body: { model: string; prompt: string; size?: string | null | undefined },
  references: number,
): Promise<unknown> {
  mindOf(body.model, 'image', body as Body);
  if (call.fault === 'not-schema') return { answer: 42 };
  const tokens = { text_tokens: Math.ceil(body.prompt.length / 4), image_tokens: references * 300 };
  const input = tokens.text_tokens + tokens.image_tokens;
  return {
    created: 1_763_000_000,
    size: body.size,
    quality: 'medium',
    output_format: 'png',
    data: call.fault === 'empty' ? [] : [{ b64_json: await draw(body.size) }],
    usage: {
      input_tokens: input,
      input_tokens_details: tokens,
      output_tokens: 430,
      total_tokens: input + 430,
    },
  };
}
