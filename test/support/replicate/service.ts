import type { IncomingHttpHeaders } from 'node:http';
import { duration, type Ending, type Kept, newId, stateOf, told } from './predictions.ts';
import { type Captured, captured, complaints, openapiOf } from './schemas.ts';

export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export interface Asked {
  text: string;
  bytes: Buffer;
  headers: IncomingHttpHeaders;
  query: URLSearchParams;
}

/** What the service remembers; tests write into it too. */
export interface Books {
  predictions: Kept[];
  /** How the next prediction ends; by default it succeeds. */
  endings: { next: Ending | null };
  /** Slugs that are no more. */
  retired: Set<string>;
  /** Predictions younger than so many milliseconds are not listed. */
  lag: { milliseconds: number };
  /** What was asked for as a webhook is not told again. */
  webhooks: { hidden: boolean };
  /** What webhooks are signed with. */
  secret: string;
}

export interface ServiceOptions {
  clock: () => number;
  wait: { queue: number; run: number };
  host: () => string;
  onCreated: (id: string) => void;
}

export const no = (status: number, title: string, detail: string): Answer => ({
  status,
  body: { title, detail, status },
});

const pageSize = 100;
const mostInline = 256 * 1024;
const gone = (): Answer => no(404, 'Not found', 'The requested resource could not be found.');

export type Service = ReturnType<typeof openService>;

/** The API behind its front door: what each route answers. */
export function openService(books: Books, { clock, wait, host, onCreated }: ServiceOptions) {
  const { predictions, endings, retired, lag, webhooks, secret } = books;
  const uploads = new Map<string, Buffer>();
  const base = () => `http://${host()}/v1`;
  const shown = (kept: Kept) => told(webhooks.hidden ? { ...kept, webhook: null } : kept, clock(), base());

  function create(slug: string, body: string, headers: IncomingHttpHeaders): Answer {
    const schema = captured[slug];
    if (!schema || retired.has(slug)) return gone();
    const deadline = duration(headers['cancel-after'] as string | undefined);
    if (deadline === undefined) return no(422, 'Invalid header', 'Cancel-After is no duration');
    const asked = parsed(body);
    const faulty = asked ? bodyFaults(asked, schema) : ['the body is no JSON object'];
    if (!asked || faulty.length > 0)
      return no(422, 'Input validation failed', faulty.map((f) => `- ${f}`).join('\n'));
    const id = newId();
    const now = clock();
    const ending = endings.next ?? { status: 'succeeded' };
    const file = 'num_frames' in schema.input || 'duration' in schema.input ? 'mp4' : 'png';
    predictions.push({
      id,
      model: slug,
      file,
      input: asked['input'] as Record<string, unknown>,
      webhook: (asked['webhook'] as string | undefined) ?? null,
      createdAt: now,
      startsAt: now + wait.queue,
      endsAt: now + wait.queue + wait.run,
      deadline: deadline === null ? null : now + deadline,
      canceledAt: null,
      ending: { output: `http://${host()}/delivery/${id}/output.${file}`, ...ending },
      removed: false,
    });
    endings.next = null;
    onCreated(id);
    return { status: 201, body: shown(predictions.at(-1) as Kept) };
  }

  function bodyFaults(asked: Record<string, unknown>, schema: Captured): string[] {
    const known = ['input', 'webhook', 'webhook_events_filter', 'stream'];
    const strange = Object.keys(asked).filter((key) => !known.includes(key));
    const { input, webhook, webhook_events_filter: filter = [] } = asked;
    if (typeof input !== 'object' || input === null) return ['input is required'];
    const long = JSON.stringify(input)
      .match(/data:[^"]+/g)
      ?.some((url) => url.length > mostInline);
    const lost = Object.values(input)
      .flat()
      .filter((v) => typeof v === 'string' && v.startsWith(`${base()}/files/`) && !uploads.has(v));
    const events = ['start', 'output', 'logs', 'completed'];
    return [
      ...strange.map((key) => `${key} is not allowed`),
      ...complaints(schema, input as Record<string, unknown>),
      ...(long ? ['a data URL is too long'] : []),
      ...lost.map((url) => `${url} does not exist`),
      ...(webhook === undefined || /^(https:|http:\/\/127\.0\.0\.1:)/.test(String(webhook))
        ? []
        : ['webhook must be HTTPS']),
      ...((filter as unknown[]).every((event) => events.includes(String(event))) ? [] : ['no such event']),
    ];
  }

  function list(query: URLSearchParams): Answer {
    const [after, before] = ['created_after', 'created_before'].map((name) => query.get(name));
    if ([after, before].some((date) => date && Number.isNaN(Date.parse(date))))
      return no(400, 'Bad Request', 'created_after and created_before must be ISO 8601');
    const seen = predictions.filter(
      ({ createdAt: at }) =>
        at <= clock() - lag.milliseconds &&
        (!after || at >= Date.parse(after)) &&
        (!before || at < Date.parse(before)),
    );
    const from = Number(query.get('cursor') ?? 0);
    const newest = seen.toReversed();
    const more = new URLSearchParams(query);
    more.set('cursor', String(from + pageSize));
    const next = from + pageSize < newest.length ? `${base()}/predictions?${more}` : null;
    const results = newest.slice(from, from + pageSize).map((each) => shown(each));
    return { status: 200, body: { previous: null, next, results } };
  }

  function cancel(id: string): Answer {
    const kept = predictions.find((each) => each.id === id);
    if (!kept) return no(404, 'Not found', 'no such prediction');
    if (stateOf(kept, clock()).endedAt === null) kept.canceledAt = clock();
    return { status: 200, body: shown(kept) };
  }

  function upload(body: Buffer, type: string): Answer {
    if (!/^multipart\/form-data; boundary=/.test(type)) return no(415, 'Unsupported', type);
    if (!body.includes('name="content"')) return no(422, 'Invalid', 'content is required');
    const id = newId();
    const get = `${base()}/files/${id}`;
    uploads.set(get, body);
    return { status: 201, body: { id, size: body.length, checksums: {}, metadata: {}, urls: { get } } };
  }

  function model(slug: string): Answer {
    const schema = captured[slug];
    if (!schema || retired.has(slug)) return gone();
    const [owner, name] = slug.split('/');
    const version = { id: newId(), openapi_schema: openapiOf(schema) };
    return {
      status: 200,
      body: { owner, name, description: slug, is_official: true, latest_version: version },
    };
  }

  const one = (id: string): Answer => {
    const kept = predictions.find((each) => each.id === id);
    return kept ? { status: 200, body: shown(kept) } : no(404, 'Not found', 'no such prediction');
  };

  const key = (): Answer => ({ status: 200, body: { key: secret } });
  return { create, one, list, cancel, upload, model, key };
}

function parsed(body: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(body) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
